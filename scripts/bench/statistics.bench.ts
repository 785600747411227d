import mysql, { type Connection } from 'mysql2/promise';
import type { Actor } from '@minqing/shared/workflow';
import { figuresQuery, stagesQuery, statisticsCasesQuery, statisticsFilter } from '@minqing/shared/contract';
import type { Tally } from '../../shared/src/statistics/index.ts';
import { histories, random } from '../../tests/support/histories.ts';
import { openOffice, type Office } from '../../tests/support/office.ts';
import { liveGeneration } from '../../server/src/statistics/generation.ts';
import { SumChanges, tallyIn } from '../../server/src/statistics/tally.repository.ts';
import { costOfAsking } from './cost.ts';
import { interleaved, type Bench, type DatabaseKind, type Finding, type Tools } from './kit.ts';
import { openSql, type Sql } from './sql.ts';

const DAY = 86_400_000;
/** Cases of the city that is asked, in this year and the last; all there are in the small province. */
const SMALL = 10_000;
const LAST_DAY = Date.parse('2026-09-19T00:00:00+08:00');
/** Rows a question may differ by: what stands on a page is not the same. */
const SLACK = 60;
const AT_ONCE = 500;
/** What the other cases count for: what the lists open, and the whole way of a case. */
const LINES = ['reported', 'dispatched', 'due', 'replied', 'rated', 'closed'];
/** Copies of the city's own that make up another city. */
const GROUP = 20;
/** How much longer a page of questions may take. */
const MOST = 1.3;
/** More than a case has lines: those of the copies are numbered above. */
const NTHS = 100;

interface Question {
  name: string;
  ask(): Promise<unknown>;
}

interface Province {
  databaseUrl: string;
  kind: DatabaseKind;
  sql: Sql;
  asked: Question[];
}

/** What a dashboard asks, and the lists it opens. */
function questions(office: Office): Question[] {
  const viewer: Actor = office.holder('leader', '金华市');
  const desk = `leader:${office.area('金华市')}`;
  const { statistics } = office.app;
  const figures = (name: string, query: object): Question => ({
    name,
    ask: () => statistics.figures(viewer, figuresQuery.parse({ desk, ...query })),
  });
  const list = (name: string, query: object): Question => ({
    name,
    ask: () => statistics.cases(viewer, statisticsCasesQuery.parse({ desk, ...query })),
  });
  return [
    figures('figures of the year', {}),
    figures('figures of the month', { period: 'month' }),
    figures('units of the year, ranked', { split: 'unit', rankBy: 'onTimeRate' }),
    figures('counties of the year', { split: 'place' }),
    figures('the year week by week', { split: 'week', figures: 'reported,closed' }),
    {
      name: 'stages of the year',
      ask: () => statistics.stages(viewer, stagesQuery.parse({ desk, split: 'unit' })),
    },
    { name: 'flow of the year', ask: () => statistics.flow(viewer, statisticsFilter.parse({ desk })) },
    { name: 'backlog', ask: () => statistics.backlog(viewer, statisticsFilter.parse({ desk })) },
    list('list: what was late', { figure: 'onTimeRate', part: 'rest' }),
    list('list: reported this year', { figure: 'reported' }),
    list('list: a unit’s two stars and less', {
      figure: 'satisfactionRate',
      part: 'rest',
      unit: office.unit('市公安局交警支队'),
    }),
  ];
}

/**
 * Ten thousand cases like the real ones, spread over units, categories, places and the days of two years: each counts
 * for what one of the real ones counts for, and its lines open that one.
 */
async function spread(office: Office): Promise<void> {
  const { store, directory } = office.app;
  const next = random(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const gen = await store.read(liveGeneration);
  const rows = await store.read((db) => db.selectFrom('tally').selectAll().where('gen', '=', gen).execute());
  const real = [...Map.groupBy(rows, (row) => row.case_id)];
  const units = directory.units().filter((unit) => unit.type === 'department');
  const places = directory.areas().filter((area) => area.tier === 'county');
  const now = office.clock.business;
  const sums = new SumChanges();
  const made: typeof rows = [];
  for (let n = 0; n < SMALL; n += 1) {
    const [, own] = real[n % real.length] as (typeof real)[number];
    const [unit, category, place] = [
      pick(units).id,
      pick(['traffic', 'education', 'city', 'housing', 'health']),
      pick(places).id,
    ];
    const shift = Math.floor(next() * 640) * DAY;
    for (const row of own) {
      const at = Math.min(Number(row.at), now) - shift;
      made.push({
        ...row,
        nth: row.nth + (n + 1) * NTHS,
        at,
        area_id: office.area('金华市'),
        unit_id: row.unit_id === '' ? '' : unit,
        category_id: category,
        place_id: place,
      });
    }
  }
  sums.add(
    made.map((row): Tally => tallyIn(row)),
    1,
  );
  for (let i = 0; i < made.length; i += AT_ONCE) {
    await store.transact((tx) =>
      tx
        .insertInto('tally')
        .values(made.slice(i, i + AT_ONCE))
        .execute(),
    );
  }
  await store.transact((tx) => sums.write(tx, gen));
}

const TALLY = 'gen, case_id, nth, kind, mark, at, area_id, unit_id, category_id, sector, place_id';
const SUM = 'gen, cut, area_id, grain, kind, period, key1, key2, mark, n, total';

/**
 * More cases beside the city's own, `from` to `to` times as many, in groups of up to `GROUP` copies. Every fifth group is
 * the city's own in years long past, the others are cities of their own with units, places and cases of short names. A
 * group's sums are one copy's, each of them of so many cases: a large city has more cases, not more days and units.
 */
async function grow({ sql, kind }: Province, from: number, to: number): Promise<void> {
  const joined = (...parts: string[]): string =>
    kind === 'mariadb' ? `concat(${parts.join(', ')})` : parts.join(' || ');
  for (let first = from, group = Math.ceil(from / GROUP); first < to; first += GROUP, group += 1) {
    const copies = Math.min(GROUP, to - first);
    const past = group % 5 === 0;
    const years = past ? 3 + 2 * (group / 5) : 0;
    const end = (column: string): string =>
      kind === 'mariadb' ? `right(${column}, 12)` : `substr(${column}, -12)`;
    const short = (column: string): string =>
      past ? column : `case when ${column} = '' then '' else ${joined(`'${group}-'`, end(column))} end`;
    const area = past ? 'area_id' : `'city-${group}'`;
    for (let copy = 1; copy <= copies; copy += 1) {
      await sql.rows(`insert into tally (${TALLY})
        select gen, ${short('case_id')}, nth + ${(first + copy) * 2 * SMALL * NTHS}, kind, mark,
          at - ${years} * ${365 * DAY} + ${copy}, ${area}, ${short('unit_id')}, category_id, sector, ${short('place_id')}
        from own_tally`);
    }
    await sql.rows(`insert into tally_sum (${SUM})
      select gen, cut, ${area}, grain, kind,
        period - case when grain = 'd' then ${365 * years} else ${12 * years} end,
        case when cut in ('unit', 'unitCategory', 'place') then ${short('key1')} else key1 end,
        key2, mark, n * ${copies}, total * ${copies}
      from own_sum`);
  }
  await sql.rows(kind === 'mariadb' ? 'analyze table tally, tally_sum' : 'analyze');
}

/** The city that is asked, alone; its cases are the same in every province. */
async function province(tools: Tools, kind: DatabaseKind): Promise<Province> {
  const databaseUrl = await tools.database(kind, { watched: kind === 'mariadb' });
  const office = await openOffice(databaseUrl);
  tools.finally(() => office.close());
  office.clock.business = Date.parse('2026-07-06T08:41:00+08:00');
  await histories(office, 20_260_706, LAST_DAY).live(500);
  await office.follow();
  await spread(office);
  const sql = openSql(databaseUrl, { write: true });
  tools.finally(() => sql.close());
  // What is copied again and again, apart from its copies.
  const cityId = office.area('金华市');
  const own = `area_id = '${cityId}' and kind in (${LINES.map((line) => `'${line}'`).join(', ')})`;
  await sql.rows(`create table own_tally as select * from tally where ${own} and nth >= ${NTHS}`);
  await sql.rows(`create table own_sum as select * from tally_sum where ${own}`);
  return { databaseUrl, kind, sql, asked: questions(office) };
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await ask();
  return performance.now() - began;
}

/** What a question costs in the small province and in the large one. */
interface Compared {
  rows: readonly [number, number];
  ms: readonly [number, number];
}

/** The two are asked in turn, so that a busy moment hits both. */
async function compared(
  tools: Tools,
  log: Connection | null,
  small: Province,
  large: Province,
): Promise<Compared[]> {
  const rows = async ({ databaseUrl }: Province, question: Question): Promise<number> =>
    log ? (await costOfAsking(log, databaseUrl, 1, question)).rows : 0;
  const found: Compared[] = [];
  for (const [nth, question] of small.asked.entries()) {
    const same = large.asked[nth] as Question;
    const looked = [await rows(small, question), await rows(large, same)] as const;
    const { few, many } = await interleaved(tools.runs, {
      few: () => timed(question.ask),
      many: () => timed(same.ask),
    });
    found.push({ rows: looked, ms: [few, many] });
  }
  return found;
}

async function measure(tools: Tools, kind: DatabaseKind): Promise<Finding[]> {
  const small = await province(tools, kind);
  const large = await province(tools, kind);
  const log =
    kind === 'mariadb' ? await mysql.createConnection(small.databaseUrl.replace(/[^/]*$/, 'mysql')) : null;
  tools.finally(() => log?.end());
  const findings: Finding[] = [];
  let have = SMALL;
  for (const size of kind === 'mariadb' ? [tools.large, tools.largest] : [tools.large]) {
    const began = performance.now();
    await grow(large, have / SMALL - 1, size / SMALL - 1);
    have = size;
    tools.say(`${size} cases on ${kind} after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    findings.push(finding(kind, size, small.asked, await compared(tools, log, small, large)));
  }
  return findings;
}

function finding(kind: DatabaseKind, size: number, asked: Question[], found: Compared[]): Finding {
  const watched = kind === 'mariadb';
  return {
    title: `Figures among ${SMALL} and among ${size} cases, ${kind}`,
    columns: [
      '',
      ...(watched ? [`rows at ${SMALL}`, `rows at ${size}`] : []),
      `ms at ${SMALL}`,
      `ms at ${size}`,
    ],
    rows: asked.map(({ name }, nth) => {
      const { rows, ms } = found[nth] as Compared;
      return [name, ...(watched ? rows : []), ...ms.map((value) => value.toFixed(1))];
    }),
    note:
      'A city asks, with 环比 and 同比 where there are any. Its own cases of two years are the same; of the others a fifth are ' +
      'its own of years before, the rest other cities’, each with the six lines a case has at least. Rows: what MariaDB looked at (slow log, rows_examined); ms: the ' +
      'median, both databases asked in turn.',
    broken: [
      ...found.flatMap(({ rows: [few, many] }, nth) =>
        many > few + SLACK
          ? [`${asked[nth]?.name}: ${few} rows looked at among ${SMALL} cases, ${many} among ${size}`]
          : [],
      ),
      ...tooSlow(kind, size, asked, found),
    ],
  };
}

/** One question takes a millisecond or two, which the machine's noise doubles: a page of them is compared. */
function tooSlow(kind: DatabaseKind, size: number, asked: Question[], found: Compared[]): string[] {
  return (['the dashboard', 'the lists'] as const).flatMap((what) => {
    const page = found.filter((_, nth) => asked[nth]?.name.startsWith('list:') === (what === 'the lists'));
    const [few, many] = ([0, 1] as const).map((of) => page.reduce((sum, { ms }) => sum + ms[of], 0)) as [
      number,
      number,
    ];
    return many > few * MOST
      ? [`${what} on ${kind}: ${few.toFixed(1)} ms among ${SMALL}, ${many.toFixed(1)} ms among ${size}`]
      : [];
  });
}

export const bench: Bench = {
  about:
    'dashboard and lists at ten thousand, a million and (MariaDB) five million cases: rows looked at, medians',
  async run(tools) {
    const findings: Finding[] = [];
    for (const kind of tools.databases) {
      findings.push(...(await measure(tools, kind)));
    }
    return findings;
  },
};
