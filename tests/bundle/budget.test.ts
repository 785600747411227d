import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { DIST, launch, openPhone, type PhoneOptions } from '../screens/phone.ts';

/** What the first screen may weigh as transferred, in bytes. */
const SCRIPTS = 90_000;
const LOOKS = 40_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** The built files a cold browser asks for until the page is idle. */
async function filesOf(options: PhoneOptions, hash: string): Promise<string[]> {
  const phone = await openPhone(browser, options);
  const files = new Set<string>();
  phone.page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (existsSync(join(DIST, path)) && /\.(js|css|svg|woff2?)$/.test(path)) {
      files.add(path);
    }
  });
  try {
    await phone.open(hash);
    await phone.page.waitForLoadState('networkidle');
    return [...files];
  } finally {
    await phone.close();
  }
}

const weigh = (files: string[], kind: RegExp): number =>
  files
    .filter((file) => kind.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);

describe('the weight of the first screen', () => {
  it.each([
    ['a member’s home', { person: 'member' }],
    ['a handler’s desk', { person: 'handler' }],
    ['a member’s home in 浙政钉', { person: 'member', gov: true }],
  ])('%s stays within 90 kB of script and 40 kB of style and icons, gzip', async (_name, options) => {
    const files = await filesOf(options, '/');
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => file.includes('-legacy'))).toEqual([]);
    expect(weigh(files, /\.js$/)).toBeLessThanOrEqual(SCRIPTS);
    expect(weigh(files, /\.(css|svg|woff2?)$/)).toBeLessThanOrEqual(LOOKS);
  });

  it('a plain browser loads no messenger’s package', async () => {
    const files = await filesOf({ person: null }, '/');
    const scripts = files.filter((file) => file.endsWith('.js'));
    const marked = scripts.filter((file) =>
      readFileSync(join(DIST, file), 'utf8').includes('runtime.permission.'),
    );
    expect(scripts.length).toBeGreaterThan(1);
    expect(marked).toEqual([]);
  });

  it('浙政钉 loads its own package and nothing of DingTalk’s, and the other way round', async () => {
    const textsOf = async (options: PhoneOptions): Promise<string> =>
      (await filesOf(options, '/'))
        .filter((file) => file.endsWith('.js'))
        .map((file) => readFileSync(join(DIST, file), 'utf8'))
        .join();
    const gov = await textsOf({ person: 'member', gov: true });
    expect(gov).toContain('taurus.common.');
    expect(gov).not.toContain('dtBizBridgeEvent');
    const dingtalk = await textsOf({ person: 'member' });
    expect(dingtalk).toContain('dtBizBridgeEvent');
    expect(dingtalk).not.toContain('taurus.common.');
  });

  it('an iPhone loads the iOS bridge and not the one of the PC', async () => {
    const files = await filesOf({ person: 'member' }, '/');
    const texts = files
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(DIST, file), 'utf8'));
    expect(texts.some((text) => text.includes('WebViewJavascriptBridgeReady'))).toBe(true);
    expect(texts.some((text) => text.includes('SYS_openAPIContainerInit'))).toBe(false);
  });
});

describe('what is in the build', () => {
  const scripts = globSync('**/*.js', { cwd: DIST }).map(
    (file) => [file, readFileSync(join(DIST, file), 'utf8')] as const,
  );

  it('no schema library and no workflow table', () => {
    // Words only zod and the table hold; the mini-app imports types and labels.
    const found = scripts.filter(([, text]) =>
      /ZodError|invalid_union|会签意见送主办|没有等到回答，计时继续/.test(text),
    );
    expect(found.map(([file]) => file)).toEqual([]);
  });

  it('no icon font, and no address outside the product', () => {
    const styles = globSync('**/*.css', { cwd: DIST }).map(
      (file) => [file, readFileSync(join(DIST, file), 'utf8')] as const,
    );
    expect(
      styles.filter(([, text]) => /@font-face|url\((https?:)?\/\//.test(text)).map(([file]) => file),
    ).toEqual([]);
  });

  it('one page, every address in it relative', () => {
    const html = readFileSync(join(DIST, 'index.html'), 'utf8');
    expect(html).not.toMatch(/\s(src|href)="\//);
  });
});
