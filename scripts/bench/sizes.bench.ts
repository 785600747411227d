import mysql from 'mysql2/promise';
import { openStages, STAGES, type Stage } from '../../tests/support/stages.ts';
import { CAST, openTale, type Part } from '../../tests/support/tale.ts';
import { openTown, type Town } from '../../tests/support/town.ts';
import { costOf, get, type Cost, type Question } from './cost.ts';
import { copiesOf } from './generate.ts';
import { median, type Bench, type Finding, type Tools } from './kit.ts';

const SMALL = 10_000;
/** Rounds of every stage that are made for real; the rest is copied from them. */
const ROUNDS = 3;
const DESKS: readonly Part[] = ['member', 'reviewer', 'dispatcher', 'handler', 'head', 'inspector', 'leader'];
const ENDED: readonly Stage[] = ['declined', 'withdrawn', 'closed'];
/** So many cases run at the desks that are asked: one city's, whatever its past. */
const RUNNING = 1_000;
/** The share of all cases that run elsewhere. */
const ELSEWHERE = 0.1;
/** Rows a page may differ by: what stands on it is not the same. */
const SLACK = 60;

interface DeskQuestion extends Question {
  desk: string;
}

/** What a person asks: every queue of every desk, its second page, what needs them, a case, and words to look for. */
async function questions(town: Town, rare: string): Promise<DeskQuestion[]> {
  const all: DeskQuestion[] = [];
  for (const part of DESKS) {
    const citizen = await town.person(CAST[part]);
    const { desks } = (await get(town, citizen, '/queues')) as {
      desks: { id: string; role: string; queues: { id: string; label: string }[] }[];
    };
    const desk = desks.find((one) => one.role === part) ?? desks[0];
    all.push({ desk: part, name: `${part}: what needs me`, citizen, path: '/queues' });
    for (const queue of desk?.queues ?? []) {
      const path = `/cases?desk=${encodeURIComponent(desk?.id ?? '')}&queue=${queue.id}`;
      all.push({ desk: part, name: `${part}: ${queue.label}`, citizen, path });
      const { after } = (await get(town, citizen, path)) as { after: string | null };
      if (after) {
        all.push({
          desk: part,
          name: `${part}: ${queue.label}, next page`,
          citizen,
          path: `${path}&after=${after}`,
        });
      }
      all.push({
        desk: part,
        name: `${part}: ${queue.label}, newest first`,
        citizen,
        path: `${path}&sort=newest`,
      });
    }
  }
  const reviewer = await town.person(CAST.reviewer);
  const { desks } = (await get(town, reviewer, '/queues')) as { desks: { id: string; role: string }[] };
  const desk = encodeURIComponent(desks.find((one) => one.role === 'reviewer')?.id ?? '');
  const search = (words: string): string => `/cases?desk=${desk}&queue=all&q=${encodeURIComponent(words)}`;
  all.push({
    desk: 'search',
    name: 'reviewer: looks for a rare word',
    citizen: reviewer,
    path: search(rare),
  });
  all.push({
    desk: 'search',
    name: 'reviewer: looks for a common word',
    citizen: reviewer,
    path: search('红绿灯'),
  });
  return all;
}

async function measure(tools: Tools): Promise<Finding> {
  const databaseUrl = await tools.database('mariadb', { watched: true });
  const name = new URL(databaseUrl).pathname.slice(1);
  const town = await openTown({ databaseUrl, workers: false });
  tools.finally(() => town.stop());
  const tale = await openTale(town);
  await tale.filed({ title: '琥珀色路灯太暗' });
  const open = [];
  const ended = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = await openStages(tale);
    ended.push(...ENDED.map((stage) => made[stage]));
    open.push(...STAGES.filter((stage) => !ENDED.includes(stage)).map((stage) => made[stage]));
  }
  const here = await copiesOf(databaseUrl, { ids: open, mark: 'o' });
  const elsewhere = await copiesOf(databaseUrl, { ids: open, mark: 'x', elsewhere: true });
  const past = await copiesOf(databaseUrl, { ids: ended, mark: 'e' });
  const log = await mysql.createConnection(databaseUrl.replace(/[^/]*$/, 'mysql'));
  tools.finally(() => log.end());

  /** The desks' own running cases stay as many; what ended with them grows, and what runs elsewhere. */
  const grow = async (to: number): Promise<number> => {
    const began = performance.now();
    await log.query('set global slow_query_log = 0');
    await here.grow(Math.round(RUNNING / open.length));
    await elsewhere.grow(Math.round((to * ELSEWHERE) / open.length));
    await past.grow(Math.round((to * (1 - ELSEWHERE) - RUNNING) / ended.length));
    const [counted] = await log.query<mysql.RowDataPacket[]>(`select count(*) as n from ${name}.cases`);
    await log.query(
      `analyze table ${name}.cases, ${name}.assignment, ${name}.case_author, ${name}.search_token`,
    );
    await log.query('set global slow_query_log = 1');
    const cases = Number(counted[0]?.['n']);
    tools.say(`${cases} cases after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    return cases;
  };
  const few = await grow(SMALL);
  const asked = await questions(town, '琥珀');
  const before = new Map<string, Cost>();
  for (const question of asked) {
    before.set(question.name, await costOf(log, town, question, tools.runs));
  }
  const many = await grow(tools.large);
  const after = new Map<string, Cost>();
  for (const question of asked) {
    after.set(question.name, await costOf(log, town, question, tools.runs));
  }
  const broken = asked.flatMap((question) => {
    const [small, large] = [before.get(question.name)!, after.get(question.name)!];
    return large.rows > small.rows + SLACK
      ? [`${question.name}: ${small.rows} rows looked at among ${few} cases, ${large.rows} among ${many}`]
      : [];
  });
  return {
    title: `A page among ${few} and among ${many} cases`,
    columns: ['', 'questions', `rows at ${few}`, `rows at ${many}`, `ms at ${few}`, `ms at ${many}`],
    rows: [...new Set(asked.map((question) => question.desk))].map((desk) => {
      const own = asked.filter((question) => question.desk === desk);
      const most = (costs: Map<string, Cost>): number =>
        Math.max(...own.map((question) => costs.get(question.name)?.rows ?? 0));
      const half = (costs: Map<string, Cost>): string =>
        median(own.map((question) => costs.get(question.name)?.ms ?? 0)).toFixed(1);
      return [desk, own.length, most(before), most(after), half(before), half(after)];
    }),
    note:
      'Every queue of every desk is asked for: first page, next page, newest first; what needs the person; two words ' +
      'looked for. Rows: the most any question made the database look at, session and counts included (MariaDB’s slow ' +
      `log, rows_examined); ms: the median. ${RUNNING} cases run at these desks and all that ended was theirs; a tenth ` +
      'of all runs elsewhere.',
    broken,
  };
}

export const bench: Bench = {
  about: 'lists and counts at ten thousand and at a million cases: rows the database looks at',
  run: async (tools) => [await measure(tools)],
};
