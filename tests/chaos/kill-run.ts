/** Kills the server over and over while clients work, then lets everything come to rest. */
import { dice } from '../support/dice.ts';
import { createClients, gatherCrew } from './clients.ts';
import { judge } from './checker.ts';
import { openTables } from './tables.ts';
import type { World } from './world.ts';

/** A named place to die at, `random` for any moment, or `answered`: the very moment somebody is told that an act is kept. */
export type Way = 'random' | 'answered' | 'after-commit' | 'after-host-call' | 'sequencer';

export interface KillRun {
  kills: number;
  ways: readonly Way[];
  /** Deterministic from here: the plan, not the machine's timing. */
  seed: number;
  clients: number;
  /** False: everything over HTTP, without waiting for cards. */
  cards: boolean;
  /** Between an answer and the next act of the same person. */
  thinkMs: number;
  /** How long to wait for rest; a broken build may never find it. */
  restMs: number;
  environment?: NodeJS.ProcessEnv;
}

export interface KillReport {
  findings: string[];
  /** How each life ended: by itself at the named place, or from outside. */
  deaths: { way: Way; where: 'there' | 'outside' }[];
  cases: number;
  told: number;
  /** Right acts that were refused. */
  refused: string[];
  /** Exit code of the last life, which was asked to stop. */
  exitCode: number | null;
}

const SOONEST_MS = 50;
const LATEST_MS = 600;
/** A named place not met for this long is given up for a kill from outside. */
const NAMED_LIMIT_MS = 2_500;
const PASSES: Record<Way, number> = {
  random: 1,
  answered: 1,
  'after-commit': 30,
  'after-host-call': 10,
  sequencer: 6,
};

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const isFromOutside = (way: Way): boolean => way === 'random' || way === 'answered';

export async function killRun(world: World, run: KillRun): Promise<KillReport> {
  const random = dice(run.seed);
  const deaths: KillReport['deaths'] = [];
  const first = await world.start(run.environment);
  if (first.isGone()) {
    throw new Error(`the server does not start: ${first.words()}`);
  }
  const clients = createClients(world, await gatherCrew(world), { cards: run.cards, thinkMs: run.thinkMs });
  clients.begin(run.clients);
  await first.kill();

  for (let n = 0; n < run.kills; n += 1) {
    const way = run.ways[n % run.ways.length] ?? 'random';
    const time = 1 + Math.floor(random() * PASSES[way]);
    const delay = SOONEST_MS + random() * (LATEST_MS - SOONEST_MS);
    await world.letLeasesLapse();
    const life = await world.start({
      ...run.environment,
      ...(isFromOutside(way) ? {} : { MINQING_KILL_AT: `${way}:${time}` }),
    });
    const answered = way === 'answered' ? [clients.nextAnswer()] : [];
    await Promise.race([life.gone, ...answered, pause(way === 'random' ? delay : NAMED_LIMIT_MS)]);
    deaths.push({ way, where: life.isGone() ? 'there' : 'outside' });
    await life.kill();
  }

  await world.letLeasesLapse();
  const last = await world.start(run.environment);
  await clients.finish();
  await rest(world, run.restMs);
  const exitCode = await last.stop();
  const gaveUp = clients.refused.some((line) => line.startsWith('gave up'));
  const unfinished = new Set(
    clients.cases.filter((id) =>
      clients.refused.some((line) => line.startsWith('gave up') && line.includes(id)),
    ),
  );
  const findings = await judge({
    databaseUrl: world.databaseUrl,
    messengerUrl: world.messengerUrl,
    told: clients.told,
    finished: new Set(gaveUp ? clients.cases.filter((id) => !unfinished.has(id)) : clients.cases),
  });
  return {
    findings,
    deaths,
    cases: clients.cases.length,
    told: clients.told.length,
    refused: clients.refused,
    exitCode,
  };
}

/** Until nothing waits to be sent, to be sealed, or to be looked up after a second try; or the time is over. */
async function rest(world: World, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  const tables = await openTables(world.databaseUrl);
  try {
    while (Date.now() < end) {
      const [row] = await tables.all(
        `SELECT (SELECT COUNT(*) FROM outbox WHERE status = 'waiting') AS waiting,
          (SELECT COUNT(*) FROM event_pending) AS pending,
          (SELECT COUNT(*) FROM outbox WHERE kind = 'notice' AND status = 'done' AND checked = 0 AND attempts > 1) AS unchecked`,
      );
      if (Number(row?.['waiting']) + Number(row?.['pending']) + Number(row?.['unchecked']) === 0) {
        return;
      }
      await pause(100);
    }
  } finally {
    await tables.close();
  }
}
