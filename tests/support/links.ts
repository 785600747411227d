/** A town with an organisation in each messenger, for tests of who is one person in both. */
import { afterEach, beforeEach } from 'vitest';
import { createTestPeople, type TestPeople } from './people.ts';
import type { TestDatabase, TestStore } from './stores.ts';
import type { Host } from '../../server/src/hosts/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import type { SignOnRequest } from '../../server/src/people/index.ts';

export const PHONE = '13800000001';
export const handler = { role: 'handler' as const, unitId: 'traffic', areaId: '330700' };
export const request = () => ({ principal: 'admin', key: uuidv7(), digest: 'd' });
const administers = (areaId: string) => ({
  kind: 'person' as const,
  personId: 'admin',
  grants: [{ role: 'admin' as const, unitId: null, areaId }],
});
export const admin = administers('330000');
export const countyAdmin = administers('330702');

/** Fresh for each test of the suite it is called in. */
export function linkTown(kind: TestStore) {
  let database: TestDatabase;
  let town: TestPeople;
  let codes = 0;
  beforeEach(async () => {
    database = await kind.create();
    town = await createTestPeople({ databaseUrl: database.databaseUrl });
  });
  afterEach(async () => {
    await town.close();
    await database.drop();
  });

  const host = (of: 'host' | 'gov') => town[of] as unknown as Host;
  const personOf = async (hostId: string, userId: string): Promise<string> => {
    const { person_id } = await town.store.read((db) =>
      db
        .selectFrom('account')
        .select('person_id')
        .where('host_id', '=', hostId)
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow(),
    );
    return person_id;
  };
  const signOn = (at: 'host' | 'gov', userId: string, more: Partial<SignOnRequest> = {}) => {
    const code = `code-${(codes += 1)}`;
    town[at].codes.set(code, userId);
    return town.people.signOn({
      hostId: town[at].id,
      code,
      door: 'container',
      mode: 'cookie',
      previousSecret: undefined,
      address: '10.0.0.1',
      ...more,
    });
  };
  const whoIs = async (secret: string) => (await town.people.identify(secret, 'cookie'))?.identity;

  return {
    town: () => town,
    host,
    personOf,
    signOn,
    whoIs,
    /** Somebody in 浙政钉, without a role. */
    async joinGov(userId: string, name: string, mobile: string | null = null): Promise<string> {
      town.gov.addPerson(userId, name, { mobile });
      await town.people.contacts.learnPerson(host('gov'), userId);
      return personOf('gov1', userId);
    },
    async identity(at: 'host' | 'gov', userId: string) {
      const found = await whoIs((await signOn(at, userId)).secret);
      if (!found) {
        throw new Error('nobody is signed on');
      }
      return found;
    },
    /** Gives a role at the traffic police. */
    grant: (id: string, personId: string, role: 'handler' | 'head') =>
      town.store.transact((tx) =>
        tx
          .insertInto('role_grant')
          .values({
            id,
            person_id: personId,
            role,
            unit_id: 'traffic',
            area_id: '330700',
            from_at: 0,
            to_at: null,
          })
          .execute(),
      ),
    open: async (viewer = admin) => (await town.people.links.page(viewer, { open: true })).items,
    audited: () =>
      town.store.read((db) =>
        db
          .selectFrom('audit')
          .select(['kind', 'subject'])
          .where('kind', 'like', 'link.%')
          .orderBy('id')
          .execute(),
      ),
  };
}
