/**
 * Compares the kept figures with a full recount: every case counted again from its history, and every sum added up again
 * from what the cases count for. Reads only, and may run beside a working server.
 */
import type { Tally } from '@minqing/shared/statistics';
import type { Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { casesAt, countCases, versionsAt, type FactSources } from './facts.ts';
import { countedUpTo, liveGeneration } from './generation.ts';
import { keptTallies, sameTallies, SumChanges, sumKey, tallyIn } from './tally.repository.ts';

export interface CheckResult {
  seq: number;
  cases: number;
  sums: number;
  findings: number;
}

const PAGE = 200;
const ROWS = 2_000;
/** A part is looked at again when the figures moved meanwhile. */
const TRIES = 5;

export async function checkStatistics(
  store: Pick<Store, 'read'>,
  { directory, ...sources }: FactSources & { directory: Pick<Directory, 'areas'> },
  report: (line: string) => void,
): Promise<CheckResult> {
  let findings = 0;
  const found = (lines: readonly string[]): void => {
    findings += lines.length;
    lines.forEach(report);
  };
  let cases = 0;
  for (let after = ''; ;) {
    const from = after;
    const ids = await store.read((db) => pageOfCases(db, from));
    const last = ids.at(-1);
    if (last === undefined) {
      break;
    }
    found(await settled(store, (db, gen, seq) => wrongCases(db, sources, { gen, seq, ids })));
    cases += ids.length;
    after = last;
  }
  let sums = 0;
  // Areas that are gone may have sums still; everything else belongs to one that is there.
  for (const { id } of directory.areas()) {
    found(
      await settled(store, async (db, gen) => {
        const compared = await wrongSums(db, gen, id);
        sums += compared.sums;
        return compared.lines;
      }),
    );
  }
  const seq = await store.read(async (db) => countedUpTo(db, await liveGeneration(db)));
  return { seq, cases, sums, findings };
}

/** What is wrong at one place in the history; looked at again while it moves. */
async function settled(
  store: Pick<Store, 'read'>,
  look: (db: Reader, gen: number, seq: number) => Promise<string[]>,
): Promise<string[]> {
  return store.read(async (db) => {
    for (let attempt = 1; ; attempt += 1) {
      const gen = await liveGeneration(db);
      const seq = await countedUpTo(db, gen);
      const lines = await look(db, gen, seq);
      const moved = (await liveGeneration(db)) !== gen || (await countedUpTo(db, gen)) !== seq;
      if (lines.length === 0 || !moved || attempt >= TRIES) {
        return lines;
      }
    }
  });
}

async function pageOfCases(db: Reader, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  return rows.map((row) => row.id);
}

async function wrongCases(
  db: Reader,
  sources: FactSources,
  { gen, seq, ids }: { gen: number; seq: number; ids: readonly string[] },
): Promise<string[]> {
  const cases = await casesAt(db, await versionsAt(db, ids, seq));
  const numbers = new Map(cases.map((c) => [c.id, c.number]));
  const counted = await countCases(db, sources, cases);
  const kept = await keptTallies(db, gen, ids);
  return ids.flatMap((id) => {
    const [now, had] = [counted.get(id) ?? [], kept.get(id) ?? []];
    return sameTallies(now, had)
      ? []
      : [`${numbers.get(id) ?? id}: 应计 should count ${now.length}, 现计 counts ${had.length}`];
  });
}

async function wrongSums(
  db: Reader,
  gen: number,
  areaId: string,
): Promise<{ lines: string[]; sums: number }> {
  const expected = new SumChanges();
  for (let after = { case_id: '', nth: -1 }; ;) {
    const rows = await db
      .selectFrom('tally')
      .selectAll()
      .where('gen', '=', gen)
      .where('area_id', '=', areaId)
      .where((eb) =>
        eb.or([
          eb('case_id', '>', after.case_id),
          eb.and([eb('case_id', '=', after.case_id), eb('nth', '>', after.nth)]),
        ]),
      )
      .orderBy('case_id')
      .orderBy('nth')
      .limit(ROWS)
      .execute();
    expected.add(
      rows.map((row): Tally => tallyIn(row)),
      1,
    );
    const last = rows.at(-1);
    if (!last) {
      break;
    }
    after = last;
  }
  const wanted = new Map(expected.entries().map(([key, { n, total }]) => [key, `${n}/${total}`]));
  const lines: string[] = [];
  let sums = 0;
  const kept = await db
    .selectFrom('tally_sum')
    .selectAll()
    .where('gen', '=', gen)
    .where('area_id', '=', areaId)
    .execute();
  for (const { gen: _gen, n, total, ...sum } of kept) {
    const key = sumKey(sum);
    const is = `${n}/${Number(total)}`;
    if (wanted.get(key) !== is) {
      lines.push(`${key}: 应为 should be ${wanted.get(key) ?? '0/0'}, 现为 is ${is}`);
    }
    wanted.delete(key);
    sums += 1;
  }
  wanted.forEach((value, key) => lines.push(`${key}: 应为 should be ${value}, 现在没有 is missing`));
  return { lines, sums };
}
