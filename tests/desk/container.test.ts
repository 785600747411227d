/** The container script against the unmodified `dingtalk-jsapi` in a real browser: on a phone, in a PC window, in a frame. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_AGENT_ID, DEMO_CORP_ID } from '../../scripts/messenger/src/index.ts';
import { startPlatform, type Platform } from '../protocol/platform.ts';
import { openBrowser } from './desk-page.ts';

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; frame-ancestors 'self'; object-src 'none'";
const PAGE =
  '<!doctype html><html><head><title>小程序</title><script src="/app.js"></script></head><body></body></html>';

interface Jsapi {
  env: { platform: string; version: string };
  ready(then: () => void): void;
  error(then: (error: unknown) => void): void;
  config(settings: object): void;
  requestAuthCode(params: object): Promise<{ code: string }>;
  setNavigationTitle(params: object): Promise<unknown>;
  openLink(params: object): Promise<unknown>;
  closePage(params: object): Promise<unknown>;
  getLocation(params: object): Promise<{ address: string }>;
  runtime: { permission: { requestAuthCode(params: object): Promise<{ code: string }> } };
}
declare global {
  interface Window {
    jsapi: Jsapi;
    told: unknown[];
  }
}

async function bundle(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('dingtalk-jsapi');
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'loaded' } },
  });
  const [first] = Array.isArray(made) ? made : [made];
  const [chunk] = first !== undefined && 'output' in first ? first.output : [];
  return `${chunk?.type === 'chunk' ? chunk.code : ''};window.jsapi = loaded.default ?? loaded;`;
}

let app: Server;
let platform: Platform;
let browser: Browser;
let port: string;

beforeAll(async () => {
  const code = await bundle();
  app = createServer((request, response) => {
    const isScript = request.url === '/app.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', POLICY);
    response.end(isScript ? code : PAGE);
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  platform = await startPlatform({ appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}` });
  ({ port } = new URL(platform.url));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
  app.closeAllConnections();
  app.close();
});

/** Opens the app's page under a phone's name, alone, and fails the test on any console error. */
async function open(phone: string, problems: string[]): Promise<Page> {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`http://${phone}.minqing.localhost:${port}/`);
  return page;
}

async function nameOf(code: string): Promise<unknown> {
  const { body } = await platform.oapi('/topapi/v2/user/getuserinfo', { code });
  return (body.result as { name?: string } | undefined)?.name;
}

/** What a server would sign for a page. */
async function signed(url: string, jsApiList: string[]): Promise<object> {
  const ticket = String((await platform.api('POST', '/v1.0/oauth2/jsapiTickets')).body.jsapiTicket);
  const plain = `jsapi_ticket=${ticket}&noncestr=n1&timestamp=1783298000&url=${url}`;
  const signature = createHash('sha256').update(plain).digest('hex');
  const who = { agentId: DEMO_AGENT_ID, corpId: DEMO_CORP_ID };
  return { ...who, timeStamp: '1783298000', nonceStr: 'n1', signature, type: 0, jsApiList };
}

describe.each([
  ['p1', 'ios', '林淑芬'],
  ['pc1', 'pc', '陈洁'],
])('in %s', (phone, platformName, holder) => {
  it('the package finds its container and signs on, new way and old, without a console error', async () => {
    const problems: string[] = [];
    const page = await open(phone, problems);
    expect(await page.evaluate(() => window.jsapi.env.platform)).toBe(platformName);
    const { corpId } = { corpId: DEMO_CORP_ID };
    const fresh = await page.evaluate(
      (id) => window.jsapi.requestAuthCode({ corpId: id, clientId: 'c' }),
      corpId,
    );
    expect(await nameOf(fresh.code)).toBe(holder);
    const old = await page.evaluate(
      (id) => window.jsapi.runtime.permission.requestAuthCode({ corpId: id }),
      corpId,
    );
    expect(await nameOf(old.code)).toBe(holder);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('takes a good signature and refuses a bad one', async () => {
    const problems: string[] = [];
    const good = await open(phone, problems);
    const settings = await signed(good.url(), ['biz.util.previewImage']);
    const ready = await good.evaluate(
      (config) =>
        new Promise((resolve) => {
          window.jsapi.error((error) => resolve(error));
          window.jsapi.config(config);
          window.jsapi.ready(() => resolve('ready'));
        }),
      settings,
    );
    expect(ready).toBe('ready');
    await good.close();
    const bad = await open(phone, []);
    const refused = await bad.evaluate(
      (config) =>
        new Promise((resolve) => {
          window.jsapi.error((error) => resolve(error));
          window.jsapi.config(config);
        }),
      { ...settings, signature: 'x' },
    );
    expect(refused).toMatchObject({ errorCode: '52013' });
    await bad.close();
  });
});

describe('on a phone', () => {
  it('the place is told only after a config that names it', async () => {
    const page = await open('p1', []);
    const before = await page.evaluate(() => window.jsapi.getLocation({}).catch((error: unknown) => error));
    expect(before).toMatchObject({ errorCode: '7' });
    const settings = await signed(page.url(), ['device.geolocation.get']);
    const place = await page.evaluate((config) => {
      window.jsapi.config(config);
      return window.jsapi.getLocation({ targetAccuracy: 200, coordinate: 1, withReGeocode: true });
    }, settings);
    expect(place.address).toContain('金华');
    await page.close();
  });

  it('who has no phone cannot sign on', async () => {
    const page = await open('p9', []);
    const refused = await page.evaluate(() =>
      window.jsapi.requestAuthCode({}).catch((error: unknown) => error),
    );
    expect(refused).toMatchObject({ errorMessage: expect.stringContaining('p9') });
    await page.close();
  });
});

describe.each(['p1', 'pc1'])('framed by the desk, %s', (phone) => {
  it('works, and tells the desk of titles, links and closing', async () => {
    const page = await browser.newPage();
    // Any document of the desk's origin will do; the desk itself would answer the messages.
    await page.goto(`http://desk.minqing.localhost:${port}/css/tokens.css`);
    await page.evaluate((address) => {
      window.told = [];
      window.addEventListener('message', (event) => window.told.push(event.data));
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
    }, `http://${phone}.minqing.localhost:${port}/`);
    await expect.poll(() => page.frames().length).toBe(2);
    const frame = page.frames()[1] as Frame;
    await expect.poll(() => frame.evaluate(() => typeof window.jsapi)).toBe('object');
    const { code } = await frame.evaluate(() => window.jsapi.requestAuthCode({}));
    expect(await nameOf(code)).toBe(phone === 'p1' ? '林淑芬' : '陈洁');
    await frame.evaluate(async () => {
      await window.jsapi.setNavigationTitle({ title: '民情' });
      await window.jsapi.openLink({ url: 'https://example.org/' });
      await window.jsapi.closePage({});
      location.hash = '/there';
    });
    await expect
      .poll(() => page.evaluate(() => window.told))
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ source: 'minqing-container', phone, type: 'ready', title: '小程序' }),
          { source: 'minqing-container', phone, type: 'title', title: '民情' },
          { source: 'minqing-container', phone, type: 'openLink', url: 'https://example.org/' },
          { source: 'minqing-container', phone, type: 'close' },
          expect.objectContaining({ phone, type: 'navigated', url: expect.stringContaining('#/there') }),
        ]),
      );
    await page.evaluate(() => {
      const view = document.querySelector('iframe')?.contentWindow;
      view?.postMessage({ source: 'minqing-desk', type: 'back' }, '*');
    });
    await expect.poll(() => frame.url()).not.toContain('#/there');
    await page.close();
  });
});
