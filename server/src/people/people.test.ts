import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, FakeHost, type TestPeople } from '../../../tests/support/people.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { HostError, type Host } from '../hosts/index.ts';
import { findGrants, holders, reachable } from './grants.ts';
import { closeSession, dropExpiredSessions, findSession, openSession } from './sessions.ts';

describe.each(STORES)('people on $name', (kind) => {
  let database: TestDatabase;
  let town: TestPeople;
  let host: Host;
  beforeEach(async () => {
    database = await kind.create();
    town = await createTestPeople({ databaseUrl: database.databaseUrl });
    host = town.host as unknown as Host;
  });
  afterEach(async () => {
    await town.close();
    await database.drop();
  });

  const accounts = () =>
    town.store.read((db) =>
      db
        .selectFrom('account')
        .select(['user_id', 'active', 'person_id', 'union_id'])
        .orderBy('user_id')
        .execute(),
    );
  const persons = () =>
    town.store.read((db) =>
      db
        .selectFrom('person')
        .select(['id', 'name', 'active', 'phone_cipher', 'phone_index'])
        .orderBy('name')
        .execute(),
    );

  describe('the directory', () => {
    it('climbs from an area to the province and comes down to everything below', () => {
      const { directory } = town.people;
      expect(directory.areaChain('330702')).toEqual(['330702', '330700', '330000']);
      expect(directory.areaChain('nowhere')).toEqual([]);
      expect([...directory.areasWithin('330700')].sort()).toEqual(['330700', '330702']);
      expect(
        directory
          .unitsWithin('330700')
          .map((unit) => unit.id)
          .sort(),
      ).toEqual(['cppcc', 'cppcc-wc', 'office', 'traffic']);
    });

    it('names a closed unit but offers it nowhere', () => {
      expect(town.people.directory.unit('closed')?.name).toBe('金华市旧局');
      expect(town.people.directory.units().map((unit) => unit.id)).not.toContain('closed');
    });

    it('finds the dispatch office of a county that has none one tier up', () => {
      expect(town.people.directory.dispatchOfficeOf('330702')?.id).toBe('office');
    });

    it.each([
      ['a county’s place goes to its city', '330702', 'cppcc-zj', undefined, 'cppcc'],
      ['a city’s place to the city', '330700', 'cppcc-zj', undefined, 'cppcc'],
      ['without a place, to the author’s city', null, 'cppcc-wc', undefined, 'cppcc'],
      ['a provincial member’s without a place, to the province', null, 'cppcc-zj', undefined, 'cppcc-zj'],
      ['a place nobody receives for, to the author’s city', '330100', 'cppcc', undefined, 'cppcc'],
      ['the author’s choice comes first', '330700', 'cppcc', 'cppcc-wc', 'cppcc-wc'],
      ['a department is no choice', '330700', 'cppcc', 'traffic', null],
      ['nowhere to go', null, null, undefined, null],
    ])('%s', (_what, place, home, chosen, committee) => {
      expect(town.people.directory.receivingCommittee(place, home, chosen)?.committeeId ?? null).toBe(
        committee,
      );
    });

    it('shows a new unit after a refresh', async () => {
      await town.store.transact((tx) =>
        tx
          .insertInto('unit')
          .values({
            id: 'new',
            name: '新局',
            short_name: '新局',
            type: 'department',
            area_id: '330700',
            active: 1,
          })
          .execute(),
      );
      await town.people.directory.refresh();
      expect(town.people.directory.unit('new')?.shortName).toBe('新局');
    });
  });

  describe('grants', () => {
    it('hold from their first moment to just before their last', async () => {
      const id = await town.addPerson('lin', '林晓', {
        role: 'member',
        unitId: 'cppcc',
        areaId: '330700',
        from: 100,
        to: 200,
      });
      const at = (moment: number) => town.store.read((db) => findGrants(db, id, moment));
      expect(await at(99)).toEqual([]);
      expect(await at(100)).toEqual([{ role: 'member', unitId: 'cppcc', areaId: '330700' }]);
      expect(await at(200)).toEqual([]);
    });

    it('name everybody who holds a role in a unit, or in an area and above, and nobody else', async () => {
      const handler = await town.addPerson('zhou', '周凯', {
        role: 'handler',
        unitId: 'traffic',
        areaId: '330700',
      });
      await town.addPerson('head', '头儿', { role: 'head', unitId: 'traffic', areaId: '330700' });
      await town.addPerson('former', '从前', {
        role: 'handler',
        unitId: 'traffic',
        areaId: '330700',
        to: town.clock.business,
      });
      const inspector = await town.addPerson('zheng', '郑卫平', { role: 'inspector', areaId: '330700' });
      const find = (holding: Parameters<typeof holders>[1]) =>
        town.store.read((db) => holders(db, holding, town.clock.business));
      expect((await find({ role: 'handler', unitId: 'traffic' })).map((holder) => holder.personId)).toEqual([
        handler,
      ]);
      expect((await find({ role: 'inspector', areaIds: ['330702', '330700'] }))[0]).toMatchObject({
        personId: inspector,
        name: '郑卫平',
        accounts: [{ hostId: 'host1', userId: 'zheng', unionId: 'union-zheng' }],
      });
      expect(await find({ role: 'inspector', areaIds: [] })).toEqual([]);
      expect(await find({ role: 'inspector', areaIds: ['330100'] })).toEqual([]);
    });

    it('of somebody without an active account reach nobody', async () => {
      const id = await town.addPerson('zhou', '周凯', {
        role: 'handler',
        unitId: 'traffic',
        areaId: '330700',
      });
      town.host.people.delete('zhou');
      await town.people.contacts.learnPerson(host, 'zhou');
      expect(await town.store.read((db) => reachable(db, [id]))).toEqual([]);
      expect(await town.people.actingByAccount('host1', 'zhou')).toBeNull();
      expect(await town.people.acting(id)).toBeNull();
    });
  });

  describe('sessions', () => {
    it('are found by their secret until they are over or closed', async () => {
      const personId = await town.addPerson('lin', '林晓', {
        role: 'member',
        unitId: 'cppcc',
        areaId: '330700',
      });
      const account = await town.store.read((db) =>
        db.selectFrom('account').select('id').executeTakeFirstOrThrow(),
      );
      const open = () =>
        town.store.transact((tx) =>
          openSession(tx, { personId, accountId: account.id, kind: 'bearer' }, town.config.sessions, 1_000),
        );
      const [first, second] = [await open(), await open()];
      expect(first.secret).not.toBe(second.secret);
      const find = (secret: string, now: number) => town.store.read((db) => findSession(db, secret, now));
      expect(await find(first.secret, 2_000)).toMatchObject({
        personId,
        kind: 'bearer',
        hostId: 'host1',
        csrf: first.csrf,
      });
      expect(await find(first.secret, 1_000 + town.config.sessions.bearerMs)).toBeNull();
      await town.store.transact((tx) => closeSession(tx, first.secret));
      expect(await find(first.secret, 2_000)).toBeNull();
      expect(
        await town.store.transact((tx) => dropExpiredSessions(tx, 1_000 + town.config.sessions.bearerMs)),
      ).toBe(1);
    });
  });

  describe('contact sync', () => {
    it('brings people and departments, and never a grant', async () => {
      town.host.departments.push({ id: '2', parentId: '1', name: '交警支队' });
      town.host.addPerson('zhou', '周凯', { departmentIds: ['2'], mobile: '138 0000 0001' });
      town.host.addPerson('off', '停用', { active: false });
      expect(await town.people.contacts.sync(host)).toEqual({
        departments: 2,
        created: 1,
        updated: 0,
        left: 0,
      });
      expect((await persons()).map((person) => person.name)).toEqual(['周凯']);
      expect(await town.store.read((db) => db.selectFrom('role_grant').selectAll().execute())).toEqual([]);
      expect(
        await town.store.read((db) =>
          db.selectFrom('host_department').select('name').orderBy('name').execute(),
        ),
      ).toHaveLength(2);
    });

    it('changes nothing the second time', async () => {
      town.host.addPerson('zhou', '周凯', { mobile: '13800000001', title: '中队长' });
      await town.people.contacts.sync(host);
      const before = await persons();
      expect(await town.people.contacts.sync(host)).toEqual({
        departments: 1,
        created: 0,
        updated: 0,
        left: 0,
      });
      expect(await persons()).toEqual(before);
    });

    it('makes two people of one phone number in two organisations, until somebody says that they are one', async () => {
      town.host.addPerson('zhou', '周凯', { mobile: '+86 138-0000-0001' });
      await town.people.contacts.sync(host);
      const second = new FakeHost('host2');
      second.addPerson('zk', '周凯', { mobile: '13800000001' });
      await town.people.contacts.sync(second as unknown as Host);
      expect(await persons()).toHaveLength(2);
      expect(new Set((await accounts()).map((account) => account.person_id)).size).toBe(2);
    });

    it('keeps phones sealed, and opens them for who may ask', async () => {
      town.host.addPerson('zhou', '周凯', { mobile: '13800000001' });
      await town.people.contacts.sync(host);
      const [person] = await persons();
      expect(JSON.stringify(person)).not.toContain('13800000001');
      expect(await town.people.phoneOf(person?.id ?? '')).toBe('13800000001');
    });

    it('takes account and sessions from leavers, keeps their name, and lets them return', async () => {
      const id = await town.addPerson('lin', '林晓', { role: 'member', unitId: 'cppcc', areaId: '330700' });
      town.host.codes.set('c', 'lin');
      const session = await town.people.signOn({
        hostId: 'host1',
        code: 'c',
        door: 'container',
        mode: 'cookie',
        previousSecret: undefined,
        address: 'a',
      });
      const left = town.host.people.get('lin');
      town.host.people.delete('lin');
      expect((await town.people.contacts.sync(host)).left).toBe(1);
      expect(await town.people.identify(session.secret, 'cookie')).toBeNull();
      expect((await persons())[0]).toMatchObject({ id, name: '林晓', active: 0 });
      const audited = await town.store.read((db) =>
        db.selectFrom('audit').select(['kind', 'subject']).where('kind', '=', 'contacts.left').execute(),
      );
      expect(audited).toEqual([{ kind: 'contacts.left', subject: id }]);

      town.host.people.set('lin', left as never);
      await town.people.contacts.onContactChange(host, {
        hostId: 'host1',
        kind: 'people',
        ids: ['lin'],
        removed: true,
      });
      expect((await persons())[0]).toMatchObject({ id, active: 1 });
    });

    it('removes nobody when the host breaks off in the middle', async () => {
      for (let n = 0; n < 3; n += 1) {
        await town.addPerson(`p${n}`, `人${n}`, null);
      }
      town.host.failure = new HostError('unavailable', '502', 'html');
      await expect(town.people.contacts.sync(host)).rejects.toBeInstanceOf(HostError);
      expect((await accounts()).every((account) => account.active === 1)).toBe(true);
    });

    it('removes nobody when more than half of the organisation seems to be gone', async () => {
      for (let n = 0; n < 41; n += 1) {
        town.host.addPerson(`p${n}`, `人${n}`);
      }
      await town.people.contacts.sync(host);
      for (let n = 0; n < 21; n += 1) {
        town.host.people.delete(`p${n}`);
      }
      await expect(town.people.contacts.sync(host)).rejects.toThrow('21 of 41');
      expect((await accounts()).every((account) => account.active === 1)).toBe(true);
    });

    it('drops a department that is gone and keeps the unit it stands for when it is renamed', async () => {
      town.host.departments.push({ id: '2', parentId: '1', name: '交警' });
      await town.people.contacts.sync(host);
      await town.store.transact((tx) =>
        tx
          .updateTable('host_department')
          .set({ unit_id: 'traffic' })
          .where('department_id', '=', '2')
          .execute(),
      );
      town.host.departments[1] = { id: '2', parentId: '1', name: '交警支队' };
      const change = { hostId: 'host1', kind: 'departments' as const, ids: ['2'], removed: false };
      await town.people.contacts.onContactChange(host, change);
      const find = () =>
        town.store.read((db) =>
          db
            .selectFrom('host_department')
            .select(['name', 'unit_id'])
            .where('department_id', '=', '2')
            .execute(),
        );
      expect(await find()).toEqual([{ name: '交警支队', unit_id: 'traffic' }]);
      town.host.departments.pop();
      await town.people.contacts.onContactChange(host, { ...change, removed: true });
      expect(await find()).toEqual([]);
    });
  });
});
