/** How a recount goes, and what it found: kept beside the figures, so that every process can tell it. */
import { momentText } from '@minqing/shared/time';
import { sql } from 'kysely';
import { upsert, type Reader, type Tx } from '../store/index.ts';
import { isRebuildDue } from './generation.ts';

const RUNNING = 'statistics:counting';
const LAST = 'statistics:recounted';

interface Running {
  done: number;
  cases: number;
}
interface Last {
  /** Business time. */
  at: number;
  cases: number;
  /** Sums that had another value before, or were not there, or should not have been. */
  differing: number;
}

async function kept<T>(db: Reader, name: string): Promise<T | null> {
  const row = await db.selectFrom('setting').select('value_json').where('name', '=', name).executeTakeFirst();
  return row ? (JSON.parse(row.value_json) as T) : null;
}
const keep = (tx: Tx, name: string, value: Running | Last | null): Promise<void> =>
  upsert(tx, 'setting', { name, value_json: JSON.stringify(value) }, { key: ['name'] });

export const keepProgress = (tx: Tx, running: Running): Promise<void> => keep(tx, RUNNING, running);

/** Ends the progress with what it came to. */
export async function keepResult(tx: Tx, last: Last): Promise<void> {
  await keep(tx, RUNNING, null);
  await keep(tx, LAST, last);
}

/** Sums two generations do not agree on. Both must have come to the same place of the history. */
export async function differingSums(db: Reader, before: number, after: number): Promise<number> {
  const changed = await db
    .selectFrom('tally_sum as a')
    .leftJoin('tally_sum as b', (join) =>
      join
        .on('b.gen', '=', after)
        .onRef('b.cut', '=', 'a.cut')
        .onRef('b.area_id', '=', 'a.area_id')
        .onRef('b.grain', '=', 'a.grain')
        .onRef('b.kind', '=', 'a.kind')
        .onRef('b.period', '=', 'a.period')
        .onRef('b.key1', '=', 'a.key1')
        .onRef('b.key2', '=', 'a.key2')
        .onRef('b.mark', '=', 'a.mark'),
    )
    .select(sql<number>`count(*)`.as('n'))
    .where('a.gen', '=', before)
    .where((eb) =>
      eb.or([
        eb(eb.fn.coalesce('b.n', eb.lit(0)), '<>', eb.ref('a.n')),
        eb(eb.fn.coalesce('b.total', eb.lit(0)), '<>', eb.ref('a.total')),
      ]),
    )
    .executeTakeFirstOrThrow();
  const added = await db
    .selectFrom('tally_sum as a')
    .select(sql<number>`count(*)`.as('n'))
    .where('a.gen', '=', after)
    .where('a.n', '<>', 0)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('tally_sum as b')
            .select('b.n')
            .where('b.gen', '=', before)
            .whereRef('b.cut', '=', 'a.cut')
            .whereRef('b.area_id', '=', 'a.area_id')
            .whereRef('b.grain', '=', 'a.grain')
            .whereRef('b.kind', '=', 'a.kind')
            .whereRef('b.period', '=', 'a.period')
            .whereRef('b.key1', '=', 'a.key1')
            .whereRef('b.key2', '=', 'a.key2')
            .whereRef('b.mark', '=', 'a.mark'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(changed.n) + Number(added.n);
}

const many = (n: number): string => n.toLocaleString('en-US');

/** 「已数 1,200 ÷ 5,300 件」 while one runs; what the last one found; '' where there was none. */
export async function recountTold(
  db: Reader,
  now: number,
): Promise<{ counting: boolean; countingText: string; countedText: string }> {
  const counting = await isRebuildDue(db);
  const running = await kept<Running>(db, RUNNING);
  const last = await kept<Last>(db, LAST);
  return {
    counting,
    countingText: !counting
      ? ''
      : running
        ? `正在重新统计，已数 ${many(running.done)} ÷ ${many(running.cases)} 件；数完以前看到的仍是原来的数字`
        : '马上开始重新统计；数完以前看到的仍是原来的数字',
    countedText: last
      ? `${momentText(last.at, now)} 重新统计了 ${many(last.cases)} 件，${
          last.differing === 0
            ? '每个数字都和原来一样'
            : `有 ${many(last.differing)} 个合计和原来不同，已换成新的`
        }`
      : '',
  };
}
