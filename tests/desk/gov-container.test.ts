/** The container script against the unmodified `gdt-jsapi` in a real browser: on a phone of 浙政钉 and in its Windows client. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../server/src/hosts/index.ts';
import { startPlatform, type Platform } from '../protocol/platform.ts';
import { DIRECTORY, accountOf, govHostAt } from '../protocol/zhezhengding.rig.ts';
import { openBrowser } from './desk-page.ts';

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; frame-ancestors 'self'";
const PAGE =
  '<!doctype html><html><head><title>小程序</title><script src="/app.js"></script></head><body></body></html>';

type Call = (params: object) => Promise<Record<string, unknown>>;
interface Gdt {
  ready(then: () => void): void;
  getAuthCode: Call;
  setTitle: Call;
  openLink: Call;
  closePage: Call;
  authConfig: (params: object) => Promise<{ name: string; validateResult: boolean }[]>;
  getGeolocation: Call;
  chooseImage: Call;
  chooseContactWithComplexPicker: Call;
  shareToMessage: Call;
  getUUID: Call;
}
declare global {
  interface Window {
    gov: Gdt;
  }
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('../../node_modules/gdt-jsapi/es/index.js', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'loaded' } },
  });
  const [first] = Array.isArray(made) ? made : [made];
  const [chunk] = first !== undefined && 'output' in first ? first.output : [];
  return `${chunk?.type === 'chunk' ? chunk.code : ''};window.gov = loaded.default ?? loaded;`;
}

let app: Server;
let platform: Platform;
let host: Host;
let browser: Browser;
let port: string;
let problems: string[] = [];

beforeAll(async () => {
  const code = await bundle();
  app = createServer((request, response) => {
    const isScript = request.url === '/app.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', POLICY);
    response.end(isScript ? code : PAGE);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  platform = await startPlatform({
    appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
    directory: { ...DIRECTORY, phones: { 1: 'lin', pc1: 'lin', 2: 'wei' } },
  });
  host = govHostAt(platform.url);
  ({ port } = new URL(platform.url));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
  app.closeAllConnections();
  app.close();
});
beforeEach(() => {
  problems = [];
});

async function open(phone: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`http://${phone}.minqing.localhost:${port}/`);
  await page.evaluate(() => new Promise<void>((resolve) => window.gov.ready(resolve)));
  return page;
}

describe.each([
  ['p1', 'auth_code'],
  ['pc1', 'code'],
])('in %s', (phone, spelling) => {
  it(`the package finds its container and signs on with a code under ${spelling}`, async () => {
    const page = await open(phone);
    const answer = await page.evaluate(() => window.gov.getAuthCode({ corpId: '' }));
    expect(answer[spelling]).toMatch(/^[0-9a-f]{32}$/);
    expect(await host.exchangeCode(String(answer[spelling]))).toMatchObject({ unionId: accountOf('lin') });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('sets the title, shares and goes where a link of the messenger leads', async () => {
    const page = await open(phone);
    await page.evaluate(() => window.gov.setTitle({ title: '民情' }));
    await page.evaluate(() => window.gov.shareToMessage({ url: 'http://x/', title: '一件民情' }));
    const inner = `http://${phone}.minqing.localhost:${port}/#/s/abc`;
    await Promise.all([
      page.waitForURL(inner),
      page.evaluate(
        (url) =>
          window.gov.openLink({
            url: `taurus://taurusclient/page/link?pc_slide=true&url=${encodeURIComponent(url)}`,
          }),
        inner,
      ),
    ]);
    expect(problems).toEqual([]);
    await page.close();
  });
});

describe('device calls on a phone', () => {
  it('want a ticket that is the platform’s, and every call by its name', async () => {
    const page = await open('p1');
    const refused = await page.evaluate(() => window.gov.getGeolocation({}).catch((error: unknown) => error));
    expect(refused).toMatchObject({ errorCode: '7' });
    const wrong = await page.evaluate(() =>
      window.gov.authConfig({ ticket: 'guessed', jsApiList: ['getGeolocation'] }),
    );
    expect(wrong).toEqual([{ name: 'getGeolocation', validateResult: false }]);
    const { ticket } = (await host.signJsapi('http://x/')) as { ticket: string };
    const right = await page.evaluate(
      (given) => window.gov.authConfig({ ticket: given, jsApiList: ['getGeolocation', 'dgChooseImage'] }),
      ticket,
    );
    expect(right.every((one) => one.validateResult)).toBe(true);
    expect(await page.evaluate(() => window.gov.getGeolocation({}))).toMatchObject({ district: '婺城区' });
    const { images } = await page.evaluate(() => window.gov.chooseImage({}));
    expect(JSON.stringify(images)).toContain('data:image/jpeg;base64,');
    expect(
      await page.evaluate(() =>
        window.gov.chooseContactWithComplexPicker({}).catch((error: unknown) => error),
      ),
    ).toMatchObject({ errorCode: '7' });
    await page.close();
  });
});

describe('the Windows client', () => {
  it('never rejects: what it cannot do stands in errorCode', async () => {
    const page = await open('pc1');
    const answer = await page.evaluate(() =>
      window.gov.getUUID({}).then(
        (body) => ({ resolved: body }),
        (error: unknown) => ({ rejected: error }),
      ),
    );
    expect(answer).toMatchObject({ resolved: { errorCode: '3' } });
    await page.close();
  });
});

describe('phones of both kinds', () => {
  it('stand on one desk: each page finds the container of its holder’s messenger', async () => {
    const agentOf = async (phone: string): Promise<string> => {
      const page = await browser.newPage();
      await page.goto(`http://${phone}.minqing.localhost:${port}/`);
      const agent = await page.evaluate(() => navigator.userAgent);
      await page.close();
      return agent;
    };
    expect(await agentOf('p1')).toMatch(/Nebula mPaaSClient TaurusApp\(ZJ\//);
    expect(await agentOf('p2')).toMatch(/AliApp\(DingTalk\//);
    await platform.control('POST', '/phones/1', { personId: 'wei' });
    expect(await agentOf('p1')).toMatch(/AliApp\(DingTalk\//);
  });
});
