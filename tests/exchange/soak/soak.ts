/**
 * The soak: many cases between the product and the platform while everything breaks that can break, then rest, and the
 * question whether both sides are equal. Same seed, same plan; the machine's timing is its own.
 */
import { openTables } from '../../chaos/tables.ts';
import { between, dice } from '../../support/dice.ts';
import { compareBoth, type Compared } from './compare.ts';
import { createCourses, type Courses } from './courses.ts';
import { GOOD, type Badness } from './line.ts';
import type { Death } from './lives.ts';
import { openSides, type Sides } from './sides.ts';
import { startWatch, type Watch } from './watch.ts';

export interface SoakOptions {
  cases: number;
  seed: number;
  /** Ours; without one a SQLite file, and only then a backup of ours is restored. */
  databaseUrl?: string | undefined;
  /** False: no backup of ours is restored. */
  ownBackup?: boolean | undefined;
  /** Cases under way at once. */
  atOnce?: number;
  /** How often each great misfortune happens: half a day down, a restored backup of either side. */
  misfortunes?: number | undefined;
  /** Both databases are left in this folder when the run fails or the sides differ. */
  keepIn?: string | undefined;
  say?: (words: string) => void;
}

export interface Checked {
  sentence: string;
  findings: { number: string; text: string; repaired: boolean }[];
}

export interface Soak {
  sides: Sides;
  courses: Courses;
  deaths: { here: Death[]; there: Death[] };
  harm: Badness;
  /** What the comparison after each restored backup found, and the one at the end. */
  checks: { why: string; findings: number }[];
  /** What 对账 found and put right all along, in its words. */
  repairs: Map<string, number>;
  /** Messages an administrator had to give up, by case. */
  givenUp: { caseId: string; why: string }[];
  compared: Compared;
  /** The last 对账. */
  last: Checked;
  /** Compares now, by the product and from outside. */
  check(): Promise<Checked>;
  compare(): Promise<Compared>;
  seconds: number;
  close(): Promise<void>;
}

const BAD: Badness = { drop: 0.03, loseAnswer: 0.04, repeat: 0.05, alter: 0.02, hold: 0.1 };
const FAULTS = { loseAnswers: 0.02, duplicates: 0.05, reorder: 0.1, drop: 0.02, wrongSignature: 0.02 };
const NO_FAULTS = { loseAnswers: 0, duplicates: 0, reorder: 0, drop: 0, wrongSignature: 0 };
const HALF_DAY_MS = 12 * 3_600_000;
/** One death of each side and one great misfortune in so many cases, but not fewer than a small run needs. */
const CASES_A_DEATH = 80;
const CASES_A_MISFORTUNE = 2_500;
const POINTS = ['exchange-sent', 'exchange-kept', 'exchange-applied', 'act-kept', 'sequencer'];
const REST_MS = 300_000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

export async function soak(options: SoakOptions): Promise<Soak> {
  const began = Date.now();
  const { cases, seed, say = () => undefined } = options;
  const random = dice(seed);
  const sides = await openSides({ databaseUrl: options.databaseUrl, random: dice(seed + 1) });
  const watch = startWatch(sides.world.databaseUrl, sides.thereFile);
  const courses = createCourses(sides, watch, seed);
  const close = async (): Promise<void> => {
    await watch.close();
    await sides.close();
  };
  const run: Run = { sides, watch, courses, checks: [], givenUp: [], say };
  try {
    sides.be(BAD);
    await sides.misbehave(FAULTS);
    let over = false;
    const work = courses.run(cases, options.atOnce ?? 48).finally(() => {
      over = true;
    });
    const reaching = async (share: number): Promise<boolean> => {
      while (!over && courses.ended.length < share * cases) {
        await pause(50);
      }
      return !over;
    };
    const letters = clearLetters(run, () => over);
    const trouble = troubles(run, {
      random,
      cases,
      rounds: options.misfortunes ?? Math.max(1, Math.round(cases / CASES_A_MISFORTUNE)),
      own: options.databaseUrl === undefined && options.ownBackup !== false,
      reaching,
    });
    await Promise.all([work, letters, trouble]);
    sides.be(GOOD);
    await sides.misbehave(NO_FAULTS);
    say('everything has ended; waiting for rest');
    await rest(run);
    const last = await settle(run, 'at the end');
    const compared = await compareBoth(sides.world.databaseUrl, sides.thereFile);
    if (options.keepIn !== undefined && compared.findings.length > 0) {
      sides.keepIn(options.keepIn);
    }
    return {
      sides,
      courses,
      deaths: { here: sides.here.deaths, there: sides.there.deaths },
      harm: sumOf(sides.lines.map((line) => line.done)),
      checks: run.checks,
      repairs: await repairsOf(run),
      givenUp: run.givenUp,
      compared,
      last,
      check: () => check(run),
      compare: () => compareBoth(sides.world.databaseUrl, sides.thereFile),
      seconds: Math.round((Date.now() - began) / 1_000),
      close,
    };
  } catch (error) {
    say(await lastWords(run));
    if (options.keepIn !== undefined) {
      sides.keepIn(options.keepIn);
    }
    await close();
    throw error;
  }
}

interface Run {
  sides: Sides;
  watch: Watch;
  courses: Courses;
  checks: Soak['checks'];
  givenUp: Soak['givenUp'];
  say: (words: string) => void;
}

interface Plan {
  random: () => number;
  cases: number;
  rounds: number;
  /** A backup of ours is restored too. */
  own: boolean;
  /** Resolves when this share of the cases has ended; false when all have. */
  reaching(share: number): Promise<boolean>;
}

/** Deaths all along, and in turn an outage of half a day, their backup, our backup. */
async function troubles(run: Run, plan: Plan): Promise<void> {
  const { sides } = run;
  const { random, cases, rounds, own } = plan;
  const steps: [at: number, what: string, work: () => Promise<unknown>][] = [];
  const deaths = Math.max(8, Math.round(cases / CASES_A_DEATH));
  for (let i = 0; i < deaths; i += 1) {
    const point = POINTS[i % POINTS.length] ?? '';
    const named = `${point}:${between(random, 3, 40)}`;
    steps.push([
      (i + random()) / (deaths + 1),
      `kill -9 here, then at ${named}`,
      () => sides.here.kill(named),
    ]);
    steps.push([(i + random()) / (deaths + 1), 'kill -9 there', () => sides.there.kill()]);
  }
  for (let i = 0; i < rounds; i += 1) {
    const at = (share: number): number => (i + share) / rounds;
    steps.push([at(0.12), 'half a day down', () => halfADay(run)]);
    steps.push([at(0.3), 'their backup', () => sides.desk('POST', '/backup')]);
    steps.push([at(0.45), 'their backup is restored', () => restoreThere(run)]);
    if (own) {
      steps.push([at(0.6), 'our backup', async () => sides.backupHere()]);
      steps.push([at(0.75), 'our backup is restored', () => restoreHere(run)]);
    }
  }
  for (const [share, what, work] of steps.toSorted(([a], [b]) => a - b)) {
    if (!(await plan.reaching(share))) {
      return;
    }
    run.say(`${run.courses.ended.length} ended: ${what}`);
    await work();
  }
}

/** The platform answers nobody from the evening to the morning. */
async function halfADay({ sides }: Run): Promise<void> {
  await sides.misbehave({ down: true });
  await pause(1_500);
  for (let hour = 0; hour < 3; hour += 1) {
    await sides.world.control('POST', '/clock', { advanceMs: HALF_DAY_MS / 3 });
    await pause(700);
  }
  await sides.misbehave({ down: false });
}

/** Nobody works on either side until 对账 has given back what was lost. */
const restoreThere = (run: Run): Promise<void> =>
  run.courses.still(async () => {
    await run.watch.without(async () => {
      const { status } = await run.sides.desk('POST', '/restore');
      if (status !== 200) {
        throw new Error(`their backup could not be restored: ${status}`);
      }
    });
    await settle(run, 'their backup');
  });

const restoreHere = (run: Run): Promise<void> =>
  run.courses.still(async () => {
    await run.watch.without(() => run.sides.restoreHere());
    await settle(run, 'our backup');
  });

/** 对账 until there is nothing to repair any more. */
async function settle(run: Run, why: string): Promise<Checked> {
  const end = Date.now() + REST_MS;
  let found = 0;
  for (let clean = 0; ;) {
    const checked = await check(run);
    found += checked.findings.length;
    if (checked.findings.length > 0) {
      run.say(`对账, ${why}: ${checked.sentence} ${summary(checked)}`);
    }
    clean = checked.sentence.endsWith('一致') ? clean + 1 : 0;
    if (clean > 0) {
      run.checks.push({ why, findings: found });
      return checked;
    }
    if (Date.now() > end) {
      throw new Error(
        `对账 finds no end: ${checked.sentence} ${JSON.stringify(checked.findings.slice(0, 5))}`,
      );
    }
    await pause(500);
  }
}

const summary = ({ findings }: Checked): string =>
  [...Map.groupBy(findings, (f) => f.text)].map(([words, list]) => `${list.length} × ${words}`).join('；');

async function check({ courses, sides }: Pick<Run, 'courses' | 'sides'>): Promise<Checked> {
  for (;;) {
    const { status, body } = await courses.call<{ items: Checked[] }>(
      'admin',
      'POST',
      '/admin/exchange/checks',
      {
        partnerId: sides.partnerId,
      },
    );
    const [newest] = status === 200 ? body.items : [];
    if (newest) {
      return newest;
    }
    await pause(300); // it is just being done
  }
}

/** Of the newest comparisons, those a process made at its start among them. */
async function repairsOf({ courses, sides }: Run): Promise<Map<string, number>> {
  const { body } = await courses.call<{ items: Checked[] }>(
    'admin',
    'GET',
    `/admin/exchange/checks?partnerId=${sides.partnerId}`,
  );
  const found = body.items.flatMap((check) => check.findings.filter((f) => f.repaired).map((f) => f.text));
  return new Map([...Map.groupBy(found, (words) => words)].map(([words, list]) => [words, list.length]));
}

/** What the administrator does all day: looks at what does not fit, tries again, gives up with a reason. */
async function clearLetters(run: Run, isOver: () => boolean): Promise<void> {
  const { courses, sides } = run;
  const { partnerId } = sides;
  while (!isOver()) {
    await pause(1_000);
    const { body } = await courses.call<{
      items?: { id: string; way: string; caseId: string; why: string }[];
    }>('admin', 'GET', `/admin/exchange/letters?partnerId=${partnerId}`);
    for (const { id, way, caseId, why } of body.items ?? []) {
      const ref = { id, way, partnerId };
      const again = await courses.call('admin', 'POST', '/admin/exchange/letters/retry', ref);
      if (again.status >= 300 && way === 'in') {
        run.givenUp.push({ caseId, why });
        await courses.call('admin', 'POST', '/admin/exchange/letters/dismiss', {
          ...ref,
          reason: '本系统已经撤回，不再办理',
        });
      }
    }
  }
}

/** Until neither side has anything to send or to apply. */
async function rest(run: Run): Promise<void> {
  const end = Date.now() + REST_MS;
  const tables = await openTables(run.sides.world.databaseUrl);
  try {
    for (;;) {
      const [row] = await tables.all(
        `SELECT (SELECT COUNT(*) FROM exchange_out WHERE status <> 'sent') AS unsent,
          (SELECT COUNT(*) FROM exchange_in WHERE status NOT IN ('applied', 'dismissed')) AS open,
          (SELECT COUNT(*) FROM event_pending) AS pending`,
      );
      const { body } = await run.sides.desk<{ waiting?: number }>('GET', '/matters');
      const left = [row?.['unsent'], row?.['open'], row?.['pending'], body.waiting ?? 1].map(Number);
      if (left.every((n) => n === 0)) {
        return;
      }
      if (Date.now() > end) {
        throw new Error(`no rest: unsent, open, pending, theirs = ${left.join(', ')}`);
      }
      await pause(200);
    }
  } finally {
    await tables.close();
  }
}

/** What a run that came to no end was waiting for. */
async function lastWords({ sides }: Run): Promise<string> {
  const tables = await openTables(sides.world.databaseUrl);
  const rows = await tables.all(
    `SELECT status, error_code, error_text, MAX(attempts) AS attempts, COUNT(*) AS messages FROM exchange_out WHERE status <> 'sent'
      GROUP BY status, error_code, error_text UNION ALL SELECT status, error_code, error_text, 0, COUNT(*) FROM exchange_in
      WHERE status <> 'applied' GROUP BY status, error_code, error_text`,
  );
  const more = await tables.all(
    `SELECT failures, paused_until, (SELECT COUNT(*) FROM event_pending) AS pending, (SELECT MAX(seq) FROM ledger) AS last,
      (SELECT value_json FROM setting WHERE name = 'ledger:exchange') AS told FROM exchange_partner`,
  );
  await tables.close();
  return JSON.stringify(
    {
      waiting: rows,
      more,
      said: [sides.here.words(), sides.there.words()].map((words) => words.slice(-1_000)),
    },
    null,
    1,
  );
}

const sumOf = (list: readonly Badness[]): Badness =>
  Object.fromEntries(
    Object.keys(GOOD).map((kind) => [kind, list.reduce((sum, one) => sum + one[kind as keyof Badness], 0)]),
  ) as unknown as Badness;
