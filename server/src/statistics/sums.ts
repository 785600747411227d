/**
 * Reading sums. A stretch of days is taken as whole months and the days at its ends, so that what is read grows with the
 * days, areas and keys asked for and never with how many cases lie behind them.
 */
import { AHEAD, firstDayOf, monthOf } from '@minqing/shared/statistics';
import { dayNumberOf, startOfDay } from '@minqing/shared/time';
import type { Reader } from '../store/index.ts';
import type { Cut } from './tally.repository.ts';

/** Which sums, of when, and what they are put apart by. */
export interface Ask {
  gen: number;
  now: number;
  areas: readonly string[] | null;
  cut: Cut;
  key1?: string | undefined;
  key2?: string | undefined;
  kinds: readonly string[];
  from: number;
  to: number;
  by: readonly ('area_id' | 'key1' | 'key2')[];
  /** Put apart by time: the days a piece begins at, first to last. */
  pieces?: readonly number[] | undefined;
  /** False where months would be too coarse: pieces are days or weeks. */
  months?: boolean;
}

export interface SumRow {
  area: string;
  key1: string;
  key2: string;
  /** Index of the piece of time; 0 where nothing was cut into pieces. */
  piece: number;
  kind: string;
  mark: number;
  n: number;
  total: number;
}

interface Range {
  grain: 'd' | 'm';
  from: number;
  to: number;
}

/** Whole months where there are any, and days before and behind them. */
export function rangesOf(from: number, to: number, months = true): Range[] {
  if (from > to) {
    return [];
  }
  const first = monthOf(from) + (firstDayOf(monthOf(from)) === from ? 0 : 1);
  const last = monthOf(to + 1) - 1;
  if (!months || first > last) {
    return [{ grain: 'd', from, to }];
  }
  const start = firstDayOf(first);
  const end = firstDayOf(last + 1) - 1;
  const days = (a: number, b: number): Range[] => (a <= b ? [{ grain: 'd', from: a, to: b }] : []);
  return [...days(from, start - 1), { grain: 'm', from: first, to: last }, ...days(end + 1, to)];
}

const pieceAt = (pieces: readonly number[], day: number): number =>
  Math.max(
    0,
    pieces.findLastIndex((from) => from <= day),
  );

/** The sums asked for, those of several stretches added up. Due times still ahead are not counted. */
export async function readSums(db: Reader, ask: Ask): Promise<SumRow[]> {
  const today = dayNumberOf(ask.now);
  const to = Math.min(ask.to, today);
  const added = new Map<string, SumRow>();
  const add = (row: SumRow): void => {
    const key = JSON.stringify([row.area, row.key1, row.key2, row.piece, row.kind, row.mark]);
    const had = added.get(key);
    if (had) {
      had.n += row.n;
      had.total += row.total;
    } else {
      added.set(key, row);
    }
  };
  for (const range of rangesOf(ask.from, to, ask.months)) {
    for (const row of await readRange(db, ask, range)) {
      const day = range.grain === 'm' ? firstDayOf(row.period) : row.period;
      add({ ...row, piece: pieceAt(ask.pieces ?? [], day) });
    }
  }
  const ahead = ask.kinds.filter((kind) => (AHEAD as readonly string[]).includes(kind));
  if (to === today && ahead.length > 0) {
    for (const row of await readAhead(db, { ...ask, kinds: ahead })) {
      add({ ...row, n: -row.n, piece: pieceAt(ask.pieces ?? [], today) });
    }
  }
  return [...added.values()].filter((row) => row.n !== 0);
}

async function readRange(
  db: Reader,
  ask: Ask,
  range: Range,
): Promise<(Omit<SumRow, 'piece'> & { period: number })[]> {
  const apart = [...ask.by, ...(ask.pieces ? (['period'] as const) : [])];
  const rows = await db
    .selectFrom('tally_sum')
    .where('gen', '=', ask.gen)
    .where('cut', '=', ask.cut)
    .where('grain', '=', range.grain)
    .where('kind', 'in', [...ask.kinds])
    .where('period', '>=', range.from)
    .where('period', '<=', range.to)
    .$if(ask.areas !== null, (qb) => qb.where('area_id', 'in', [...(ask.areas ?? []), '']))
    .$if(ask.key1 !== undefined, (qb) => qb.where('key1', '=', ask.key1 ?? ''))
    .$if(ask.key2 !== undefined, (qb) => qb.where('key2', '=', ask.key2 ?? ''))
    .select((eb) => ['kind', 'mark', eb.fn.sum<number>('n').as('n'), eb.fn.sum<number>('total').as('total')])
    .groupBy(['kind', 'mark', ...apart])
    .select(apart)
    .execute();
  return rows.map((row) => {
    const found = row as typeof row & { area_id?: string; key1?: string; key2?: string; period?: number };
    return {
      area: found.area_id ?? '',
      key1: found.key1 ?? '',
      key2: found.key2 ?? '',
      period: found.period ?? 0,
      kind: row.kind,
      mark: row.mark,
      n: Number(row.n),
      total: Number(row.total),
    };
  });
}

/** Columns of a tally that the keys of a cut stand for. */
const KEY_COLUMNS = {
  all: [],
  unit: ['unit_id'],
  category: ['category_id'],
  sector: ['sector'],
  place: ['place_id'],
  unitCategory: ['unit_id', 'category_id'],
} as const satisfies Record<Cut, readonly ('unit_id' | 'category_id' | 'sector' | 'place_id')[]>;

/** What falls due later today: so few that they are counted one by one. */
async function readAhead(db: Reader, ask: Ask): Promise<Omit<SumRow, 'piece'>[]> {
  const [first, second] = KEY_COLUMNS[ask.cut] as readonly ('unit_id' | 'category_id')[];
  const rows = await db
    .selectFrom('tally')
    .select(['kind', 'mark', 'area_id', 'unit_id', 'category_id', 'sector', 'place_id'])
    .where('gen', '=', ask.gen)
    .where('kind', 'in', [...ask.kinds])
    .where('at', '>', ask.now)
    .where('at', '<', startOfDay(dayNumberOf(ask.now) + 1))
    .$if(ask.areas !== null, (qb) => qb.where('area_id', 'in', [...(ask.areas ?? []), '']))
    .$if(first !== undefined && ask.key1 !== undefined, (qb) =>
      qb.where(first ?? 'unit_id', '=', ask.key1 ?? ''),
    )
    .$if(second !== undefined && ask.key2 !== undefined, (qb) =>
      qb.where(second ?? 'category_id', '=', ask.key2 ?? ''),
    )
    .execute();
  return rows.map((row) => ({
    area: ask.by.includes('area_id') ? row.area_id : '',
    key1: ask.by.includes('key1') && first ? row[first] : '',
    key2: ask.by.includes('key2') && second ? row[second] : '',
    kind: row.kind,
    mark: row.mark,
    n: 1,
    total: 0,
  }));
}
