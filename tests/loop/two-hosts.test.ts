import { readFileSync } from 'node:fs';
import type { DeliveryPage, LinkPage } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTown, report, WHO, type Citizen, type Town } from '../support/town.ts';

const MEMBER = { here: WHO.member, there: `${WHO.member}-gov` };
const REVIEWER = { here: WHO.reviewer, there: `${WHO.reviewer}-gov` };

describe.each(STORES)('people with an account in each messenger, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({
      databaseUrl: database.databaseUrl,
      twins: [WHO.member, WHO.reviewer],
      messenger: { callsPerSecond: 10_000 },
    });
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const chatHas = async (id: string, words: RegExp): Promise<boolean> =>
    (await town.chat(id)).some((item) => words.test(JSON.stringify(item)));
  const arrives = (id: string, words: RegExp) =>
    town.until(`${words} at ${id}`, async () => chatHas(id, words));
  const signOnThere = async (id: string, linkCode?: string): Promise<number> => {
    const { code } = await town.control<{ code: string }>('POST', `/people/${id}/code`);
    const answer = await fetch(`${town.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        hostId: 'zhezhengding',
        code,
        mode: 'bearer',
        ...(linkCode ? { linkCode } : {}),
      }),
    });
    return answer.status;
  };
  const submit = async (by: Citizen): Promise<string> => {
    const caseId = uuidv7();
    await by.act(caseId, 'submit', report({ title: `路灯 ${caseId.slice(-6)}` }));
    return caseId;
  };
  const findState = async (caseId: string): Promise<string | undefined> =>
    (
      await town.app.store.read((db) =>
        db.selectFrom('cases').select('state').where('id', '=', caseId).executeTakeFirst(),
      )
    )?.state;
  const unreachable = () =>
    town.control('POST', '/faults', {
      kind: 'error',
      level: 'business',
      code: 'RECEIVER_GONE',
      message: '收件人不存在',
      operations: ['zzd.message.send'],
    });
  const healthy = () => town.control('DELETE', '/faults');

  it('one links by a code typed in the other, the other by a number an administrator confirmed', async () => {
    const member = await town.person(MEMBER.here);
    const { body } = await member.call('POST', '/me/accounts/code', {});
    expect(await signOnThere(MEMBER.there)).toBe(403);
    expect(await signOnThere(MEMBER.there, String(body.code))).toBe(200);
    await arrives(MEMBER.here, /已关联另一个平台的账号/);
    await arrives(MEMBER.there, /已关联另一个平台的账号/);

    // 浙政钉 tells no numbers: the roster does, and nothing follows from it until an administrator says so.
    expect(await signOnThere(REVIEWER.there)).toBe(403);
    const { app } = town;
    const [head = '', ...rows] = readFileSync('scripts/demo/roster.csv', 'utf8').trim().split('\n');
    const row = rows.find((line) => line.includes(',方敏,')) ?? '';
    const twin = (await town.control<{ id: string; userid: string }[]>('GET', '/people')).find(
      (person) => person.id === REVIEWER.there,
    );
    const people = `${head}\n${row.replace(/^[^,]*/, twin?.userid ?? '')}\n`;
    const vault = createPhoneVault(app.config.dataKey, app.config.indexKey);
    const result = await importRoster(
      { store: app.store, clock: app.clock, vault },
      { people },
      { hostId: 'zhezhengding', dryRun: false, complete: false },
    );
    expect(result.errors).toEqual([]);
    const admin = await town.person('admin-01');
    const page = await admin.call('GET', '/admin/links');
    const items = (page.body as unknown as LinkPage).items;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ wayText: '手机号相同', blockedText: '', mayDecide: true });
    expect((await admin.call('POST', `/admin/links/${items[0]?.id}/confirm`, {})).status).toBe(200);
    expect(await signOnThere(REVIEWER.there)).toBe(200);
  });

  it('are told where they were last seen: card, to-do and notice go there, and there only', async () => {
    expect(await signOnThere(REVIEWER.there)).toBe(200);
    const member = await town.person(MEMBER.there);
    await submit(member);
    await arrives(MEMBER.there, /收到您的民情|已提交|已收到/);
    await arrives(REVIEWER.there, /新民情，请审核/);
    const todos = await town.until('a to-do in 浙政钉', async () => {
      const { open } = await town.control<{ open: unknown[] }>('GET', `/people/${REVIEWER.there}/todos`);
      return open.length > 0 ? open : null;
    });
    expect(todos).toHaveLength(1);
    expect(await chatHas(REVIEWER.here, /新民情，请审核/)).toBe(false);
  });

  it('are told in the other one when that cannot reach them, with the card, its to-do and its buttons', async () => {
    await unreachable();
    const caseId = await submit(await town.person(MEMBER.there));
    await arrives(MEMBER.here, new RegExp(caseId.slice(-6)));
    const card = await town.card(REVIEWER.here, new RegExp(caseId.slice(-6)));
    await town.until('the to-do follows', async () => {
      const { open } = await town.control<{ open: unknown[] }>('GET', `/people/${REVIEWER.here}/todos`);
      return open.length > 0;
    });
    await town.press(REVIEWER.here, card.outTrackId, ['accept']);
    await town.until('the press took effect', async () => (await findState(caseId)) === 'accepted');
    await healthy();
    const admin = await town.person('admin-01');
    const { body } = await admin.call('GET', `/deliveries?case=${caseId}`);
    const rows = (body as unknown as DeliveryPage).items;
    expect(rows.filter((row) => row.recipient.name === '方敏').length).toBeGreaterThanOrEqual(2);
  });

  it('whoever leaves one keeps the duty in the other: the open card moves', async () => {
    expect(await signOnThere(REVIEWER.there)).toBe(200);
    const caseId = await submit(await town.person(MEMBER.here));
    await arrives(REVIEWER.there, new RegExp(caseId.slice(-6)));
    expect(await chatHas(REVIEWER.here, new RegExp(caseId.slice(-6)))).toBe(false);
    await town.control('POST', `/people/${REVIEWER.there}/leave`);
    await arrives(REVIEWER.here, new RegExp(caseId.slice(-6)));
  });

  const tryCode = async (hostId: string, code: string, door = 'container'): Promise<number> =>
    (
      await fetch(`${town.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ hostId, code, door, mode: 'bearer' }),
      })
    ).status;
  const mint = async (id: string, what = 'code'): Promise<string> =>
    (await town.control<{ code: string }>('POST', `/people/${id}/${what}`)).code;

  it('a code opens its own messenger’s door only, once, for five minutes', async () => {
    const [here, there] = [await mint(MEMBER.here), await mint(MEMBER.there)];
    expect(await tryCode('zhezhengding', here)).toBe(401);
    expect(await tryCode('dingtalk', there)).toBe(401);
    const scanned = await mint(MEMBER.there, 'scan');
    expect(await tryCode('zhezhengding', scanned, 'container')).toBe(401);
    expect(await tryCode('dingtalk', scanned, 'scan')).toBe(401);
    for (const [hostId, id] of [
      ['dingtalk', MEMBER.here],
      ['zhezhengding', MEMBER.there],
    ] as const) {
      const once = await mint(id);
      expect(await tryCode(hostId, once)).toBe(200);
      expect(await tryCode(hostId, once)).toBe(401);
      const late = await mint(id);
      await town.advance(5 * 60_000 + 1_000);
      expect(await tryCode(hostId, late)).toBe(401);
    }
  });

  it('who leaves an organisation is signed off there by its event, in each messenger', async () => {
    for (const id of [MEMBER.there, 'zhou-kai']) {
      const person = await town.person(id);
      expect((await person.call('GET', '/me')).status).toBe(200);
      await town.control('POST', `/people/${id}/leave`);
      await town.until(`${id} is signed off`, async () => (await person.call('GET', '/me')).status === 401);
    }
    expect((await (await town.person(MEMBER.here)).call('GET', '/me')).status).toBe(200);
  });
});
