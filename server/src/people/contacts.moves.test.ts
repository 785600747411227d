import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, type TestPeople } from '../../../tests/support/people.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import type { Host } from '../hosts/index.ts';

describe.each(STORES)('whoever is moved to another department, on $name', (kind) => {
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

  it('loses the roles and the session of the unit left, and nobody else does', async () => {
    town.host.departments.push(
      { id: '2', parentId: '1', name: '交警支队' },
      { id: '3', parentId: '2', name: '一大队' },
      { id: '4', parentId: '1', name: '建设局' },
    );
    const moved = await town.addPerson('zhou', '周凯', {
      role: 'handler',
      unitId: 'traffic',
      areaId: '330700',
    });
    await town.addPerson('wu', '吴珊', { role: 'handler', unitId: 'traffic', areaId: '330700' });
    const place = (userId: string, name: string, ...departmentIds: string[]) =>
      town.host.addPerson(userId, name, { departmentIds });
    place('zhou', '周凯', '2');
    place('wu', '吴珊', '2');
    await town.people.contacts.sync(host);
    await town.store.transact((tx) =>
      tx
        .updateTable('host_department')
        .set({ unit_id: 'traffic' })
        .where('department_id', '=', '2')
        .execute(),
    );
    const sessionOf = async (userId: string): Promise<string> => {
      town.host.codes.set(`c-${userId}`, userId);
      const request = {
        door: 'container',
        mode: 'cookie',
        previousSecret: undefined,
        address: 'a',
      } as const;
      return (await town.people.signOn({ hostId: 'host1', code: `c-${userId}`, ...request })).secret;
    };
    const [zhou, wu] = [await sessionOf('zhou'), await sessionOf('wu')];
    // Further down in the same unit is no move out of it.
    place('wu', '吴珊', '3');
    place('zhou', '周凯', '4');
    await town.people.contacts.onContactChange(host, {
      hostId: 'host1',
      kind: 'people',
      ids: ['wu', 'zhou'],
      removed: false,
    });
    expect(await town.people.identify(zhou, 'cookie')).toBeNull();
    expect((await town.people.acting(moved))?.actor.grants).toEqual([]);
    expect((await town.people.identify(wu, 'cookie'))?.identity.person.name).toBe('吴珊');
    await expect(sessionOf('zhou')).rejects.toMatchObject({ code: 'notOnRoster' });
    const audited = await town.store.read((db) =>
      db.selectFrom('audit').select('subject').where('kind', '=', 'contacts.moved').execute(),
    );
    expect(audited).toEqual([{ subject: moved }]);

    // A department that is dissolved moves nobody: the administrator says what became of the unit.
    town.host.departments.splice(1, 2);
    place('wu', '吴珊', '1');
    await town.people.contacts.sync(host);
    expect((await town.people.identify(wu, 'cookie'))?.identity.person.name).toBe('吴珊');
  });
});
