import { createHmac } from 'node:crypto';
import type { WebhookPayload, WebhookValue } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { silentLog } from '../log.ts';
import { digestOf, uuidv7 } from '../store/index.ts';
import { createWebhooks, type Webhooks } from './index.ts';
import type { Message, Outcome } from './send.ts';
import { MOST_TRIES, STOP_AFTER_MS } from './worker.ts';

const CITY = '金华市政协';
const HOUR = 3_600_000;
const FINE: Outcome = { status: 204, problem: '', answer: '', retryAfterMs: 0, ms: 3 };
const BROKEN: Outcome = { status: 500, problem: '对方回答 500', answer: 'oops', retryAfterMs: 0, ms: 3 };

describe.each(STORES)('webhooks on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let webhooks: Webhooks;
  let author: Actor;
  let reviewer: Actor;
  let admin: Extract<Actor, { kind: 'person' }>;
  const posted: Message[] = [];
  let answer: (message: Message) => Outcome = () => FINE;

  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    author = office.holder('member', CITY);
    reviewer = office.holder('reviewer', CITY);
    const grant = await office.app.store.read((db) =>
      db.selectFrom('role_grant').selectAll().where('role', '=', 'admin').executeTakeFirstOrThrow(),
    );
    const { person_id: personId, unit_id: unitId, area_id: areaId } = grant;
    admin = { kind: 'person', personId, grants: [{ role: 'admin', unitId, areaId }] };
    webhooks = createWebhooks({
      store: office.app.store,
      clock: office.clock,
      log: silentLog,
      directory: office.app.directory,
      catalogue: office.app.catalogue,
      dataKey: office.app.config.dataKey,
      publicUrl: 'https://minqing.example',
      allowedNetworks: [],
      tellAdministrators: office.app.notices.tellAdministrators,
      wakeNotices: () => undefined,
      post: async (message) => {
        posted.push(message);
        return answer(message);
      },
    });
  });
  beforeEach(async () => {
    for (const one of (await webhooks.subscriptions.list(admin)).items) {
      await webhooks.subscriptions.remove(admin, one.id, request());
    }
    await office.follow();
    posted.length = 0;
    answer = () => FINE;
  });
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  const request = () => ({ principal: 'test', key: uuidv7(), digest: digestOf({ a: 1 }) });
  const value = (change: Partial<WebhookValue> = {}): WebhookValue => ({
    name: '市大数据局',
    url: 'https://hooks.example/minqing',
    events: ['submit', 'accept', 'publish', 'dispatch'],
    level: 'outline',
    basis: '',
    ...change,
  });
  const add = async (change: Partial<WebhookValue> = {}, area = '金华市') =>
    webhooks.subscriptions.add(admin, office.area(area), value(change), request());
  const send = async (): Promise<void> => {
    await office.follow();
    for (let tried = 1; tried > 0;) {
      tried = await webhooks.worker.runOnce();
    }
  };
  const bodies = (): WebhookPayload[] => posted.map((one) => JSON.parse(one.body) as WebhookPayload);
  const log = async (id: string) => (await webhooks.deliveries.list(admin, id, {})).items;
  const filed = (title: string, more: { anonymous?: boolean; openness?: 'public' } = {}) =>
    office.filed(author, { title, situation: `${title}的情况`, ...more });

  it('send each wanted step once, signed, with nothing a stranger may not know', async () => {
    const { webhook, secret } = await add();
    const caseId = await filed('八一北街路灯不亮');
    await office.did(reviewer, caseId, 'accept');
    await office.did(reviewer, caseId, 'comment', { text: '内部备注' });
    await send();
    await send();
    expect(bodies().map((body) => body.type)).toEqual(['case.submit', 'case.accept']);
    const [first, second] = bodies();
    expect(second?.data).toMatchObject({
      caseId,
      version: 2,
      state: 'accepted',
      stateLabel: '待交办',
      area: { name: '金华市' },
      published: null,
      content: null,
      url: expect.stringContaining(`/#/s/${caseId}`),
    });
    expect(first?.data.seq).toBeLessThan(second?.data.seq ?? 0);
    const everything = posted.map((one) => one.body).join();
    expect(everything).not.toMatch(/八一北街|林淑芬|方敏|内部备注|迎宾大道|1990579/);
    for (const { headers, body } of posted) {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      expect(headers['webhook-signature']).toBe(
        `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
      );
    }
    expect((await log(webhook.id)).map((one) => [one.label, one.state])).toEqual([
      ['受理', 'sent'],
      ['提交民情', 'sent'],
    ]);
    const rows = await office.app.store.read((db) => db.selectFrom('webhook').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('tell what was published, and words only where that was agreed, of nobody anonymous', async () => {
    await add({ name: '只推进展' });
    await add({ name: '连同内容', level: 'content', basis: '市级数据共享协议 2026-3' });
    const open = await filed('公园座椅太少', { openness: 'public' });
    await office.did(reviewer, open, 'accept');
    const dispatcher = office.holder('dispatcher', '金华市三服务办');
    await office.did(dispatcher, open, 'dispatch', { leadUnitId: office.unit('市公安局交警支队') });
    const handler = office.holder('handler', '市公安局交警支队');
    await office.did(handler, open, 'reply', { class: 'solved', text: '已加装座椅。' });
    await office.did(reviewer, open, 'publish', { title: '公园座椅', text: '有委员反映公园座椅不够。' });
    const hidden = await filed('匿名反映食堂', { anonymous: true });
    await send();
    const of = (caseId: string, type: string) =>
      bodies().filter((body) => body.data.caseId === caseId && body.type === type);
    for (const body of of(open, 'case.publish')) {
      expect(body.data.published).toEqual({ title: '公园座椅', text: '有委员反映公园座椅不够。' });
    }
    expect(of(open, 'case.submit').map((body) => body.data.published)).toEqual([null, null]);
    expect(
      of(open, 'case.submit')
        .map((body) => body.data.content?.situation ?? null)
        .toSorted(),
    ).toEqual(['公园座椅太少的情况', null].toSorted());
    expect(of(hidden, 'case.submit').map((body) => body.data.content)).toEqual([null, null]);
  });

  it('keep to their area, and to what happens after they were made', async () => {
    await filed('以前的一件');
    await office.follow();
    await add({}, '婺城区');
    const city = await add();
    await filed('市里的一件');
    await send();
    expect(posted).toHaveLength(1);
    expect(await log(city.webhook.id)).toHaveLength(1);
  });

  it('try again after growing pauses, knock no further meanwhile, and keep the order', async () => {
    const { webhook } = await add();
    await filed('一');
    await filed('二');
    answer = () => BROKEN;
    await send();
    expect(posted).toHaveLength(1);
    const [, first] = await log(webhook.id);
    expect(first).toMatchObject({ state: 'waiting', attempts: 1 });
    expect((await webhooks.subscriptions.list(admin)).items[0]).toMatchObject({
      state: 'failing',
      waiting: 2,
      stateText: expect.stringContaining('2 条在等'),
    });
    office.clock.machine += 3_000;
    await send();
    expect(posted).toHaveLength(1);
    office.clock.machine += 4_000;
    answer = () => FINE;
    await send();
    expect(posted.map((one) => one.headers['webhook-id'])).toEqual([
      posted[0]?.headers['webhook-id'],
      posted[0]?.headers['webhook-id'],
      expect.not.stringMatching(posted[0]?.headers['webhook-id'] ?? ''),
    ]);
    expect((await webhooks.subscriptions.list(admin)).items[0]).toMatchObject({ state: 'on', waiting: 0 });
    const detail = await webhooks.deliveries.one(admin, webhook.id, first?.id ?? '');
    expect(detail.payload).toBe(posted[0]?.body);
    expect(detail.tries.map((one) => [one.status, one.problem, one.answer])).toEqual([
      [204, '', ''],
      [500, '对方回答 500', 'oops'],
    ]);
  });

  it('heed the pause a subscriber asks for', async () => {
    await add();
    await filed('三');
    answer = () => ({ ...BROKEN, retryAfterMs: HOUR });
    await send();
    office.clock.machine += HOUR - 1_000;
    await send();
    expect(posted).toHaveLength(1);
    office.clock.machine += 2_000;
    await send();
    expect(posted).toHaveLength(2);
  });

  it('stop by themselves after three days of failure, tell the administrators, and lose nothing', async () => {
    const { webhook } = await add();
    await filed('四');
    answer = () => BROKEN;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await send();
      office.clock.machine += 25 * HOUR;
    }
    const stopped = (await webhooks.subscriptions.list(admin)).items[0];
    expect(stopped).toMatchObject({ state: 'stopped', waiting: 1, failed: 0 });
    expect(stopped?.stateText).toBe('连续三天推送不通：对方回答 500，已自动停用；修好后请启用');
    expect(posted.length).toBeLessThanOrEqual(2 + STOP_AFTER_MS / (24 * HOUR));
    const notices = await office.app.store.read((db) =>
      db.selectFrom('outbox').selectAll().where('notice', '=', 'webhookStopped').execute(),
    );
    expect(notices.map((one) => one.person_id)).toContain(admin.personId);
    expect(notices[0]?.payload).toContain('已自动停用');
    const tried = posted.length;
    await send();
    expect(posted).toHaveLength(tried);
    answer = () => FINE;
    await webhooks.subscriptions.setActive(admin, webhook.id, true, request());
    await send();
    expect(await log(webhook.id)).toMatchObject([{ state: 'sent' }]);
  });

  it('stop at once when the subscriber says it is gone', async () => {
    await add();
    await filed('五');
    answer = () => ({ ...BROKEN, status: 410, problem: '对方说这个地址不再接收推送（410）' });
    await send();
    expect((await webhooks.subscriptions.list(admin)).items[0]?.state).toBe('stopped');
  });

  it('send one message or a stretch of the ledger again, with the same ids, and what was missed', async () => {
    const { webhook } = await add({ events: ['submit'] });
    await filed('六');
    await send();
    const [first] = await log(webhook.id);
    await webhooks.deliveries.again(admin, webhook.id, first?.id ?? '', request());
    await send();
    expect(new Set(posted.map((one) => one.headers['webhook-id'])).size).toBe(1);
    expect(new Set(posted.map((one) => one.body)).size).toBe(1);
    await webhooks.subscriptions.setActive(admin, webhook.id, false, request());
    await filed('停用时的一件');
    await send();
    expect(posted).toHaveLength(2);
    await expect(
      webhooks.deliveries.replay(admin, webhook.id, { fromSeq: 1, toSeq: 2 }, request()),
    ).rejects.toMatchObject({ code: 'conflict' });
    await webhooks.subscriptions.setActive(admin, webhook.id, true, request());
    const { lastSeq } = await webhooks.deliveries.list(admin, webhook.id, {});
    const range = { fromSeq: first?.seq ?? 0, toSeq: lastSeq };
    const same = request();
    expect(await webhooks.deliveries.replay(admin, webhook.id, range, same)).toBe(2);
    expect(await webhooks.deliveries.replay(admin, webhook.id, range, same)).toBe(2);
    await send();
    expect(posted).toHaveLength(4);
    expect(posted[2]?.headers['webhook-id']).toBe(posted[0]?.headers['webhook-id']);
    expect(await log(webhook.id)).toHaveLength(2);
    await expect(
      webhooks.deliveries.replay(admin, webhook.id, { fromSeq: 1, toSeq: 9_000 }, request()),
    ).rejects.toMatchObject({ code: 'invalidInput' });
  });

  it('sign with the old secret too for a day after a new one was made', async () => {
    const { webhook, secret } = await add({ events: ['submit'] });
    const renewed = await webhooks.subscriptions.renewSecret(admin, webhook.id, request());
    expect(renewed.secret).not.toBe(secret);
    const signatures = async (title: string): Promise<string[]> => {
      posted.length = 0;
      await filed(title);
      await send();
      return posted[0]?.headers['webhook-signature']?.split(' ') ?? [];
    };
    expect(await signatures('七')).toHaveLength(2);
    office.clock.machine += 25 * HOUR;
    expect(await signatures('八')).toHaveLength(1);
  });

  it('are sent by one of two workers only', async () => {
    await add({ events: ['submit'] });
    await Promise.all(['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'].map((title) => filed(title)));
    await office.follow();
    await Promise.all([webhooks.worker.runOnce(), webhooks.worker.runOnce(), webhooks.worker.runOnce()]);
    await send();
    const ids = posted.map((one) => one.headers['webhook-id']);
    expect(new Set(ids).size).toBe(8);
    expect(ids).toHaveLength(8);
  });

  it('can be tried out', async () => {
    const { webhook } = await add();
    await webhooks.subscriptions.test(admin, webhook.id, request());
    await send();
    expect(bodies()).toMatchObject([{ type: 'webhook.test', data: { seq: 0, action: 'test' } }]);
  });

  it('refuse what cannot be right, at the field', async () => {
    const refused = async (change: Partial<WebhookValue>) =>
      add(change).then(
        () => 'taken',
        (error: { errors?: { path: string; message: string }[] }) => error.errors?.[0],
      );
    expect(await refused({ url: 'ftp://x.example' })).toMatchObject({ path: 'url' });
    expect(await refused({ url: 'https://me:pw@x.example' })).toMatchObject({ path: 'url' });
    expect(await refused({ url: 'http://x.example/a' })).toMatchObject({
      message: expect.stringContaining('https'),
    });
    expect(await refused({ url: 'https://192.168.1.5/a' })).toMatchObject({
      message: expect.stringContaining('内部网络'),
    });
    expect(await refused({ url: 'https://[::1]/a' })).toMatchObject({
      message: expect.stringContaining('内部网络'),
    });
    expect(await refused({ level: 'content' })).toMatchObject({ path: 'basis' });
  });

  it('are out of reach for everybody but the administrators of their area', async () => {
    const { webhook } = await add();
    const elsewhere: Actor = {
      kind: 'person',
      personId: 'p',
      grants: [{ role: 'admin', unitId: null, areaId: office.area('婺城区') }],
    };
    for (const viewer of [author, reviewer]) {
      await expect(webhooks.subscriptions.list(viewer)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(webhooks.deliveries.list(viewer, webhook.id, {})).rejects.toMatchObject({
        code: 'forbidden',
      });
    }
    expect((await webhooks.subscriptions.list(elsewhere)).items).toEqual([]);
    const { subscriptions, deliveries } = webhooks;
    for (const act of [
      () => subscriptions.test(elsewhere, webhook.id, request()),
      () => subscriptions.renewSecret(elsewhere, webhook.id, request()),
      () => subscriptions.remove(elsewhere, webhook.id, request()),
      () => subscriptions.change(elsewhere, webhook.id, 1, value(), request()),
      () => deliveries.list(elsewhere, webhook.id, {}),
      () => deliveries.replay(elsewhere, webhook.id, { fromSeq: 1, toSeq: 1 }, request()),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'notFound' });
    }
    await expect(
      webhooks.subscriptions.add(elsewhere, office.area('金华市'), value(), request()),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('that somebody else changed meanwhile are not overwritten', async () => {
    const { webhook } = await add();
    const { subscriptions } = webhooks;
    await subscriptions.change(admin, webhook.id, webhook.version, value({ name: '新名字' }), request());
    await expect(
      subscriptions.change(admin, webhook.id, webhook.version, value({ name: '旧页面' }), request()),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await subscriptions.list(admin)).items[0]?.name).toBe('新名字');
  });
});
