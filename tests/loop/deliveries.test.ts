import type { DeliveryItem, DeliveryPage, DeliverySummary, DeliveryView } from '@minqing/shared/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { FAR } from '../../server/src/store/tables.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const UNKNOWN_PERSON = [
  { kind: 'error', operations: ['card.'], status: 400, code: 'param.userIdNotExist', message: '没有这个人' },
  { kind: 'error', operations: ['notice.send'], code: '60121', message: '找不到该用户' },
];

describe.each(STORES)('the delivery log on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
  });
  afterEach(() => town.control('DELETE', '/faults'));
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const send = async (): Promise<void> => {
    while ((await town.app.notices.outbox.runOnce()) > 0) {
      // until nothing is ready
    }
  };
  const get = async <T>(part: Part, path: string): Promise<T> => {
    const { status, body } = await (await tale.as(part)).call('GET', path);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as T;
  };
  const post = async (path: string, body: object = {}, headers = {}) =>
    (await tale.as('admin')).call('POST', path, body, headers);
  const list = async (query = ''): Promise<DeliveryPage> => get('admin', `/deliveries?${query}`);
  const lines = async (query = ''): Promise<DeliveryItem[]> => {
    const { pinned, items } = await list(query);
    return [...pinned, ...items];
  };
  const view = (id: string): Promise<DeliveryView> => get('admin', `/deliveries/${id}`);
  const audits = async (
    kind: string,
  ): Promise<{ subject: string; data_json: string; area_id: string | null }[]> =>
    town.app.store.read((db) =>
      db.selectFrom('audit').select(['subject', 'data_json', 'area_id']).where('kind', '=', kind).execute(),
    );

  /** A case at the police whose cards and notices reached nobody of them. */
  async function unreached(): Promise<string> {
    const caseId = await tale.accepted();
    await send();
    for (const fault of UNKNOWN_PERSON) {
      await town.control('POST', '/faults', fault);
    }
    await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId: tale.units.police });
    await send();
    await town.control('DELETE', '/faults');
    return caseId;
  }
  const deadOf = async (caseId: string, name: string): Promise<DeliveryItem> => {
    const found = (await list(`state=dead&case=${caseId}`)).items.find((d) => d.recipient.name === name);
    return found ?? Promise.reject(new Error(`nothing dead for ${name}`));
  };

  it('is for administrators only, each for their areas', async () => {
    const caseId = await unreached();
    const { id } = await deadOf(caseId, '周凯');
    const paths: [string, string, object?][] = [
      ['GET', '/deliveries'],
      ['GET', '/deliveries/table'],
      ['GET', '/deliveries/summary'],
      ['GET', `/deliveries/${id}`],
      ['POST', '/deliveries/resend', { ids: [id] }],
      ['POST', `/deliveries/${id}/redirect`, { to: 'head' }],
      ['POST', `/deliveries/${id}/call`, { spokeTo: '周凯', at: '2026-07-06T08:41:00+08:00' }],
    ];
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      for (const [method, path, body] of paths) {
        const { status } = await (await tale.as(part)).call(method, path, body);
        expect([part, method, path, status]).toEqual([part, method, path, 403]);
      }
    }
    await town.app.store.transact(async (tx) => {
      const { person_id } = await tx
        .selectFrom('account')
        .select('person_id')
        .where('user_id', '=', 'jh0002')
        .executeTakeFirstOrThrow();
      await tx.deleteFrom('role_grant').where('id', '=', 'county-admin').execute();
      await tx
        .insertInto('role_grant')
        .values({
          id: 'county-admin',
          person_id,
          role: 'admin',
          unit_id: null,
          area_id: '330702',
          from_at: 0,
          to_at: null,
        })
        .execute();
    });
    expect((await get<DeliveryPage>('reviewer', '/deliveries')).items).toEqual([]);
    expect((await get<DeliverySummary>('reviewer', '/deliveries/summary')).counts.dead).toBe(0);
    for (const [method, path, body] of paths.slice(3)) {
      const { status } = await (await tale.as('reviewer')).call(method, path, body);
      expect([method, path, status]).toEqual([method, path, 404]);
    }
    const all = { filter: { period: 'all' } };
    const { body } = await (await tale.as('reviewer')).call('POST', '/deliveries/resend', all);
    expect(body).toEqual({ resent: 0, more: false });
    expect((await view(id)).state).toBe('dead');
    await town.app.store.transact((tx) =>
      tx.deleteFrom('role_grant').where('id', '=', 'county-admin').execute(),
    );
  });

  it('tells in words why somebody was not reached, every try, and the clocks that go on', async () => {
    const caseId = await unreached();
    const item = await deadOf(caseId, '周凯');
    expect(item).toMatchObject({
      noticeLabel: '新交办，请签收',
      about: '迎宾大道红绿灯按车流设置时长',
      recipient: { unit: '市公安局交警支队' },
      channelLabel: '链接卡片',
      stateLabel: '发不出去',
      result: '钉钉里找不到这个人',
    });
    const seen = await view(item.id);
    expect(seen.headline).toBe('周凯没有收到「新交办，请签收」');
    expect(seen.reason).toContain('请改发给现在能办的人');
    expect(seen.attemptList.map((a) => [a.channelLabel, a.text])).toEqual([
      ['互动卡片', '钉钉里找不到这个人，停止重试'],
      ['链接卡片', '钉钉里找不到这个人，停止重试'],
    ]);
    expect(seen.answer).toContainEqual({ label: '代码', value: '60121' });
    expect(seen.answer).toContainEqual({ label: '说明', value: '找不到该用户' });
    expect(seen.deadlines.map((d) => d.label)).toEqual(['签收时限', '答复时限']);
    expect(seen.choices.map((c) => c.to)).toEqual(['handler', 'head']);
    expect(seen.caseOpens).toBe(false);
    // The card that was replaced is no dead letter: its stand-in is.
    const replaced = (await lines(`case=${caseId}&channel=card&state=closed`)).filter(
      (d) => d.result === '改用链接卡片再发',
    );
    expect(replaced.map((d) => d.recipient.name)).toContain('周凯');
  });

  it('gives the duty’s card to the present handlers, once, and closes the dead letter', async () => {
    const caseId = await unreached();
    const lost = await deadOf(caseId, '周凯');
    const key = { 'idempotency-key': uuidv7() };
    const first = await post(`/deliveries/${lost.id}/redirect`, { to: 'handler' }, key);
    expect(first.body).toMatchObject({ state: 'closed', closing: expect.stringContaining('改发给') });
    expect((await post(`/deliveries/${lost.id}/redirect`, { to: 'handler' }, key)).status).toBe(200);
    expect((await post(`/deliveries/${lost.id}/redirect`, { to: 'head' }, key)).status).toBe(422);
    expect((await post(`/deliveries/${lost.id}/redirect`, { to: 'handler' })).status).toBe(409);
    await send();
    await tale.card('handler2', caseId, /新交办，请签收/);
    const entry = (await audits('delivery.redirected')).find((a) => a.subject === lost.id);
    expect(entry).toMatchObject({ area_id: '330700' });
    // The other handler's own dead letter is still there, and the duty's end closes it.
    const other = await deadOf(caseId, (await view(lost.id)).closing.split('改发给 ')[1] ?? '');
    await tale.did('handler2', caseId, 'reply', SOLVED);
    expect((await view(other.id)).closing).toContain('事情已办');
  });

  it('tells the head with an action card that says who was not reached', async () => {
    const caseId = await unreached();
    const lost = await deadOf(caseId, '周凯');
    expect((await post(`/deliveries/${lost.id}/redirect`, { to: 'head' })).status).toBe(200);
    await send();
    const told = (await town.chat(CAST.head)).findLast((item) => item.kind === 'actionCard');
    expect(JSON.stringify(told)).toContain('周凯没有收到');
    const line = (
      await lines(
        `case=${caseId}&q=${encodeURIComponent((await view(lost.id)).closing.split('改发给 ')[1] ?? '')}`,
      )
    )[0];
    expect(line).toMatchObject({
      channel: 'actionCard',
      state: 'sent',
      recipient: { unit: '市公安局交警支队' },
    });
    const chain = await view(line?.id ?? '');
    expect(chain.attemptList.map((a) => a.good)).toEqual([false, false, true]);
  });

  it('keeps a telephone call, with who, when and whom', async () => {
    const caseId = await unreached();
    const lost = await deadOf(caseId, '周凯');
    const call = (at: string, spokeTo = '徐队长') => post(`/deliveries/${lost.id}/call`, { spokeTo, at });
    expect((await call('2027-07-06T08:41:00+08:00')).body).toMatchObject({ errors: [{ path: 'at' }] });
    expect((await call('2020-07-06T08:41:00+08:00')).body).toMatchObject({ errors: [{ path: 'at' }] });
    expect((await call('昨天')).status).toBe(400);
    expect((await call(new Date(town.app.clock.businessNow()).toISOString(), ' ')).body).toMatchObject({
      errors: [{ path: 'spokeTo', message: '请填写接电话的人' }],
    });
    expect((await view(lost.id)).state).toBe('dead');
    const { status, body } = await call(new Date(town.app.clock.businessNow()).toISOString());
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'closed', result: '已打电话告知', choices: [], canResend: false });
    expect(String(body['closing'])).toMatch(/^贾子涵 今天 \d\d:\d\d 打电话告知了 徐队长$/);
    expect((await audits('delivery.called')).map((a) => a.subject)).toContain(lost.id);
  });

  it('sends again one, some, or all that a filter finds', async () => {
    const caseId = await unreached();
    const dead = (await list(`state=dead&case=${caseId}`)).items;
    expect(dead.length).toBeGreaterThan(2);
    const [one, ...others] = dead.map((d) => d.id);
    const key = { 'idempotency-key': uuidv7() };
    expect((await post('/deliveries/resend', { ids: [one] }, key)).body).toEqual({ resent: 1, more: false });
    expect((await post('/deliveries/resend', { ids: [one] }, key)).body).toEqual({ resent: 1, more: false });
    expect((await view(one ?? '')).state).toBe('queued');
    await send();
    expect((await view(one ?? '')).state).toBe('sent');
    expect((await post('/deliveries/resend', { ids: [one] })).status).toBe(409);
    const { body } = await post('/deliveries/resend', { filter: { case: caseId, channel: 'actionCard' } });
    expect(body).toEqual({
      resent: others.length - (await list(`state=dead&case=${caseId}`)).items.length,
      more: false,
    });
    await send();
    const left = (await list(`state=dead&case=${caseId}`)).items;
    expect(left.every((d) => d.channel !== 'actionCard')).toBe(true);
    expect((await post('/deliveries/resend', { ids: [] })).status).toBe(400);
  });

  it('tells of somebody who left before their notice could go out', async () => {
    const caseId = await tale.accepted();
    await send();
    await tale.did('dispatcher', caseId, 'dispatch', { leadUnitId: tale.units.police });
    const gone = (active: 0 | 1) =>
      town.app.store.transact((tx) =>
        tx.updateTable('account').set({ active }).where('user_id', '=', 'jh0004').execute(),
      );
    await gone(0);
    await send();
    const lost = await deadOf(caseId, '周凯');
    expect((await view(lost.id)).reason).toContain('这个人已从 市公安局交警支队 调出');
    await gone(1);
    expect(await town.chat(CAST.handler2)).not.toEqual([]);
  });

  it('knows who has read a notice, where the host tells it', async () => {
    const caseId = await tale.filed();
    await send();
    const look = async (): Promise<string | undefined> => {
      await town.app.store.transact((tx) =>
        tx
          .updateTable('outbox')
          .set({ look_at: 0 })
          .where('case_id', '=', caseId)
          .where('look_at', '<', FAR)
          .execute(),
      );
      await town.app.notices.tick();
      return (await lines(`case=${caseId}&notice=received`))[0]?.state;
    };
    await town.until('the notice was checked', async () => {
      await town.app.notices.tick();
      const row = await town.app.store.read((db) =>
        db
          .selectFrom('outbox')
          .select('checked')
          .where('case_id', '=', caseId)
          .where('notice', '=', 'received')
          .executeTakeFirst(),
      );
      return row?.checked === 1;
    });
    expect(await look()).toBe('sent');
    await town.control('POST', `/people/${CAST.member}/chat/read`);
    expect(await look()).toBe('read');
    expect((await lines(`case=${caseId}&notice=received`))[0]?.result).toMatch(/^\d\d:\d\d 打开$/);
  });

  it('names neither an anonymous author nor what nobody has accepted yet', async () => {
    const hidden = { anonymous: true, openness: 'staff', phoneToUnit: false };
    const caseId = await tale.filed({ title: '金丝雀路口的灯', disclosure: hidden });
    await send();
    const raw = JSON.stringify(await list(`case=${caseId}`));
    expect(raw).not.toContain('金丝雀');
    expect(raw).not.toContain('林淑芬');
    const [line] = await lines(`case=${caseId}&notice=received`);
    expect(line).toMatchObject({ recipient: { name: '匿名委员' }, about: expect.stringMatching(/^JH-/) });
    expect(JSON.stringify(await view(line?.id ?? ''))).not.toMatch(/林淑芬|金丝雀/);
    const search = (q: string) => lines(`case=${caseId}&q=${encodeURIComponent(q)}`);
    expect((await search('林淑芬')).filter((d) => d.notice === 'received')).toEqual([]);
    expect(await search('金丝雀')).toEqual([]);
    await tale.did('reviewer', caseId, 'accept');
    expect((await search('金丝雀')).length).toBeGreaterThan(0);
  });

  it('is found by case, name, unit and number, narrowed by channel and time, page by page', async () => {
    const caseId = await tale.atPolice([], { title: '回溪街的路灯不亮' });
    await send();
    const { number } = await tale.read(caseId);
    for (const q of ['回溪街 路灯', number, '周凯', '交警']) {
      const found = await lines(`case=${caseId}&q=${encodeURIComponent(q)}`);
      expect([q, found.length > 0]).toEqual([q, true]);
    }
    expect((await lines(`q=${encodeURIComponent('周凯')}`)).every((d) => d.recipient.name === '周凯')).toBe(
      true,
    );
    expect(await lines('from=2020-01-01&to=2020-01-02')).toEqual([]);
    expect((await lines('channel=notice')).every((d) => d.channel === 'notice')).toBe(true);
    const ids: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: DeliveryPage = await list(`state=sent${after ? `&after=${after}` : ''}`);
      ids.push(...page.items.map((d) => d.id));
      after = page.after;
    }
    expect(ids.length).toBeGreaterThan(30);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await (await tale.as('admin')).call('GET', '/deliveries?after=zzz')).status).toBe(400);
  });

  it('counts each channel with its fraction', async () => {
    const { headline, sentence, channels, counts } = await get<DeliverySummary>(
      'admin',
      '/deliveries/summary',
    );
    expect(headline).toBe(`${counts.dead} 条通知发不出去，等您处理`);
    const card = channels.find((c) => c.channel === 'card');
    const [part, whole] = (card?.fraction.match(/\d[\d,]*/g) ?? []).map(Number);
    const rows = await town.app.store.read((db) =>
      db
        .selectFrom('outbox')
        .select(['status'])
        .where('channel', '=', 'card')
        .where('logged', '=', 1)
        .where('created_at', '>=', town.app.clock.businessNow() - 86_400_000)
        .execute(),
    );
    expect([part, whole]).toEqual([
      rows.filter((r) => r.status === 'done').length,
      rows.filter((r) => r.status !== 'waiting').length,
    ]);
    expect(card?.share).toBe(`${(Math.floor(((part ?? 0) / (whole ?? 1)) * 1_000) / 10).toFixed(1)}%`);
    expect(sentence).toContain('时限不会停');
  });
});
