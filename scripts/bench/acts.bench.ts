import type { ActionName, Actor } from '@minqing/shared/workflow';
import { actorOf } from '../../server/src/people/grants.ts';
import { digestOf, uuidv7 } from '../../server/src/store/index.ts';
import { CAST } from '../../tests/support/tale.ts';
import { openTown, report, unitId, type Town } from '../../tests/support/town.ts';
import { interleaved, ratio, type Bench, type DatabaseKind, type Finding, type Tools } from './kit.ts';
import { openSql } from './sql.ts';

const AT_ONCE = 16;
const MS = 3_000;

type Part = 'member' | 'reviewer' | 'dispatcher' | 'handler';

/** A case from its report to its stars, each act by who may. */
function wholeCase(policeId: string): [Part, ActionName, object][] {
  return [
    ['member', 'submit', report()],
    ['reviewer', 'accept', {}],
    ['dispatcher', 'dispatch', { leadUnitId: policeId, coUnitIds: [] }],
    ['handler', 'sign', {}],
    ['handler', 'reply', { class: 'solved', text: '已把单一配时改为四个时段。' }],
    ['member', 'rate', { stars: 5 }],
  ];
}

async function actors(town: Town): Promise<Record<Part, Actor>> {
  const found = await Promise.all(
    (['member', 'reviewer', 'dispatcher', 'handler'] as const).map(async (part) => {
      const me = await (await town.person(CAST[part])).call('GET', '/me');
      const { person } = me.body as unknown as { person: { id: string } };
      const acting = await town.app.store.read((db) => actorOf(db, person.id, town.app.clock.businessNow()));
      if (!acting) {
        throw new Error(`${part} is nobody`);
      }
      return [part, acting.actor] as const;
    }),
  );
  return Object.fromEntries(found) as Record<Part, Actor>;
}

/** Runs `once` again and again, so many at a time; answers how often a second it ended. */
async function perSecond(once: () => Promise<number>): Promise<number> {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() - began < MS) {
        // Not `done += await …`: that would add to what stood before the wait.
        const more = await once();
        done += more;
      }
    }),
  );
  return done / ((performance.now() - began) / 1_000);
}

/** What somebody would write by hand for a submission alone: one transaction with three inserts, same rows, no rules. */
async function openTwin(tools: Tools, kind: DatabaseKind): Promise<() => Promise<number>> {
  const url = await tools.database(kind);
  const sql = openSql(url, { write: true });
  tools.finally(() => sql.close());
  const column = kind === 'sqlite' ? 'text' : 'varchar(64)';
  const long = kind === 'sqlite' ? 'text' : 'mediumtext';
  await sql.rows(`create table cases (id ${column} primary key, body ${long})`);
  await sql.rows(`create table event (id ${column} primary key, case_id ${column}, body ${long})`);
  await sql.rows(`create table outbox (id ${column} primary key, case_id ${column}, body ${long})`);
  const body = JSON.stringify(report());
  return async () => {
    const id = uuidv7();
    await sql.transaction(async (run) => {
      await run('insert into cases values (?, ?)', id, body);
      await run('insert into event values (?, ?, ?)', uuidv7(), id, body);
      await run('insert into outbox values (?, ?, ?)', uuidv7(), id, body);
    });
    return 1;
  };
}

async function measure(tools: Tools, kind: DatabaseKind): Promise<Finding['rows']> {
  const town = await openTown({ databaseUrl: await tools.database(kind), workers: false });
  tools.finally(() => town.stop());
  const by = await actors(town);
  const steps = wholeCase(await unitId(await town.person(CAST.dispatcher), '市公安局交警支队'));
  const act = async (caseId: string, [part, action, input]: (typeof steps)[number]): Promise<void> => {
    const key = uuidv7();
    await town.app.cases.perform(by[part], caseId, action, input, {
      door: 'http',
      principal: part,
      key,
      digest: digestOf(key),
    });
  };
  const twin = await openTwin(tools, kind);
  const found = await interleaved(tools.runs, {
    submit: () =>
      perSecond(async () => {
        await act(uuidv7(), steps[0]!);
        return 1;
      }),
    whole: () =>
      perSecond(async () => {
        const caseId = uuidv7();
        for (const step of steps) {
          await act(caseId, step);
        }
        return steps.length;
      }),
    twin: () => perSecond(twin),
  });
  const told = (what: string, value: number): Finding['rows'][number] => [
    `${kind}: ${what}`,
    Math.round(value),
    ratio(value, found.twin),
  ];
  return [
    told('perform, submit', found.submit),
    told('perform, six acts of a case', found.whole),
    told('three inserts by hand', found.twin),
  ];
}

export const bench: Bench = {
  about: 'perform() a second, beside three inserts by hand',
  async run(tools) {
    const rows = [];
    for (const kind of tools.databases) {
      tools.say(kind);
      rows.push(...(await measure(tools, kind)));
    }
    return [
      {
        title: 'Acts a second',
        columns: ['', 'a second', 'of three inserts'],
        rows,
        note: `${AT_ONCE} at a time, in one process, workers off. An act is the whole of it: the request’s identity, the case, the event chained to the last, timers, cards, notices and to-dos in the outbox, one COMMIT; a submission also takes its number in a transaction of its own. The hand-written line keeps three rows and knows no rule.`,
      },
    ];
  },
};
