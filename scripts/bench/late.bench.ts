import mysql from 'mysql2/promise';
import { fillTown } from '../../tests/support/many.ts';
import { CAST } from '../../tests/support/tale.ts';
import { openTown } from '../../tests/support/town.ts';
import { costOf, get, type Cost, type Question } from './cost.ts';
import { copiesOf } from './generate.ts';
import type { Bench, Finding, Tools } from './kit.ts';

const SMALL = 10_000;
/** Rows a question may differ by: business time goes on between the two sizes, and something more may be late. */
const SLACK = 60;
const DESK = 'inspector:330700';

async function measure(tools: Tools): Promise<Finding> {
  const databaseUrl = await tools.database('mariadb', { watched: true });
  const log = await mysql.createConnection(databaseUrl.replace(/[^/]*$/, 'mysql'));
  tools.finally(() => log.end());
  const town = await openTown({ databaseUrl, workers: false, startAt: '2026-07-07T15:00:00+08:00' });
  tools.finally(() => town.stop());
  const here = await fillTown(town.app);
  const rows = await town.app.store.read((db) => db.selectFrom('running_case').select('case_id').execute());
  const elsewhere = await copiesOf(databaseUrl, {
    ids: rows.map((row) => row.case_id),
    mark: 'x',
    elsewhere: true,
    tables: ['running_case'],
  });
  const table = `${new URL(databaseUrl).pathname.slice(1)}.running_case`;

  /** The inspector's own stay as many; what runs in other areas grows. */
  const grow = async (to: number): Promise<number> => {
    await log.query('set global slow_query_log = 0');
    await elsewhere.grow(Math.round((to - here) / here));
    const [counted] = await log.query<mysql.RowDataPacket[]>(`select count(*) as n from ${table}`);
    await log.query(`analyze table ${table}`);
    await log.query('set global slow_query_log = 1');
    const running = Number(counted[0]?.['n']);
    tools.say(`${running} cases run`);
    return running;
  };
  const few = await grow(SMALL);

  const inspector = await town.person(CAST.inspector);
  const ask = (name: string, path: string): Question => ({
    name,
    citizen: inspector,
    path: `/late${path}${path.includes('?') ? '&' : '?'}desk=${DESK}`,
  });
  const groups = (await get(town, inspector, `/late/groups?by=unit&desk=${DESK}`)) as {
    items: { key: string }[];
    after: string | null;
  };
  const asked = [
    ask('how many, why, whose move', ''),
    ask('by unit', '/groups?by=unit'),
    ask('by unit, next page', `/groups?by=unit&after=${encodeURIComponent(groups.after ?? '')}`),
    ask('by stage', '/groups?by=stage'),
    ask('by reason', '/groups?by=reason'),
    ask('by area', '/groups?by=area'),
    ask('one reason, by unit', '/groups?by=unit&reason=redispatch'),
    ask('with units that have nothing late', '/groups?by=unit&all=true'),
    ask('a unit unfolded', `/items?by=unit&key=${groups.items[0]?.key ?? ''}`),
  ];
  const costs = async (): Promise<Cost[]> => {
    const found = [];
    for (const question of asked) {
      found.push(await costOf(log, town, question, tools.runs));
    }
    return found;
  };
  const before = await costs();
  const many = await grow(tools.large);
  const after = await costs();
  return {
    title: `What is late in a city, with ${few} and with ${many} cases running in the country`,
    columns: ['', `rows at ${few}`, `rows at ${many}`, `ms at ${few}`, `ms at ${many}`],
    rows: asked.map(({ name }, i) => [
      name,
      before[i]!.rows,
      after[i]!.rows,
      before[i]!.ms.toFixed(1),
      after[i]!.ms.toFixed(1),
    ]),
    note:
      `${here} cases run in the inspector’s city, all others elsewhere; what has ended has no row here. Only the table of ` +
      'running cases grows: the cases beside it are found by their key. Rows: what MariaDB looked at by its slow log, ' +
      'session included; ms: the median.',
    broken: asked.flatMap(({ name }, i) =>
      after[i]!.rows > before[i]!.rows + SLACK
        ? [
            `late, ${name}: ${before[i]!.rows} rows looked at among ${few} cases, ${after[i]!.rows} among ${many}`,
          ]
        : [],
    ),
  };
}

export const bench: Bench = {
  about:
    'what is late in a city, with ten thousand and with a million cases running: rows the database looks at',
  run: async (tools) => [await measure(tools)],
};
