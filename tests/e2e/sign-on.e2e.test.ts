import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_DIRECTORY, type DirectoryFile } from '../../scripts/messenger/src/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { WHO } from '../support/town.ts';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('the messenger is the only door', () => {
  let browser: Browser;
  let desk: Desk;
  beforeAll(async () => {
    browser = await launch();
    desk = await openDesk(browser);
  });
  afterAll(async () => {
    await desk?.close();
    await browser?.close();
  });

  it('a browser at the server’s own address is told where to open it, and is asked for nothing', async () => {
    const page = await desk.context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${desk.town.url}/#/desk`);
    await page.getByText('请在钉钉里打开').first().waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('button').count()).toBe(0);
    expect(asked.filter((path) => path.startsWith('/api'))).toEqual([]);
    await page.close();
  });

  it('once it has stopped, nobody signs on: not by a phone, not by a code it made before, not by one made up', async () => {
    const app = await desk.openApp(PHONE.member);
    await app.getByRole('button', { name: /提交民情/ }).waitFor();
    const { code } = await desk.town.control<{ code: string }>('POST', `/people/${WHO.member}/code`);
    await desk.town.messenger.stop();

    const { hosts } = (await (await fetch(`${desk.town.url}/config.json`)).json()) as {
      hosts: { id: string }[];
    };
    const signOn = (body: object): Promise<Response> =>
      fetch(`${desk.town.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
        body: JSON.stringify(body),
      });
    for (const attempt of [
      { hostId: hosts[0]?.id, code, mode: 'bearer' },
      { hostId: hosts[0]?.id, code: 'made-up', mode: 'bearer' },
      { hostId: hosts[0]?.id, code: WHO.member, mode: 'cookie' },
    ]) {
      const answer = await signOn(attempt);
      const body = (await answer.json()) as { token?: string };
      expect({ status: answer.ok, token: body.token, cookie: answer.headers.get('set-cookie') }).toEqual({
        status: false,
        token: undefined,
        cookie: null,
      });
    }
    expect((await fetch(`${desk.town.url}/api/me`)).status).toBe(401);

    const page = await desk.context.newPage();
    await page.goto(desk.town.url);
    await page.getByText('请在钉钉里打开').first().waitFor();
    await page.close();
  });
});

describe('the demo’s people', () => {
  it('are known to the messenger and the demo alone: no id of theirs stands in the product', () => {
    const directory = JSON.parse(readFileSync(DEMO_DIRECTORY, 'utf8')) as DirectoryFile;
    const ids = directory.people.flatMap((person) => [
      person.id,
      person.userid,
      person.unionid,
      person.mobile,
    ]);
    expect(ids.length).toBeGreaterThan(400);
    // Tests may name whom they like; they are never served nor run in production.
    const sources = execFileSync('git', ['ls-files', '-z', 'miniapp', 'server'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
      .split('\0')
      .filter(
        (path) => path !== '' && !/\.test\.ts$|\.test-support\.ts$|\.fake\.ts$|^miniapp\/tests\//.test(path),
      );
    expect(sources.length).toBeGreaterThan(200);
    const found = sources.flatMap((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return ids.filter((id) => id.length > 4 && text.includes(id)).map((id) => `${path}: ${id}`);
    });
    expect(found).toEqual([]);
  });

  it('are as unknown to the built mini-app', () => {
    const directory = JSON.parse(readFileSync(DEMO_DIRECTORY, 'utf8')) as DirectoryFile;
    const built = execFileSync('find', [join(ROOT, 'miniapp/dist'), '-name', '*.js'], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    expect(built.length).toBeGreaterThan(10_000);
    const ids = directory.people.flatMap((person) => [person.id, person.userid, person.unionid]);
    expect(ids.filter((id) => id.length > 4 && built.includes(id))).toEqual([]);
  });
});
