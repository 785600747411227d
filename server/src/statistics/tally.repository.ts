/** What cases count for, and the sums of it. A case changes: what it counted for is taken out, what it counts for put in. */
import type { Insertable } from 'kysely';
import type { Tally } from '@minqing/shared/statistics';
import { dayNumberOf } from '@minqing/shared/time';
import { monthOf } from '@minqing/shared/statistics';
import { upsert, type Reader, type Tx } from '../store/index.ts';
import type { TallySumTable, TallyTable } from '../store/tables.statistics.ts';

const AT_ONCE = 200;

/** How sums are cut: by which of a tally's sides, beside its area. */
export const CUTS = {
  all: () => ['', ''],
  unit: (t) => [t.unitId, ''],
  category: (t) => [t.categoryId, ''],
  sector: (t) => [t.sector, ''],
  place: (t) => [t.placeId, ''],
  unitCategory: (t) => [t.unitId, t.categoryId],
} as const satisfies Record<string, (t: Tally) => [string, string]>;
export type Cut = keyof typeof CUTS;

/** Cuts whose times are also counted by the hour and by the minute, for percentiles. */
export const TIMED_CUTS: readonly Cut[] = ['all', 'unit'];
export const byHour = (kind: string): string => `${kind}/h`;
/** A kind of its own for each hour: its minutes are then found without those of the others. */
export const byMinute = (kind: string, hour: number): string => `${kind}/${hour}`;
const HOUR = 60;

export type Sum = Omit<TallySumTable, 'gen' | 'n' | 'total'>;

/** One name for a sum, whatever order its columns come in. */
export const sumKey = ({ cut, area_id, grain, kind, period, key1, key2, mark }: Sum): string =>
  JSON.stringify([cut, area_id, grain, kind, period, key1, key2, mark]);

/** Every sum a tally is part of. */
function sumsOf(t: Tally): { sum: Sum; total: number }[] {
  const day = dayNumberOf(t.at);
  const timed = t.kind.startsWith('time:');
  const made: { sum: Sum; total: number }[] = [];
  for (const cut of Object.keys(CUTS) as Cut[]) {
    const [key1, key2] = CUTS[cut](t);
    for (const [grain, period] of [
      ['d', day],
      ['m', monthOf(day)],
    ] as const) {
      const under = (kind: string, mark: number, total: number): void => {
        made.push({ sum: { cut, area_id: t.areaId, grain, kind, period, key1, key2, mark }, total });
      };
      under(t.kind, timed ? 0 : t.mark, timed ? t.mark : 0);
      if (timed && TIMED_CUTS.includes(cut)) {
        const hour = Math.floor(t.mark / HOUR);
        under(byHour(t.kind), hour, 0);
        under(byMinute(t.kind, hour), t.mark, 0);
      }
    }
  }
  return made;
}

/** What many cases change, collected and written once: a batch touches the same sums again and again. */
export class SumChanges {
  readonly #net = new Map<string, { sum: Sum; n: number; total: number }>();

  add(tallies: readonly Tally[], sign: 1 | -1): void {
    for (const { sum, total } of tallies.flatMap(sumsOf)) {
      const key = sumKey(sum);
      const had = this.#net.get(key) ?? { sum, n: 0, total: 0 };
      had.n += sign;
      had.total += sign * total;
      this.#net.set(key, had);
    }
  }

  entries(): [string, { n: number; total: number }][] {
    return [...this.#net];
  }

  async write(tx: Tx, gen: number): Promise<void> {
    // In one order: two writers that overlap then wait for each other instead of dying in a deadlock.
    const changes = [...this.#net]
      .filter(([, { n, total }]) => n !== 0 || total !== 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { sum, n, total }]) => ({ gen, ...sum, n, total }));
    const key = ['gen', 'cut', 'area_id', 'grain', 'kind', 'period', 'key1', 'key2', 'mark'] as const;
    for (let i = 0; i < changes.length; i += AT_ONCE) {
      await upsert(tx, 'tally_sum', changes.slice(i, i + AT_ONCE), { key, add: ['n', 'total'] });
    }
    for (const gone of changes.filter(({ n }) => n < 0)) {
      await tx
        .deleteFrom('tally_sum')
        .where('gen', '=', gen)
        .where('cut', '=', gone.cut)
        .where('area_id', '=', gone.area_id)
        .where('grain', '=', gone.grain)
        .where('kind', '=', gone.kind)
        .where('period', '=', gone.period)
        .where('key1', '=', gone.key1)
        .where('key2', '=', gone.key2)
        .where('mark', '=', gone.mark)
        .where('n', '=', 0)
        .execute();
    }
  }
}

export function tallyIn(row: TallyTable): Tally {
  return {
    kind: row.kind as Tally['kind'],
    mark: row.mark,
    at: Number(row.at),
    areaId: row.area_id,
    unitId: row.unit_id,
    categoryId: row.category_id,
    sector: row.sector,
    placeId: row.place_id,
  };
}

const rowOf = (gen: number, caseId: string, t: Tally, nth: number): Insertable<TallyTable> => ({
  gen,
  case_id: caseId,
  nth,
  kind: t.kind,
  mark: t.mark,
  at: t.at,
  area_id: t.areaId,
  unit_id: t.unitId,
  category_id: t.categoryId,
  sector: t.sector,
  place_id: t.placeId,
});

/** What these cases counted for when they were last looked at. */
export async function keptTallies(
  db: Reader,
  gen: number,
  caseIds: readonly string[],
): Promise<Map<string, Tally[]>> {
  const found = new Map<string, Tally[]>(caseIds.map((id) => [id, []]));
  for (let i = 0; i < caseIds.length; i += AT_ONCE) {
    const rows = await db
      .selectFrom('tally')
      .selectAll()
      .where('gen', '=', gen)
      .where('case_id', 'in', caseIds.slice(i, i + AT_ONCE))
      .orderBy('case_id')
      .orderBy('nth')
      .execute();
    rows.forEach((row) => found.get(row.case_id)?.push(tallyIn(row)));
  }
  return found;
}

export const sameTallies = (a: readonly Tally[], b: readonly Tally[]): boolean =>
  JSON.stringify(a.map((t) => rowOf(0, '', t, 0))) === JSON.stringify(b.map((t) => rowOf(0, '', t, 0)));

/** From now on the cases count for what is given, and the sums with them. */
export async function replaceTallies(
  tx: Tx,
  gen: number,
  after: ReadonlyMap<string, readonly Tally[]>,
): Promise<void> {
  const before = await keptTallies(tx, gen, [...after.keys()]);
  const changed = [...after].filter(([id, now]) => !sameTallies(before.get(id) ?? [], now));
  const changes = new SumChanges();
  const rows: Insertable<TallyTable>[] = [];
  for (const [id, now] of changed) {
    changes.add(before.get(id) ?? [], -1);
    changes.add(now, 1);
    rows.push(...now.map((t, nth) => rowOf(gen, id, t, nth)));
  }
  const ids = changed.filter(([id]) => (before.get(id) ?? []).length > 0).map(([id]) => id);
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    await tx
      .deleteFrom('tally')
      .where('gen', '=', gen)
      .where('case_id', 'in', ids.slice(i, i + AT_ONCE))
      .execute();
  }
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    await tx
      .insertInto('tally')
      .values(rows.slice(i, i + AT_ONCE))
      .execute();
  }
  await changes.write(tx, gen);
}
