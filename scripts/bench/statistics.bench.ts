import mysql from 'mysql2/promise';
import type { Actor } from '@minqing/shared/workflow';
import { figuresQuery, stagesQuery, statisticsCasesQuery, statisticsFilter } from '@minqing/shared/contract';
import type { Tally } from '../../shared/src/statistics/index.ts';
import { histories, random } from '../../tests/support/histories.ts';
import { openOffice, type Office } from '../../tests/support/office.ts';
import { liveGeneration } from '../../server/src/statistics/generation.ts';
import { SumChanges, tallyIn } from '../../server/src/statistics/tally.repository.ts';
import { costOfAsking, type Cost } from './cost.ts';
import { DATABASES, interleaved, type Bench, type DatabaseKind, type Finding, type Tools } from './kit.ts';
import { openSql, type Sql } from './sql.ts';

const DAY = 86_400_000;
/** Cases of the city that is asked, in this year and the last. */
const SMALL = 10_000;
const LAST_DAY = Date.parse('2026-09-19T00:00:00+08:00');
/** Rows a question may differ by: what stands on a page is not the same. */
const SLACK = 60;
const AT_ONCE = 500;
/** How much longer a page of questions may take. */
const MOST = 1.3;
/** More than a case has lines: those of the copies are numbered above. */
const NTHS = 100;

interface Question {
  name: string;
  ask(): Promise<unknown>;
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

/** As many cases again, `step` times: by turns in years long past, and in another city. */
async function grow(sql: Sql, kind: DatabaseKind, cityId: string, copies: number): Promise<void> {
  for (let step = 0; step < copies; step += 1) {
    const past = step % 2 === 0;
    const years = past ? 3 + 2 * (step / 2) : 0;
    const area = past ? 'area_id' : `'elsewhere-${step}'`;
    // Other cities have units of their own.
    const unit = (column: string): string =>
      past
        ? column
        : `case when ${column} = '' then '' else ${kind === 'mariadb' ? `concat('${step}-', ${column})` : `'${step}-' || ${column}`} end`;
    const own = `area_id = '${cityId}' and nth >= ${NTHS} and nth < ${2 * SMALL * NTHS}`;
    await sql.rows(`insert into tally (${TALLY}) select gen, case_id, nth + ${(step + 1) * 2 * SMALL * NTHS}, kind, mark,
      at - ${years} * ${365 * DAY}, ${area}, ${unit('unit_id')}, category_id, sector, place_id from tally where ${own}`);
    await sql.rows(`insert into tally_sum (${SUM}) select gen, cut, ${area}, grain, kind,
      period - case when grain = 'd' then ${365 * years} else ${12 * years} end,
      case when cut in ('unit', 'unitCategory') then ${unit('key1')} else key1 end, key2, mark, n, total
      from tally_sum where area_id = '${cityId}' and period > case when grain = 'd' then 19900 else 24290 end`);
  }
}

async function measure(tools: Tools, kind: DatabaseKind): Promise<Finding> {
  const databaseUrl = await tools.database(kind, { watched: kind === 'mariadb' });
  const office = await openOffice(databaseUrl);
  tools.finally(() => office.close());
  office.clock.business = Date.parse('2026-07-06T08:41:00+08:00');
  await histories(office, 20_260_706, LAST_DAY).live(500);
  await office.follow();
  await spread(office);
  const sql = openSql(databaseUrl, { write: true });
  const log =
    kind === 'mariadb' ? await mysql.createConnection(databaseUrl.replace(/[^/]*$/, 'mysql')) : null;
  tools.finally(() => log?.end());
  const asked = questions(office);
  const quiet = async (on: boolean): Promise<void> =>
    void (await log?.query(`set global slow_query_log = ${on ? 1 : 0}`));
  const costs = async (): Promise<Map<string, Cost>> => {
    const found = new Map<string, Cost>();
    if (log) {
      for (const { name, ask } of asked) {
        found.set(name, await costOfAsking(log, databaseUrl, tools.runs, { name, ask }));
      }
      return found;
    }
    const timed = Object.fromEntries(
      asked.map(({ name, ask }) => [
        name,
        async (): Promise<number> => {
          const began = performance.now();
          await ask();
          return performance.now() - began;
        },
      ]),
    );
    Object.entries(await interleaved(tools.runs, timed)).forEach(([name, ms]) =>
      found.set(name, { rows: 0, ms }),
    );
    return found;
  };
  const settle = async (): Promise<void> => {
    await sql.rows(kind === 'mariadb' ? 'analyze table tally, tally_sum' : 'analyze');
  };
  await settle();
  const before = await costs();
  const began = performance.now();
  await quiet(false);
  const copies = Math.round(tools.large / SMALL) - 1;
  await grow(sql, kind, office.area('金华市'), copies);
  await settle();
  await quiet(true);
  tools.say(`${tools.large} cases on ${kind} after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  const after = await costs();
  const broken = [...before].flatMap(([name, small]) => {
    const large = after.get(name) ?? small;
    return large.rows > small.rows + SLACK
      ? [`${name}: ${small.rows} rows looked at among ${SMALL} cases, ${large.rows} among ${tools.large}`]
      : [];
  });
  // One question takes a millisecond or two, which the machine's noise doubles: a page of them is compared.
  for (const [what, own] of [
    ['the dashboard', (name: string) => !name.startsWith('list:')],
    ['the lists', (name: string) => name.startsWith('list:')],
  ] as const) {
    const sum = (found: Map<string, Cost>): number =>
      [...found].filter(([name]) => own(name)).reduce((all, [, { ms }]) => all + ms, 0);
    const [small, large] = [sum(before), sum(after)];
    if (large > small * MOST) {
      broken.push(
        `${what} on ${kind}: ${small.toFixed(1)} ms among ${SMALL}, ${large.toFixed(1)} ms among ${tools.large}`,
      );
    }
  }
  return {
    title: `Figures among ${SMALL} and among ${tools.large} cases, ${kind}`,
    columns: [
      '',
      ...(log ? [`rows at ${SMALL}`, `rows at ${tools.large}`] : []),
      `ms at ${SMALL}`,
      `ms at ${tools.large}`,
    ],
    rows: asked.map(({ name }) => {
      const [small, large] = [before.get(name), after.get(name)];
      return [
        name,
        ...(log ? [small?.rows ?? 0, large?.rows ?? 0] : []),
        (small?.ms ?? 0).toFixed(1),
        (large?.ms ?? 0).toFixed(1),
      ];
    }),
    note:
      'A city asks, with 环比 and 同比 where there are any. Its own cases of two years stay as many; half of the others ended ' +
      'in years before, half are other cities’. Rows: what MariaDB looked at (slow log, rows_examined); ms: the median.',
    broken,
  };
}

export const bench: Bench = {
  about: 'dashboard and lists at ten thousand and at a million cases: rows the database looks at, medians',
  async run(tools) {
    const findings: Finding[] = [];
    for (const kind of DATABASES) {
      findings.push(await measure(tools, kind));
    }
    return findings;
  },
};
