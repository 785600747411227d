/** A town with two administrators, of the city and of one of its counties, for the tests of 管理. */
import type { Actor } from '@minqing/shared/workflow';
import { createTestPeople, emptyPeople, type TestPeople } from './people.ts';
import type { TestDatabase } from './stores.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import type { NewGrant } from '../../server/src/people/admin/grants.ts';

export const CITY = '330700';
export const COUNTY = '330702';

export interface AdminTown {
  town: TestPeople;
  /** Their ids, new before each test. */
  ids: { admin: string; county: string };
  as(personId: string): Promise<Actor>;
  request(principal?: string): { principal: string; key: string; digest: string };
  /** Kinds of the audit log, oldest first. */
  kinds(): Promise<string[]>;
  grant(personId: string, change: Partial<NewGrant>): NewGrant;
  /** An open case the traffic police work on. */
  openCase(id: string): Promise<void>;
  /** Before each test: nobody but the two administrators, no case. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openAdminTown(database: TestDatabase): Promise<AdminTown> {
  const town = await createTestPeople({ databaseUrl: database.databaseUrl });
  const ids = { admin: '', county: '' };
  return {
    town,
    ids,
    as: async (personId) => (await town.people.acting(personId))!.actor,
    request: (principal = ids.admin) => ({ principal, key: uuidv7(), digest: 'd' }),
    kinds: async () =>
      (await town.store.read((db) => db.selectFrom('audit').select('kind').orderBy('id').execute())).map(
        (row) => row.kind,
      ),
    grant: (personId, change) => ({
      personId,
      role: 'handler',
      unitId: 'traffic',
      areaId: null,
      fromDate: '2026-07-07',
      toDate: null,
      sector: '',
      specialCommittee: '',
      term: '',
      ...change,
    }),
    openCase: (id) => addCase(town, id),
    async empty() {
      await emptyPeople(town);
      await town.store.transact(async (tx) => {
        await tx.deleteFrom('assignment').execute();
        await tx.deleteFrom('cases').execute();
      });
      ids.admin = await town.addPerson('admin', '黄志强', { role: 'admin', areaId: CITY });
      ids.county = await town.addPerson('county', '章成', { role: 'admin', areaId: COUNTY });
    },
    close: async () => {
      await town.close();
      await database.drop();
    },
  };
}

function addCase(town: TestPeople, id: string): Promise<void> {
  return town.store.transact(async (tx) => {
    await tx
      .insertInto('cases')
      .values({
        id,
        number: `JH-2026-${id}`,
        version: 1,
        exclusive_version: 1,
        state: 'handling',
        area_id: CITY,
        committee_id: 'cppcc',
        dispatch_office_id: 'office',
        title: '迎宾大道红绿灯',
        category_id: 'traffic',
        place_area_id: null,
        urgency: 'normal',
        openness: 'staff',
        anonymous: 0,
        round: 1,
        transferred: 0,
        lead_unit_id: 'traffic',
        mover: 'handler',
        clock_kind: 'reply',
        due_at: 1,
        amber_at: 1,
        started_at: 1,
        paused: 0,
        outcome: null,
        last_stars: null,
        submitted_at: 1,
        first_dispatched_at: 1,
        released_at: null,
        closed_at: null,
        last_event_at: 1,
        body_json: '{}',
      })
      .execute();
    await tx
      .insertInto('assignment')
      .values({
        case_id: id,
        assignment_id: 'a1',
        unit_id: 'traffic',
        part: 'lead',
        round: 1,
        state: 'handling',
        active: 1,
        last_event_at: 1,
      })
      .execute();
  });
}
