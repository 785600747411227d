/** A recount beside what is kept: both by the names of their sums. */
import { countedUpTo, liveGeneration } from '../../server/src/statistics/generation.ts';
import type { Office } from './office.ts';
import { recount, type Recount } from './recount.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Office time of July to December 2026 but for holidays. */
const OFFICE = Array.from({ length: 200 }, (_, i) => Date.parse('2026-07-01T00:00:00+08:00') + i * DAY)
  .filter((day) => ![0, 6].includes(new Date(day + 8 * HOUR).getUTCDay()))
  .flatMap((day) => [
    { from: day + 8.5 * HOUR, to: day + 12 * HOUR },
    { from: day + 13.5 * HOUR, to: day + 17 * HOUR },
  ]);

/** The day and month of a moment in Shanghai, worked out by hand. */
const dayOf = (at: number): number => Math.floor((at + 8 * HOUR) / DAY);
const monthOfMoment = (at: number): number => {
  const date = new Date(at + 8 * HOUR);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** What the sequenced events say, up to where the figures count. */
export async function counted(office: Office): Promise<Recount[]> {
  const { store } = office.app;
  const [events, memberships] = await store.read(async (db) => {
    const seq = await countedUpTo(db, await liveGeneration(db));
    return [
      await db
        .selectFrom('event')
        .innerJoin('ledger', 'ledger.event_id', 'event.id')
        .select(['case_id', 'version', 'action', 'at', 'to_state', 'clocks_json', 'data_json'])
        .where('ledger.seq', '<=', seq)
        .execute(),
      await db.selectFrom('membership').select(['person_id', 'sector', 'from_at', 'to_at']).execute(),
    ] as const;
  });
  return recount({ events, memberships, office: OFFICE });
}

/** How often each sum is there, by its name: of what was counted again, and of what is kept. */
export function expectedSums(rows: readonly Recount[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const r of rows) {
    const timed = r.kind.startsWith('time:');
    for (const [cut, key1, key2] of [
      ['all', '', ''],
      ['unit', r.unit, ''],
      ['category', r.category, ''],
      ['sector', r.sector, ''],
      ['place', r.place, ''],
      ['unitCategory', r.unit, r.category],
    ]) {
      for (const [grain, period] of [
        ['d', dayOf(r.at)],
        ['m', monthOfMoment(r.at)],
      ]) {
        const name = [cut, r.area, grain, r.kind, period, key1, key2, timed ? 0 : r.mark].join('|');
        sums.set(name, (sums.get(name) ?? 0) + 1);
        if (timed) {
          sums.set(`${name}|minutes`, (sums.get(`${name}|minutes`) ?? 0) + r.mark);
        }
      }
    }
  }
  return sums;
}

export async function keptSums(office: Office): Promise<Map<string, number>> {
  const rows = await office.app.store.read(async (db) =>
    db
      .selectFrom('tally_sum')
      .selectAll()
      .where('gen', '=', await liveGeneration(db))
      .execute(),
  );
  const sums = new Map<string, number>();
  for (const r of rows.filter((row) => !row.kind.includes('/'))) {
    const name = [r.cut, r.area_id, r.grain, r.kind, r.period, r.key1, r.key2, r.mark].join('|');
    sums.set(name, r.n);
    if (r.kind.startsWith('time:')) {
      sums.set(`${name}|minutes`, Number(r.total));
    }
  }
  return sums;
}

const sorted = (sums: ReadonlyMap<string, number>): string[] =>
  [...sums]
    .filter(([, n]) => n !== 0)
    .map(([name, n]) => `${name} = ${n}`)
    .toSorted();

/** What is in one and not in the other, a few of each: a whole difference is unreadable. */
export function differences(
  wanted: ReadonlyMap<string, number>,
  kept: ReadonlyMap<string, number>,
): string[] {
  const [a, b] = [sorted(wanted), sorted(kept)];
  const [inA, inB] = [new Set(a), new Set(b)];
  return [
    ...a
      .filter((line) => !inB.has(line))
      .slice(0, 8)
      .map((line) => `missing: ${line}`),
    ...b
      .filter((line) => !inA.has(line))
      .slice(0, 8)
      .map((line) => `too much: ${line}`),
  ];
}
