import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStages } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, type Part } from '../support/tale.ts';
import { openTown, type Citizen, type Town } from '../support/town.ts';

const SMALL_PAGE = 2;

interface Row {
  id: string;
  state: string;
}
interface Page {
  items: Row[];
  after: string | null;
  total: number;
}
interface Desk {
  id: string;
  queues: { id: string; group: string; count: number }[];
}

describe.each(STORES)('lists, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    const tale = await openTale(town);
    await openStages(tale);
    // Another day's cases have other due times; states then alternate in a list by due time.
    await town.advance(26 * 3_600_000);
    await openStages(tale);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const desksOf = async (citizen: Citizen): Promise<Desk[]> =>
    ((await citizen.call('GET', '/queues')).body as unknown as { desks: Desk[] }).desks;

  async function pageOf(citizen: Citizen, query: Record<string, string>): Promise<Page> {
    const { status, body } = await citizen.call('GET', `/cases?${new URLSearchParams(query)}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as Page;
  }

  async function inSmallPages(citizen: Citizen, query: Record<string, string>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page: Page = await pageOf(citizen, {
        ...query,
        limit: String(SMALL_PAGE),
        ...(after ? { after } : {}),
      });
      ids.push(...page.items.map((row) => row.id));
      after = page.after;
    }
    return ids;
  }

  const PARTS: Part[] = [
    'member',
    'reviewer',
    'dispatcher',
    'handler',
    'coHandler',
    'head',
    'inspector',
    'leader',
  ];
  it.each(PARTS)(
    '%s turns page after page and meets every case once, in the order of the whole list',
    async (part) => {
      const citizen = await town.person(CAST[part]);
      let met = 0;
      for (const desk of await desksOf(citizen)) {
        for (const queue of desk.queues) {
          for (const sort of ['due', 'newest']) {
            const query = { desk: desk.id, queue: queue.id, sort };
            const whole = await pageOf(citizen, { ...query, limit: '50' });
            const ids = whole.items.map((row) => row.id);
            expect(new Set(ids).size, `${desk.id} ${queue.id}`).toBe(ids.length);
            expect([whole.total, queue.count], `${desk.id} ${queue.id}`).toEqual([ids.length, ids.length]);
            expect(await inSmallPages(citizen, query), `${desk.id} ${queue.id} ${sort}`).toEqual(ids);
            met += ids.length;
          }
        }
      }
      expect(met).toBeGreaterThan(10);
    },
  );

  it('a unit’s narrow rows say what its assignments and the cases say', async () => {
    const told = await town.app.store.read((db) =>
      db.selectFrom('unit_case').selectAll().orderBy('case_id').orderBy('unit_id').execute(),
    );
    const { rows } = await town.app.store.read((db) =>
      sql`select a.unit_id, a.case_id,
          case when a.unit_id = min(c.lead_unit_id) then 'lead' else 'co' end as part,
          max(case when a.part = 'co' and a.state in ('unsigned', 'handling') then 1 else 0 end) as opinion_open,
          min(c.state) as state, min(c.due_at) as due_at, min(c.submitted_at) as submitted_at
        from assignment a join cases c on c.id = a.case_id where a.active = 1
        group by a.unit_id, a.case_id order by a.case_id, a.unit_id`.execute(db),
    );
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(rows);
  });

  it('what is over comes newest first', async () => {
    const reviewer = await town.person(CAST.reviewer);
    const [desk] = await desksOf(reviewer);
    const { items } = await pageOf(reviewer, { desk: desk?.id ?? '', queue: 'ended', sort: 'due' });
    const submitted = await town.app.store.read((db) =>
      db.selectFrom('cases').select(['id', 'submitted_at']).execute(),
    );
    const at = new Map(submitted.map((row) => [row.id, row.submitted_at]));
    const times = items.map((row) => at.get(row.id) ?? 0);
    expect(times.length).toBeGreaterThan(3);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });
});
