import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import {
  DEMO_CLIENT_ID,
  DEMO_CLIENT_SECRET,
  DEMO_CORP_ID,
  startMessenger,
  type CardTemplate,
  type RunningMessenger,
} from '../../scripts/messenger/src/index.ts';
import { openBrowser, shown, SOON } from './desk-page.ts';

const TEMPLATE: CardTemplate = {
  id: 'desk-test.schema',
  name: '测试卡片',
  variables: [
    { key: 'title', label: '标题', type: 'text', private: false, sample: '' },
    { key: 'light', label: '灯', type: 'text', private: false, sample: '' },
    { key: 'rows', label: '字段', type: 'list', private: false, sample: '' },
    { key: 'done', label: '办了', type: 'flag', private: false, sample: '' },
    { key: 'open', label: '没办', type: 'flag', private: false, sample: '' },
  ],
  components: [
    { kind: 'strip', text: '新交办', light: 'light', lightText: '临近' },
    { kind: 'title', text: '{{title}}', quiet: 'done' },
    { kind: 'fields', list: 'rows' },
    { kind: 'input', name: 'reply', placeholder: '写答复', maxLength: 300, visible: 'open' },
    { kind: 'button', actionId: 'reply', text: '答复', style: 'primary', inputs: ['reply'], visible: 'open' },
  ],
};

const person = (n: number, id: string, name: string, role: string) => ({
  id,
  userid: `u-${id}`,
  unionid: `n-${id}`,
  name,
  mobile: `1390000000${n}`,
  title: '',
  departmentIds: [1],
  roles: [role],
  unit: '金华市政协',
  area: '金华市',
  host: 'dingtalk' as const,
});

let app: Server;
let messenger: RunningMessenger;
let browser: Browser;
let page: Page;

async function platform(
  method: string,
  path: string,
  body: unknown,
  token = '',
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${messenger.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
    body: JSON.stringify(body),
  });
  const value = (await answer.json()) as Record<string, unknown>;
  expect({ path, status: answer.status, value }).toMatchObject({ status: 200 });
  return value;
}

beforeAll(async () => {
  app = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      '<!doctype html><html><head><title>小程序</title></head><body><p>小程序在这里</p></body></html>',
    );
  });
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  messenger = await startMessenger({
    port: 0,
    appUrl: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
    startAt: '2026-07-07T14:42:00+08:00',
    directory: {
      corpId: DEMO_CORP_ID,
      departments: [{ id: 1, parentId: null, name: '金华' }],
      people: [person(1, 'lin-shufen', '林淑芬', 'member'), person(2, 'zhou-kai', '周凯', 'handler')],
    },
  });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(messenger.deskUrl);
  await page.locator('#phone-2').waitFor();
});

afterAll(async () => {
  await browser.close();
  await messenger.stop();
  app.closeAllConnections();
  await new Promise<void>((done) => app.close(() => done()));
});

describe('the desk with the messenger it belongs to', () => {
  let token = '';
  const card = () => page.locator('#phone-2 [data-track=desk-test-1]');

  it('shows a card the moment the app delivers it', async () => {
    await platform('PUT', `/control/templates/${TEMPLATE.id}`, TEMPLATE);
    const keys = { appKey: DEMO_CLIENT_ID, appSecret: DEMO_CLIENT_SECRET };
    token = String((await platform('POST', '/v1.0/oauth2/accessToken', keys)).accessToken);
    const rows = JSON.stringify([{ label: '时限', value: '今天 17:00 前', strong: true }]);
    await platform(
      'POST',
      '/v1.0/card/instances/createAndDeliver',
      {
        cardTemplateId: TEMPLATE.id,
        outTrackId: 'desk-test-1',
        callbackType: 'STREAM',
        cardData: {
          cardParamMap: { title: '宾虹路口左转太堵', light: 'amber', rows, done: 'false', open: 'true' },
        },
        userIdType: 1,
        openSpaceId: `dtv1.card//IM_ROBOT.u-zhou-kai`,
        imRobotOpenSpaceModel: { supportForward: false },
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: DEMO_CLIENT_ID },
      },
      token,
    );
    expect(await shown(card().getByText('宾虹路口左转太堵'))).toBe(true);
    expect(await card().locator('.strip .lt').textContent()).toBe('◐临近');
    expect(await card().locator('.kv').innerText()).toContain('今天 17:00 前');
  });

  it('keeps what was typed when no app is connected to answer', async () => {
    await card().getByPlaceholder('写答复').fill('已改好');
    await card().getByRole('button', { name: '答复' }).click();
    expect(await shown(page.locator('#phone-2').getByRole('alert'))).toBe(true);
    expect(await card().getByPlaceholder('写答复').inputValue()).toBe('已改好');
  });

  it('draws the card anew where it stands when the app updates it', async () => {
    const update = {
      outTrackId: 'desk-test-1',
      cardData: { cardParamMap: { done: 'true', open: 'false' } },
      cardUpdateOptions: { updateCardDataByKey: true },
    };
    await platform('PUT', '/v1.0/card/instances', update, token);
    await expect.poll(() => card().getAttribute('class'), SOON).toContain('done');
    expect(await card().getByRole('button').count()).toBe(0);
  });

  it('shows the app in the phone’s web view', async () => {
    const phone = page.locator('#phone-1');
    await phone.getByRole('button', { name: '工作台' }).click();
    await phone.getByRole('button', { name: '民情一点通' }).click();
    expect(await shown(phone.frameLocator('iframe').getByText('小程序在这里'))).toBe(true);
    await expect.poll(() => phone.locator('.nv h2').textContent(), SOON).toBe('小程序');
  });

  it('moves the clock, switches faults and reads the log of the real one', async () => {
    await page.getByRole('button', { name: '+1 小时' }).click();
    await expect
      .poll(() => page.locator('[data-test=clock]').textContent(), SOON)
      .toMatch(/^7月7日 周二 15:4\d$/);
    await page.getByRole('radio', { name: '重复回调' }).click();
    await expect
      .poll(() => page.locator('.seg[data-network]').getAttribute('data-network'), SOON)
      .toBe('repeat');
    await page.getByRole('radio', { name: '正常' }).click();
    await expect
      .poll(() => page.locator('.seg[data-network]').getAttribute('data-network'), SOON)
      .toBe('normal');
    expect(await page.locator('.log ol').innerText()).toMatch(/更新卡片[\s\S]*周凯[\s\S]*成功/);
  });

  it('is empty again after a reset', async () => {
    await page.getByRole('button', { name: '重来' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重来' }).click();
    await expect.poll(() => card().count(), SOON).toBe(0);
    await expect
      .poll(() => page.locator('[data-test=clock]').textContent(), SOON)
      .toMatch(/^7月7日 周二 14:4\d$/);
  });
});
