import { readFile } from 'node:fs/promises';
import type { Browser, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOrigins, writeOrigins } from '../../server/src/origins/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openFront, type Front } from '../support/front.ts';
import { report as reportOf, WHO } from '../support/town.ts';
import { drawn, launch, openDesk, PHONE, type Desk } from './desk.ts';
import { dispatch, rate, report } from './gov-steps.ts';
import { answerOnCard, openFromCard, SOON } from './steps.ts';

/** Another site than the phones' `minqing.localhost`: no cookie of it would go along. */
const API_HOST = 'api.elsewhere.localhost';
const DOCUMENT = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

let browser: Browser;
let front: Front;
let desk: Desk;
/**
 * Browsers print by themselves that the sessions had ended, and that the desk looks for a card's picture under the phone's
 * host first, where this time there is no API.
 */
const EXPECTED = /status of 401 .*elsewhere\.localhost|status of 404 .*\/thumb\?card=/;
/** What pages asked the API for. */
const asked: Request[] = [];
const signOns = (): number =>
  asked.filter((one) => one.method() === 'POST' && one.url().endsWith('/session')).length;

async function allow(hostId: string, origins: string[]): Promise<void> {
  await desk.town.app.store.transact(async (tx) => {
    const version = (await readOrigins(tx)).get(hostId)?.version ?? 0;
    await writeOrigins(tx, { hostId, origins, version, personId: null, at: 0 });
  });
}

beforeAll(async () => {
  browser = await launch();
  front = await openFront();
  desk = await openDesk(browser, {
    gov: [WHO.member, WHO.dispatcher],
    miniappDir: '',
    messenger: { callsPerSecond: 10_000, appUrl: front.url },
    environment: { DINGTALK_APP_URL: front.url, ZHEZHENGDING_APP_URL: front.url },
  });
  front.publish(`${desk.town.url.replace('127.0.0.1', API_HOST)}/api`);
  const phone = (n: number): string => `http://p${n}.minqing.localhost:${desk.town.messenger.port}`;
  const { zhezhengding, dingtalk } = desk.town.app.config;
  await allow(zhezhengding.hostId, [phone(PHONE.member), phone(PHONE.dispatcher)]);
  await allow(dingtalk.hostId, [phone(PHONE.reviewer), phone(PHONE.handler)]);
  desk.context.on('request', (request) => {
    if (new URL(request.url()).hostname === API_HOST) {
      asked.push(request);
    }
  });
});
afterAll(async () => {
  await desk?.close();
  await front?.close();
  await browser?.close();
});

describe('the reference story with the mini-app on another site than the API', () => {
  it('is reported in 浙政钉: the photo is sent and shown with a session in memory', async () => {
    await report(desk);
    const app = desk.web(PHONE.member);
    await app.locator('.files .tile').first().click();
    await expect.poll(() => drawn(app.locator('.van-image-preview img').first()), SOON).toBeGreaterThan(0);
    await app.locator('.van-image-preview').click();
  });

  it('opens in DingTalk’s container at the very case a card’s link names', async () => {
    const app = await openFromCard(desk, PHONE.reviewer, '新民情，请审核');
    await app.getByText('红绿灯时间不合理', { exact: false }).first().waitFor();
    const agent = await app.locator('html').evaluate(() => `${navigator.userAgent} ${location.pathname}`);
    expect(agent).toMatch(/DingTalk.* \/m\/$/);
    const card = await desk.card(PHONE.reviewer, '新民情，请审核');
    await card.locator('[data-action=accept]').click();
    await desk.card(PHONE.reviewer, /方敏 .*受理/);
  });

  it('goes on when every session has ended: the container’s code makes the next, and nobody notices', async () => {
    await desk.openApp(PHONE.dispatcher);
    await desk
      .web(PHONE.dispatcher)
      .getByText('陈洁')
      .or(desk.web(PHONE.dispatcher).getByText('待交办'))
      .first()
      .waitFor();
    await desk.town.app.store.transact((tx) => tx.deleteFrom('session').execute());
    const before = signOns();
    await dispatch(desk);
    expect(signOns()).toBeGreaterThan(before);
  });

  it('is answered on the department’s card, and given five stars by a link that survives signing on', async () => {
    const card = await desk.card(PHONE.handler, '新交办，请签收');
    await card.locator('[data-action=sign]').click();
    await answerOnCard(desk, PHONE.handler, '能马上答，就直接写', '已按车流改为四个时段。');
    await desk.card(PHONE.handler, /周凯 .*答复/);
    await rate(desk);
  });

  it('saves a document with the bearer session', async () => {
    const member = await desk.town.person(WHO.member);
    const [caseId, fileId] = [uuidv7(), uuidv7()];
    const bytes = new TextEncoder().encode(DOCUMENT);
    await member.call('POST', '/files', { id: fileId, name: '实测表.pdf', bytes: bytes.length });
    const sent = await fetch(`${desk.town.url}/api/files/${fileId}`, {
      method: 'PATCH',
      headers: { ...member.headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: bytes,
    });
    expect(await sent.json()).toMatchObject({ state: 'ready' });
    await member.act(caseId, 'submit', reportOf({ title: '附一份实测表', fileIds: [fileId] }));
    const app = await openFromCard(desk, PHONE.reviewer, '附一份实测表');
    const download = desk.page.waitForEvent('download');
    await app.getByRole('link', { name: /实测表/ }).click();
    expect(await readFile(await (await download).path(), 'utf8')).toBe(DOCUMENT);
  });

  it('asked the other site for everything, with a bearer session and without a cookie', async () => {
    expect(asked.length).toBeGreaterThan(20);
    const headers = await Promise.all(
      asked.map((one) => one.allHeaders().catch(() => ({}) as Record<string, string>)),
    );
    expect(headers.filter((one) => one['cookie'] !== undefined)).toEqual([]);
    expect(headers.filter((one) => one['authorization']?.startsWith('Bearer ')).length).toBeGreaterThan(15);
    expect(await desk.context.cookies(desk.town.url.replace('127.0.0.1', API_HOST))).toEqual([]);
    expect(desk.problems.filter((one) => !EXPECTED.test(one))).toEqual([]);
  });

  it('lets no page in whose origin nobody named, nor one of the other messenger’s', async () => {
    const open = async (phone: string, personId: string, words: RegExp): Promise<void> => {
      await desk.town.control('POST', `/phones/${phone}`, { personId });
      const page = await desk.context.newPage();
      await page.goto(`http://p${phone}.minqing.localhost:${desk.town.messenger.port}/`);
      await page.getByText(words).first().waitFor();
      await page.close();
    };
    await open('9', WHO.member, /没有连上服务器/);
    await open(String(PHONE.reviewer), WHO.member, /不是您单位的入口/);
  });
});
