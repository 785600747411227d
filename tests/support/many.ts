/**
 * A city with as much under way as Jinhua has: each case lives its course through `decide`, in the order and at the
 * moments its people would act, and is then kept with its whole history. Only cards and notices are left out: nobody
 * reads two thousand of them. The same on every run.
 */
import { createCalendar } from '../../shared/src/calendar/index.ts';
import { shanghaiDate } from '../../shared/src/time/index.ts';
import {
  decide,
  inputSchema,
  type ActionName,
  type Actor,
  type Case,
  type CaseEvent,
} from '../../shared/src/workflow/index.ts';
import type { App } from '../../server/src/app.ts';
import { saveCase } from '../../server/src/cases/case.repository.ts';
import { saveTimers } from '../../server/src/cases/timers.repository.ts';
import { standardPolicies, worldOf, type WorldSources } from '../../server/src/cases/index.ts';
import { appendEvent } from '../../server/src/ledger/index.ts';
import { actorOf, holders } from '../../server/src/people/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { report } from './town.ts';

const calendar = createCalendar({ hours: [], overrides: [], notices: [] });
const AT_ONCE = 50;

type Doer = 'author' | 'reviewer' | 'dispatcher' | 'handler';
interface Step {
  /** Working hours before the present. */
  ago: number;
  who: Doer;
  action: ActionName;
  /** Which of the case's units acts or is given it: the first by default. */
  unit?: 0 | 1 | 2;
  input?: (c: Case) => object;
}

const WHY = { reason: '不属于本单位职责' };
const filed = (ago: number): Step[] => [
  { ago: ago + 3, who: 'author', action: 'submit' },
  { ago: ago + 2, who: 'reviewer', action: 'accept' },
];
const given = (ago: number, unit: Step['unit'] = 0): Step => ({
  ago,
  who: 'dispatcher',
  action: 'dispatch',
  unit,
});
const signed = (ago: number, unit: Step['unit'] = 0): Step => ({ ago, who: 'handler', action: 'sign', unit });
const back = (ago: number, unit: Step['unit'] = 0): Step => ({
  ago,
  who: 'handler',
  action: 'transferBack',
  unit,
  input: () => WHY,
});

/** Two working days after the reply is due. */
function twoDaysMore(c: Case): object {
  const due = c.clocks.findLast((k) => k.kind === 'reply')?.dueAt ?? 0;
  return { reason: '要等设备到货', until: shanghaiDate(calendar.addWorkingDays(due, 2)) };
}

/** What becomes of a case; `n` spreads those of one course over the days. */
const COURSES = {
  fresh: (n) => [...filed(1 + (n % 3) / 2), given(1 + (n % 3) / 2)],
  handling: (n) => [...filed(4 + (n % 11)), given(4 + (n % 11)), signed(3 + (n % 11))],
  asked: (n) => [
    ...filed(5 + (n % 5)),
    given(5 + (n % 5)),
    { ago: 3, who: 'handler', action: 'ask', input: () => ({ question: '请问是哪个时段？' }) },
  ],
  replied: (n) => [
    ...filed(24 + (n % 9)),
    given(24 + (n % 9)),
    signed(22),
    {
      ago: 6 + (n % 7),
      who: 'handler',
      action: 'reply',
      input: () => ({ class: 'solved', text: '已到现场处理，请您看看效果。' }),
    },
  ],
  accepted: (n) => filed((n % 4) / 2),
  unanswered: (n) => [...filed(40 + ((n * 7) % 90)), given(40 + ((n * 7) % 90)), signed(38 + ((n * 7) % 90))],
  unsigned: (n) => [...filed(6 + (n % 8)), given(6 + (n % 8))],
  handedOn: (n) => [
    ...filed(50 + ((n * 5) % 60)),
    given(50 + ((n * 5) % 60)),
    back(49 + ((n * 5) % 60)),
    given(48 + ((n * 5) % 60), 1),
    back(47 + ((n * 5) % 60), 1),
    given(46 + ((n * 5) % 60), 2),
    signed(45 + ((n * 5) % 60), 2),
  ],
  afterExtension: (n) => [
    ...filed(66 + (n % 20)),
    given(66 + (n % 20)),
    signed(64 + (n % 20)),
    { ago: 60 + (n % 20), who: 'handler', action: 'requestExtension', input: twoDaysMore },
    { ago: 59 + (n % 20), who: 'dispatcher', action: 'grant' },
  ],
  redispatch: (n) => [...filed(14 + (n % 20)), given(12 + (n % 20)), back(10 + (n % 20))],
  secondRedispatch: (n) => [
    ...filed(20 + (n % 9)),
    given(18 + (n % 9)),
    back(17 + (n % 9)),
    given(16 + (n % 9), 1),
    back(15 + (n % 9), 1),
  ],
  undispatched: (n) => filed(8 + (n % 9)),
} as const satisfies Record<string, (n: number) => Step[]>;
export type Course = keyof typeof COURSES;

/** Sized like the picture of the screen: 2,013 running, 164 of them late, 26 not for a unit to end. */
export const JINHUA: Record<Course, number> = {
  fresh: 180,
  handling: 1_230,
  asked: 20,
  replied: 330,
  accepted: 89,
  unanswered: 71,
  handedOn: 34,
  afterExtension: 17,
  unsigned: 16,
  redispatch: 15,
  secondRedispatch: 6,
  undispatched: 5,
};

const MATTERS = [
  '老旧小区雨污管道反复堵塞',
  '沿线违规加盖雨棚有坠落风险',
  '人行道地砖破损绊倒老人',
  '加装电梯公示期材料重复提交',
  '五金城周边夜间烧烤油烟直排',
  '小作坊污水颜色异常',
  '学校门口上下学接送拥堵',
  '公交站台没有遮阳棚',
  '夜间施工噪声扰民',
  '河道护栏松动',
] as const;

/** Fills an open, empty town whose clock stands at the present; answers how many cases there are. */
export async function fillTown(app: App, counts: Partial<Record<Course, number>> = JINHUA): Promise<number> {
  const now = app.clock.businessNow();
  const sources: WorldSources = {
    directory: app.directory,
    calendars: { of: () => calendar },
    policies: standardPolicies,
  };
  const actor = await castOf(app, now);
  const city = app.directory.areas().find((area) => area.tier === 'city');
  const places = app.directory.areas().filter((area) => area.parentId === city?.id);
  const units = app.directory.units().filter((unit) => unit.type === 'department');
  const where = app.directory.receivingCommittee(places[0]?.id ?? null, null);
  if (!where || places.length === 0) {
    throw new Error('the town has no committee');
  }
  const before = hoursBefore(now);
  let made = 0;
  let batch: { c: Case; events: CaseEvent[] }[] = [];

  const keep = async (): Promise<void> => {
    const lives = batch;
    batch = [];
    // Whoever waits for an answer meanwhile gets one.
    await new Promise(setImmediate);
    await app.store.transact(async (tx) => {
      for (const { c, events } of lives) {
        await saveCase(tx, null, c, calendar);
        for (const event of events) {
          await appendEvent(tx, event);
        }
        await saveTimers(tx, null, c, calendar);
        await app.late.record(tx, { decision: { next: c, events, tells: [], also: [] } });
      }
    });
  };

  for (const [course, count] of Object.entries(counts) as [Course, number][]) {
    for (let n = 0; n < count; n += 1) {
      made += 1;
      // A few units have most of it, as everywhere.
      const first = (made * made + n) % units.length;
      const own = [0, 1, 2].map((i) => units[(first + i * 7) % units.length]?.id ?? '');
      const place = places[made % places.length];
      batch.push(
        live(COURSES[course](n), {
          at: (ago) => before(ago),
          actor: (who, unitId) => actor(who, unitId),
          units: own,
          number: `JH-2025-${String(made).padStart(6, '0')}`,
          content: {
            title: `${place?.name ?? ''}${MATTERS[made % MATTERS.length]}（${made}）`.slice(0, 30),
            place: { text: `${place?.name ?? ''}某处`, areaId: place?.id ?? null },
          },
          sources,
          where,
        }),
      );
      if (batch.length >= AT_ONCE) {
        await keep();
      }
    }
  }
  await keep();
  // Connections that idled out meanwhile are noticed before they are used again.
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
  return made;
}

interface Life {
  at(ago: number): number;
  actor(who: Doer, unitId: string): Actor;
  units: readonly string[];
  number: string;
  content: object;
  sources: WorldSources;
  where: { areaId: string; committeeId: string; dispatchOfficeId: string };
}

function live(steps: readonly Step[], life: Life): { c: Case; events: CaseEvent[] } {
  const caseId = uuidv7();
  const events: CaseEvent[] = [];
  let c: Case | null = null;
  for (const { ago, who, action, unit = 0, input } of steps) {
    const unitId = life.units[unit] ?? '';
    const given: object =
      action === 'submit'
        ? report(life.content)
        : action === 'dispatch'
          ? { leadUnitId: unitId, coUnitIds: [] }
          : c && input
            ? input(c)
            : {};
    const now = life.at(ago);
    const world = worldOf(life.sources, life.where.areaId, now);
    const decision: ReturnType<typeof decide> = decide(
      c,
      life.actor(who, unitId),
      { caseId, action, input: inputSchema(action).parse(given) },
      { ...world, ...(c ? {} : { intake: { number: life.number, ...life.where } }) },
    );
    events.push(...decision.events);
    c = decision.next;
  }
  if (!c) {
    throw new Error('a course without steps');
  }
  return { c, events };
}

/** The people who act: one for each part, and one handler a unit. */
async function castOf(app: App, now: number): Promise<(who: Doer, unitId: string) => Actor> {
  const { store, directory } = app;
  const city = directory.areas().find((area) => area.tier === 'city');
  const one = async (
    role: 'member' | 'reviewer' | 'dispatcher' | 'handler',
    unitId: string,
  ): Promise<Actor> => {
    const [found] = await store.read((db) => holders(db, { role, unitId }, now));
    const acting = found ? await store.read((db) => actorOf(db, found.personId, now)) : null;
    if (!acting) {
      throw new Error(`nobody is ${role} of ${unitId}`);
    }
    return acting.actor;
  };
  const committee = directory.committeeOf(city?.id ?? '')?.id ?? '';
  const office = directory.dispatchOfficeOf(city?.id ?? '')?.id ?? '';
  const fixed = {
    author: await one('member', committee),
    reviewer: await one('reviewer', committee),
    dispatcher: await one('dispatcher', office),
  };
  const handlers = new Map<string, Actor>();
  for (const unit of directory.units().filter((each) => each.type === 'department')) {
    handlers.set(unit.id, await one('handler', unit.id));
  }
  return (who, unitId) => {
    const actor = who === 'handler' ? handlers.get(unitId) : fixed[who];
    if (!actor) {
      throw new Error(`nobody answers for ${unitId}`);
    }
    return actor;
  };
}

/** Instants by the working hours that lie between them and the present. */
function hoursBefore(now: number): (hours: number) => number {
  const known = new Map<number, number>();
  return (hours) => {
    const found = known.get(hours);
    if (found !== undefined) {
      return found;
    }
    let low = now - 200 * 86_400_000;
    let high = now;
    while (high - low > 1_000) {
      const middle = Math.floor((low + high) / 2);
      if (calendar.workingMinutesBetween(middle, now) > hours * 60) {
        low = middle;
      } else {
        high = middle;
      }
    }
    known.set(hours, high);
    return high;
  };
}
