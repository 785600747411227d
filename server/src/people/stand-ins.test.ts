import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, emptyPeople, type TestPeople } from '../../../tests/support/people.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { uuidv7 } from '../store/index.ts';
import { actorOf, findGrants, holders } from './grants.ts';
import { principalsOf, standInsOf } from './stand-ins.ts';

const HOUR = 3_600_000;

describe.each(STORES)('standing in on $name', (kind) => {
  let database: TestDatabase;
  let town: TestPeople;
  let now: number;
  let ids: Record<'zhou' | 'wu' | 'li' | 'head', string>;
  beforeAll(async () => {
    database = await kind.create();
    town = await createTestPeople({ databaseUrl: database.databaseUrl });
  });
  beforeEach(async () => {
    await emptyPeople(town);
    now = town.clock.businessNow();
    const handler = { role: 'handler', unitId: 'traffic', areaId: '330700' } as const;
    ids = {
      zhou: await town.addPerson('zhou', '周凯', handler),
      wu: await town.addPerson('wu', '吴珊', null),
      li: await town.addPerson('li', '李强', null),
      head: await town.addPerson('head', '徐伟军', { ...handler, role: 'head' }),
    };
  });
  afterAll(async () => {
    await town.close();
    await database.drop();
  });

  const away = (personId: string, substituteId: string, from = now - HOUR, to = now + HOUR, ended?: number) =>
    town.store.transact((tx) =>
      tx
        .insertInto('substitution')
        .values({
          id: uuidv7(),
          person_id: personId,
          substitute_id: substituteId,
          from_at: from,
          to_at: to,
          ended_at: ended ?? null,
          reason: '',
          created_at: now,
          created_by: personId,
        })
        .execute(),
    );
  const grants = (personId: string, at = now) => town.store.read((db) => findGrants(db, personId, at));
  const handlers = async (at = now) =>
    (await town.store.read((db) => holders(db, { role: 'handler', unitId: 'traffic' }, at))).map((h) => [
      h.name,
      h.forPersonId ?? null,
    ]);

  it('hands a duty on for the period, to the minute it begins and ends', async () => {
    await away(ids.zhou, ids.wu);
    expect(await handlers()).toEqual([['吴珊', ids.zhou]]);
    expect(await handlers(now - HOUR)).toEqual([['吴珊', ids.zhou]]);
    expect(await handlers(now - HOUR - 1)).toEqual([['周凯', null]]);
    expect(await handlers(now + HOUR)).toEqual([['周凯', null]]);
    expect(await grants(ids.wu)).toEqual([
      { role: 'handler', unitId: 'traffic', areaId: '330700', forPersonId: ids.zhou },
    ]);
    expect(await grants(ids.wu, now + HOUR)).toEqual([]);
  });

  it('ends when it was ended', async () => {
    await away(ids.zhou, ids.wu, now - HOUR, now + HOUR, now);
    expect(await handlers()).toEqual([['周凯', null]]);
    expect(await handlers(now - 1)).toEqual([['吴珊', ids.zhou]]);
  });

  it('goes to the last of a chain, who acts for each before', async () => {
    await away(ids.zhou, ids.wu);
    await away(ids.wu, ids.li);
    expect(await handlers()).toEqual([['李强', ids.zhou]]);
    const read = <T>(fn: Parameters<typeof town.store.read<T>>[0]) => town.store.read(fn);
    expect(await read((db) => standInsOf(db, [ids.zhou, ids.wu, ids.li], now))).toEqual(
      new Map([
        [ids.zhou, [ids.wu, ids.li]],
        [ids.wu, [ids.li]],
      ]),
    );
    expect((await read((db) => principalsOf(db, ids.li, now))).toSorted()).toEqual(
      [ids.zhou, ids.wu].toSorted(),
    );
    expect(await grants(ids.wu)).toEqual([]);
    expect(await grants(ids.li)).toMatchObject([{ role: 'handler', forPersonId: ids.zhou }]);
  });

  it('survives a circle in the table, which naming a substitute never makes', async () => {
    await away(ids.zhou, ids.wu);
    await away(ids.wu, ids.zhou);
    expect((await handlers()).length).toBe(1);
    expect((await grants(ids.zhou)).every((grant) => grant.forPersonId === undefined)).toBe(true);
  });

  it('never hands on what is personal or gives roles away', async () => {
    const both = await town.addPerson('both', '陈伟', { role: 'member', unitId: 'cppcc', areaId: '330700' });
    await town.store.transact((tx) =>
      tx
        .insertInto('role_grant')
        .values({
          id: uuidv7(),
          person_id: both,
          role: 'admin',
          unit_id: null,
          area_id: '330700',
          from_at: 0,
        })
        .execute(),
    );
    await away(both, ids.wu);
    expect(await grants(ids.wu)).toEqual([]);
    const admins = await town.store.read((db) => holders(db, { role: 'admin', areaIds: ['330700'] }, now));
    expect(admins.map((h) => h.name)).toEqual(['陈伟']);
  });

  it('leaves the duty where it is while no substitute can be reached', async () => {
    await away(ids.zhou, ids.wu);
    await town.store.transact((tx) =>
      tx.updateTable('account').set({ active: 0 }).where('person_id', '=', ids.wu).execute(),
    );
    expect(await handlers()).toEqual([['周凯', null]]);
  });

  it('gives nothing on for somebody who left', async () => {
    await away(ids.zhou, ids.wu);
    await town.store.transact((tx) =>
      tx.updateTable('person').set({ active: 0 }).where('id', '=', ids.zhou).execute(),
    );
    expect(await handlers()).toEqual([]);
    expect(await grants(ids.wu)).toEqual([]);
    expect(await town.store.read((db) => actorOf(db, ids.zhou, now))).toBeNull();
  });

  it('names who holds the role by right so, and lists them once', async () => {
    const second = await town.addPerson('second', '杜明', {
      role: 'handler',
      unitId: 'traffic',
      areaId: '330700',
    });
    await away(ids.zhou, second);
    expect(await handlers()).toEqual([['杜明', null]]);
    expect(await grants(second)).toEqual([{ role: 'handler', unitId: 'traffic', areaId: '330700' }]);
  });
});
