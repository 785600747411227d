import type { Actor } from '@minqing/shared/workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, emptyPeople, type TestPeople } from '../../../tests/support/people.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { uuidv7 } from '../store/index.ts';
import { nextHoldingChange } from './holding-changes.ts';

const DAY = 86_400_000;
const CITY = '330700';

describe.each(STORES)('naming a substitute on $name', (kind) => {
  let database: TestDatabase;
  let town: TestPeople;
  let zhou: string;
  let wu: string;
  let li: string;
  let admin: string;
  beforeAll(async () => {
    database = await kind.create();
    town = await createTestPeople({ databaseUrl: database.databaseUrl });
  });
  beforeEach(async () => {
    await emptyPeople(town);
    const handler = { role: 'handler', unitId: 'traffic', areaId: CITY } as const;
    zhou = await town.addPerson('zhou', '周凯', handler);
    wu = await town.addPerson('wu', '吴珊', handler);
    li = await town.addPerson('li', '李强', { ...handler, role: 'head' });
    admin = await town.addPerson('admin', '黄志强', { role: 'admin', areaId: CITY });
  });
  afterAll(async () => {
    await town.close();
    await database.drop();
  });

  const actor = async (personId: string): Promise<Actor> => (await town.people.acting(personId))!.actor;
  const request = (principal: string) => ({ principal, key: uuidv7(), digest: 'd' });
  const name = async (
    personId: string,
    substituteId: string,
    fromDate = '2026-07-07',
    toDate = '2026-07-10',
    by = personId,
  ): Promise<string> =>
    town.people.substitutes.name(
      await actor(by),
      { personId, substituteId, fromDate, toDate, reason: '年休假' },
      request(by),
    );
  const mine = async (personId: string) => town.people.substitutes.mine(await actor(personId));

  it('begins now when it begins today, and tells both of them', async () => {
    await name(zhou, wu);
    const own = await mine(zhou);
    expect(own.own).toMatchObject([
      {
        state: 'running',
        periodText: '7月7日 周二 至 7月10日 周五',
        stateText: '还有 4 天',
        substitute: { name: '吴珊' },
        finallyBy: null,
        mayEnd: true,
      },
    ]);
    const others = await mine(wu);
    expect(others.others).toMatchObject([{ person: { name: '周凯' }, mayEnd: false }]);
    const change = await town.store.read((db) => nextHoldingChange(db, town.clock.businessNow()));
    expect(change).toMatchObject({ cause: 'begin', personId: zhou });
  });

  it('ends early, keeps it in the record, and cards follow at that moment', async () => {
    const id = await name(zhou, wu);
    town.clock.business += DAY;
    await town.people.substitutes.end(await actor(zhou), id, request(zhou));
    expect((await mine(zhou)).own).toMatchObject([{ state: 'over', stateText: '今天 14:40 提前结束' }]);
    expect((await mine(wu)).others).toEqual([]);
    const audit = await town.store.read((db) =>
      db
        .selectFrom('audit')
        .select(['kind', 'person_id', 'subject'])
        .where('kind', 'like', 'substitution%')
        .orderBy('id')
        .execute(),
    );
    expect(audit.map((row) => row.kind)).toEqual(['substitution.named', 'substitution.ended']);
    const pending = await town.store.read((db) =>
      db.selectFrom('holding_change').select(['cause', 'at']).execute(),
    );
    expect(pending.map((row) => row.cause).toSorted()).toEqual(['begin', 'end']);
    expect(pending.every((row) => row.at <= town.clock.businessNow())).toBe(true);
  });

  it('takes one back that has not begun, and leaves nothing to follow', async () => {
    const id = await name(zhou, wu, '2026-07-20', '2026-07-24');
    expect((await mine(zhou)).own).toMatchObject([{ state: 'coming', stateText: '还没开始' }]);
    await town.people.substitutes.end(await actor(zhou), id, request(zhou));
    expect((await mine(zhou)).own).toMatchObject([{ state: 'over', stateText: '没开始就取消了' }]);
    expect(await town.store.read((db) => db.selectFrom('holding_change').selectAll().execute())).toEqual([]);
  });

  it('shows who acts in the end where the substitute is away as well', async () => {
    await name(zhou, wu);
    await name(wu, li);
    expect((await mine(zhou)).own[0]?.finallyBy?.name).toBe('李强');
  });

  it('acts once for one request', async () => {
    const once = request(zhou);
    const wanted = {
      personId: zhou,
      substituteId: wu,
      fromDate: '2026-07-07',
      toDate: '2026-07-08',
      reason: '',
    };
    const first = await town.people.substitutes.name(await actor(zhou), wanted, once);
    expect(await town.people.substitutes.name(await actor(zhou), wanted, once)).toBe(first);
    await expect(
      town.people.substitutes.name(await actor(zhou), wanted, { ...once, digest: 'another' }),
    ).rejects.toThrow();
    expect((await mine(zhou)).own).toHaveLength(1);
  });

  it.each([
    ['2026-07-06', '2026-07-08', '开始的日期已经过去'],
    ['2026-07-09', '2026-07-08', '结束的日期要在开始之后'],
    ['2026-07-09', '2027-03-01', '一次最多半年'],
    ['2027-08-01', '2027-08-02', '最多提前一年'],
    ['2026-02-30', '2026-03-01', '请选开始的日期'],
    ['2026-07-09', '', '请选结束的日期'],
  ])('refuses %s to %s: %s', async (from, to, words) => {
    await expect(name(zhou, wu, from, to)).rejects.toMatchObject({
      code: 'invalidInput',
      errors: [{ message: expect.stringContaining(words) }],
    });
  });

  it('refuses a circle, straight or over a third, but only where the days meet', async () => {
    await name(zhou, wu, '2026-07-07', '2026-07-10');
    await expect(name(wu, zhou, '2026-07-10', '2026-07-12')).rejects.toThrow('请换一个人');
    await name(wu, li, '2026-07-07', '2026-07-10');
    await expect(name(li, zhou, '2026-07-08', '2026-07-08')).rejects.toThrow('请换一个人');
    await expect(name(li, zhou, '2026-07-11', '2026-07-12')).resolves.toBeTruthy();
  });

  it('refuses a second substitute for the same days, and takes one for the days after', async () => {
    await name(zhou, wu, '2026-07-07', '2026-07-10');
    await expect(name(zhou, li, '2026-07-10', '2026-07-12')).rejects.toThrow('已经请吴珊代办');
    await expect(name(zhou, li, '2026-07-11', '2026-07-12')).resolves.toBeTruthy();
  });

  it('takes only somebody of the same unit or above who is there', async () => {
    const elsewhere = await town.addPerson('else', '何芳', {
      role: 'reviewer',
      unitId: 'cppcc',
      areaId: CITY,
    });
    const county = await town.addPerson('county', '钱进', {
      role: 'reviewer',
      unitId: 'cppcc-wc',
      areaId: '330702',
    });
    await expect(name(zhou, elsewhere)).rejects.toMatchObject({
      errors: [{ path: 'substituteId', message: expect.stringContaining('本单位或上级') }],
    });
    await expect(name(elsewhere, county)).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(name(county, elsewhere)).resolves.toBeTruthy();
    await expect(name(zhou, zhou)).rejects.toMatchObject({ code: 'invalidInput' });
    await town.store.transact((tx) =>
      tx.updateTable('account').set({ active: 0 }).where('person_id', '=', wu).execute(),
    );
    await expect(name(zhou, wu)).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('收不到通知') }],
    });
  });

  it('offers exactly those it would take, by name', async () => {
    await town.addPerson('else', '何芳', { role: 'reviewer', unitId: 'cppcc', areaId: CITY });
    const found = await town.people.substitutes.candidates(await actor(zhou), zhou, '');
    expect(found.items.map((one) => [one.name, one.detail])).toEqual(
      [
        ['吴珊', '金华市公安局交警支队 · 经办人'],
        ['李强', '金华市公安局交警支队 · 单位负责人'],
      ].toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    );
    expect((await town.people.substitutes.candidates(await actor(zhou), zhou, '珊')).items).toHaveLength(1);
    await name(wu, li);
    const now = await town.people.substitutes.candidates(await actor(zhou), zhou, '珊');
    expect(now.items[0]?.awayText).toContain('7月7日至7月10日不在');
  });

  it('is for oneself, or for an administrator of every area the person works in', async () => {
    await expect(name(zhou, wu, '2026-07-07', '2026-07-08', li)).rejects.toMatchObject({ code: 'forbidden' });
    const id = await name(zhou, wu, '2026-07-07', '2026-07-08', admin);
    await expect(town.people.substitutes.end(await actor(wu), id, request(wu))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const countyAdmin = await town.addPerson('wc', '章成', { role: 'admin', areaId: '330702' });
    await expect(
      town.people.substitutes.end(await actor(countyAdmin), id, request(countyAdmin)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(town.people.substitutes.list(await actor(zhou), { state: 'open' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await town.people.substitutes.list(await actor(admin), { state: 'open' })).items).toHaveLength(1);
    expect((await town.people.substitutes.list(await actor(countyAdmin), { state: 'open' })).items).toEqual(
      [],
    );
    await town.people.substitutes.end(await actor(admin), id, request(admin));
    expect((await town.people.substitutes.list(await actor(admin), { state: 'over' })).items).toHaveLength(1);
  });

  it('is not for somebody without duties to hand on', async () => {
    const member = await town.addPerson('lin', '林淑芬', { role: 'member', unitId: 'cppcc', areaId: CITY });
    expect((await mine(member)).mayName).toBe(false);
    await expect(name(member, wu)).rejects.toThrow('不用请人代办');
    await expect(name(admin, wu)).rejects.toThrow('不用请人代办');
  });
});
