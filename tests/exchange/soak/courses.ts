/**
 * People on both sides who take cases through their lives: each looks where the case stands on both sides and does the
 * next thing that fits, over the product's API or on the platform's desk. What was lost with a crash is done again.
 */
import { randomUUID } from 'node:crypto';
import type { World } from '../../chaos/world.ts';
import { between, dice, type Dice } from '../../support/dice.ts';
import type { Sides } from './sides.ts';
import type { Look, Watch } from './watch.ts';

const PEOPLE = {
  member: 'yongkang-member',
  reviewer: 'yongkang-reviewer',
  inspector: 'zheng-weiping',
  admin: 'admin-01',
} as const;
export type Part = keyof typeof PEOPLE;

const UNITS = ['YK-JY', 'YK-GA', 'YK-ZJ', 'YK-ZF'];
const PLACE = { text: '迎宾大道与环城南路交叉口', areaId: '330784' };
/** Longer than both sides are ever down. */
const PATIENCE_MS = 120_000;
const RETRY_MS = 80;
/** A case that does not move for this long, while nobody holds the world still, will not end. */
const STILL_MS = 600_000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** What one case goes through beside the straight way; each at most as often as it says. */
interface Plan {
  withdraws: number;
  supplements: number;
  urges: number;
  corrects: number;
  sendsBack: number;
  givesBack: number;
  recalls: number;
  co: boolean;
  signs: boolean;
  reports: number;
  asks: number;
  wantsTime: number;
  grants: boolean;
  class: 'solved' | 'planned' | 'declined';
  lowStars: number;
}

function planOf(random: Dice): Plan {
  const times = (probability: number): number => (random() < probability ? 1 : 0);
  const kind = random();
  return {
    withdraws: times(0.03),
    supplements: times(0.2),
    urges: times(0.08),
    corrects: times(0.06),
    sendsBack: times(0.05),
    givesBack: times(0.06),
    recalls: times(0.04),
    co: random() < 0.2,
    signs: random() < 0.7,
    reports: times(0.25),
    asks: times(0.08),
    wantsTime: times(0.12),
    grants: random() < 0.6,
    class: kind < 0.8 ? 'solved' : kind < 0.92 ? 'planned' : 'declined',
    lowStars: random() < 0.85 ? 0 : random() < 0.85 ? 1 : 3,
  };
}

export interface Courses {
  /** Ended on both sides. */
  ended: string[];
  /** Withdrawn by their author while the platform may have been at it. */
  withdrawn: Set<string>;
  /** Right acts that were refused, by their words: races that are the rule, and anything else for the reader to see. */
  refused: Map<string, number>;
  /** Starts `count` people; resolves when all cases have ended. Rejects when one stands still. */
  run(cases: number, count: number): Promise<void>;
  /** Nobody acts while `work` runs. */
  still<T>(work: () => Promise<T>): Promise<T>;
  /** A call of one of the people, until it is answered. */
  call<T>(part: Part, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
}

export function createCourses(sides: Sides, watch: Watch, seed: number): Courses {
  const ended: string[] = [];
  const withdrawn = new Set<string>();
  const refused = new Map<string, number>();
  const call = caller(sides.world);
  let acting = 0;
  let gate: Promise<unknown> = Promise.resolve();
  let stillSince = Date.now();

  /** Whatever somebody does: not while the world is held still. */
  async function doing<T>(work: () => Promise<T>): Promise<T> {
    for (let seen: Promise<unknown> | null = null; seen !== gate;) {
      seen = gate;
      await seen;
    }
    acting += 1;
    try {
      return await work();
    } finally {
      acting -= 1;
    }
  }

  const note = (words: string): void => void refused.set(words, (refused.get(words) ?? 0) + 1);

  async function act(part: Part, caseId: string, action: string, input: object = {}): Promise<boolean> {
    const { status, body } = await doing(() =>
      call<{ title?: string }>(part, 'POST', `/cases/${caseId}/actions/${action}`, input),
    );
    if (status >= 300) {
      note(`${action}: ${status} ${body.title ?? ''}`);
    }
    return status < 300;
  }

  async function clerk(caseId: string, name: string, given: object = {}): Promise<boolean> {
    const { status, body } = await doing(() =>
      sides.desk<{ title?: string }>('POST', `/matters/${caseId}/acts/${name}`, given),
    );
    if (status >= 300) {
      note(`there ${name}: ${status} ${body.title ?? ''}`);
    }
    return status === 200;
  }

  async function live(caseId: string, n: number): Promise<void> {
    const random = dice(seed * 31 + n);
    const plan = planOf(random);
    let before = '';
    let since = Date.now();
    for (;;) {
      const look = await watch.look(caseId);
      if (isOver(look)) {
        ended.push(caseId);
        return;
      }
      const now = JSON.stringify(look);
      if (now !== before) {
        [before, since] = [now, Date.now()];
      }
      if (Date.now() - Math.max(since, stillSince) > STILL_MS) {
        throw new Error(
          `case ${caseId} (${n}) stands still at ${now}; refused: ${JSON.stringify([...refused])}`,
        );
      }
      if (!(await next(caseId, n, look, plan, random))) {
        await pause(RETRY_MS);
      }
    }
  }

  /** Does one thing; false when it is somebody else's move. */
  async function next(caseId: string, n: number, look: Look, plan: Plan, random: Dice): Promise<boolean> {
    /** Once is once, whatever comes of it. */
    const takes = (what: keyof Plan): boolean => {
      const left = plan[what] as number;
      if (left > 0) {
        (plan[what] as number) = left - 1;
      }
      return left > 0;
    };
    switch (look.here) {
      case null:
        return act('member', caseId, 'submit', {
          title: `路口配时 ${String(n).padStart(5, '0')} 号`,
          situation: `全天用同一配时，早高峰排队约 ${between(random, 50, 400)} 米。`,
          suggestion: '按车流分时段设置时长。',
          categoryId: 'traffic',
          place: PLACE,
          committeeId: sides.committeeId,
        });
      case 'submitted':
        return act('reviewer', caseId, 'accept');
      case 'replied': {
        const low = takes('lowStars');
        const stars = low ? between(random, 1, 2) : between(random, 3, 5);
        return act('member', caseId, 'rate', { stars, text: low ? '还是排队' : '' });
      }
      case 'disputed':
        return act('inspector', caseId, 'conclude', { ruling: 'uphold', text: '已经按现有条件办了' });
      case 'accepted':
        if (takes('withdraws') && (await act('member', caseId, 'withdraw', { reason: '已经解决了' }))) {
          withdrawn.add(caseId);
          return true;
        }
        break;
      case 'dispatched':
      case 'handling':
        break;
      default:
        return false;
    }
    if (takes('supplements')) {
      return act('member', caseId, 'supplement', { text: '早上七点半最堵' });
    }
    if (takes('corrects')) {
      return act('reviewer', caseId, 'correct', { place: { ...PLACE, text: '迎宾大道与双溪西路交叉口' } });
    }
    if (takes('urges')) {
      return act('member', caseId, 'urge', { text: '盼早日答复' });
    }
    return nextThere(caseId, look, plan, takes, random);
  }

  async function nextThere(
    caseId: string,
    look: Look,
    plan: Plan,
    takes: (what: keyof Plan) => boolean,
    random: Dice,
  ): Promise<boolean> {
    const lead = UNITS[between(random, 0, 3)];
    const co = plan.co ? UNITS.filter((unit) => unit !== lead).slice(0, 1) : [];
    switch (look.there) {
      case 'DJS':
        return clerk(caseId, 'receive');
      case 'DPD':
        return takes('sendsBack')
          ? clerk(caseId, 'sendBack', { reason: '请写清是哪个路口' })
          : clerk(caseId, 'dispatch', { lead, co, days: between(random, 3, 5), text: '请到现场看' });
      case 'DQS':
        if (takes('givesBack')) {
          return clerk(caseId, 'giveBack', { reason: '不归我们管' });
        }
        if (takes('recalls')) {
          return clerk(caseId, 'recall', { reason: '派错了' });
        }
        return plan.signs ? clerk(caseId, 'sign') : reply(caseId, plan);
      case 'CXB':
        // Low stars were heard of there; here the round has begun before.
        return clerk(caseId, 'sign');
      case 'DHS':
        return act('member', caseId, 'answer', { text: '南北方向' });
      case 'BLZ':
        if (look.asksTime) {
          return plan.grants ? clerk(caseId, 'grant') : clerk(caseId, 'deny', { reason: '来得及' });
        }
        if (takes('reports')) {
          return clerk(caseId, 'progress', { text: '早高峰到路口数了车' });
        }
        if (takes('asks')) {
          return clerk(caseId, 'ask', { question: '是哪个方向排队？' });
        }
        if (takes('wantsTime')) {
          return clerk(caseId, 'requestExtension', { until: '2026-07-20', reason: '等设备' });
        }
        return reply(caseId, plan);
      default:
        return false;
    }
  }

  const reply = (caseId: string, plan: Plan): Promise<boolean> =>
    clerk(caseId, 'reply', {
      class: plan.class,
      text: '已把单一配时改为四个时段，南北直行绿灯加到 48 秒。',
      ...(plan.class === 'planned' ? { promisedOn: '2026-12-01' } : {}),
      ...(plan.class === 'declined' ? { reason: '道路改造后再定' } : {}),
    });

  return {
    ended,
    withdrawn,
    refused,
    call,
    async run(cases, count) {
      let n = 0;
      await Promise.all(
        Array.from({ length: count }, async () => {
          while (n < cases) {
            n += 1;
            await live(randomUUID(), n);
          }
        }),
      );
    },
    async still(work) {
      const done = Promise.withResolvers<undefined>();
      gate = gate.then(() => done.promise);
      while (acting > 0) {
        await pause(20);
      }
      try {
        return await work();
      } finally {
        stillSince = Date.now();
        done.resolve(undefined);
      }
    },
  };
}

const isOver = ({ here, there }: Look): boolean =>
  (here === 'closed' && there === 'YBJ') || (here === 'withdrawn' && there === 'YCH');

/** Calls of the API by people with a session each: the same key again until an answer comes. */
function caller(world: World): Courses['call'] {
  const tokens = new Map<Part, Promise<string>>();
  const tokenOf = (part: Part): Promise<string> => {
    const known = tokens.get(part) ?? world.signOn(PEOPLE[part]);
    tokens.set(part, known);
    known.catch(() => tokens.delete(part));
    return known;
  };
  return async <T>(part: Part, method: string, path: string, body?: unknown) => {
    const key = randomUUID();
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        const answer = await fetch(`${world.url}/api${path}`, {
          method,
          signal: AbortSignal.timeout(60_000),
          headers: {
            authorization: `Bearer ${await tokenOf(part)}`,
            ...(method === 'GET' ? {} : { 'idempotency-key': key, 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const words = await answer.text();
        if (answer.status === 401) {
          tokens.delete(part);
        } else if (answer.status < 500) {
          return { status: answer.status, body: (words === '' ? {} : JSON.parse(words)) as T };
        }
      } catch {
        // it is dead just now
      }
      if (Date.now() > end) {
        throw new Error(`${part} ${method} ${path} was never answered`);
      }
      await pause(RETRY_MS);
    }
  };
}
