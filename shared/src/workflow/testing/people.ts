/** A small made-up city for tests of the workflow: people, units, a calendar, and an input for every act. */
import { createCalendar, type WorkingCalendar } from '../../calendar/index.ts';
import { defaultLimits } from '../clocks.ts';
import { decide, type Decision, inputSchema } from '../decide.ts';
import { spec, type ActionName } from '../actions.ts';
import { emptyCase } from '../empty.ts';
import { shanghaiDate } from '../../time/index.ts';
import type { Actor, Case, Grant, Receiving, UnitFacts } from '../model.ts';
import type { PlatformSays } from '../platform.ts';
import { Refusal } from '../refusal.ts';
import type { HouseRules, World } from '../world.ts';

export const at = (text: string): number => Date.parse(`${text}+08:00`);
/** A Monday morning in a month without holidays. */
export const MONDAY = at('2026-07-06T09:00:00');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const AREA = 'city';
export const CHAIN: Record<string, readonly string[]> = {
  city: ['city', 'province'],
  county: ['county', 'city', 'province'],
  other: ['other', 'province'],
  province: ['province'],
};
const unitOf = (id: string, type: UnitFacts['type'], areaId = AREA): UnitFacts => ({
  id,
  name: id,
  shortName: id,
  type,
  areaId,
});
const UNITS = [
  unitOf('committee', 'committee'),
  unitOf('office', 'dispatchOffice'),
  unitOf('police', 'department'),
  unitOf('works', 'department'),
  unitOf('parks', 'department'),
  unitOf('water', 'department'),
  unitOf('school', 'department', 'county'),
  unitOf('clinic', 'department', 'county'),
  unitOf('far', 'department', 'other'),
];
export const DEPARTMENTS = ['police', 'works', 'parks', 'water'] as const;

const calendar = createCalendar({ hours: [], overrides: [], notices: [] });

export const INTAKE = {
  number: 'JH-2026-000001',
  areaId: AREA,
  committeeId: 'committee',
  dispatchOfficeId: 'office',
};

/** What a test may set of the world. */
export interface Given {
  calendar?: WorkingCalendar;
  rules?: Partial<HouseRules>;
  other?: Case | null;
  /** The platform connected to the area. */
  partner?: string;
}

const LIMITS = defaultLimits();

/** An open case of the same committee, to merge into. */
export const OTHER: Case = {
  ...emptyCase('other', 0),
  number: 'JH-2026-000002',
  state: 'accepted',
  committeeId: 'committee',
};
const MEMBERS = ['ann', 'bea', 'mia', 'max', 'may'];
const ABOVE: Record<string, string | undefined> = {
  committee: 'committee-above',
  office: 'office-above',
  'committee-below': 'committee',
};
export const RECEIVING: Record<string, Receiving | undefined> = {
  city: { areaId: 'city', committeeId: 'committee', dispatchOfficeId: 'office' },
  province: { areaId: 'province', committeeId: 'committee-above', dispatchOfficeId: 'office-above' },
  county: { areaId: 'county', committeeId: 'committee-below', dispatchOfficeId: 'office-below' },
};

/** The world at an instant; nobody has left office unless named. */
export function worldAt(now: number, left: readonly string[] = [], more: Given = {}): World {
  return {
    now,
    calendar: more.calendar ?? calendar,
    limitOf: (kind) => LIMITS[kind],
    rules: { dispatcherCheck: false, headApproval: () => false, visitPercent: 10, ...more.rules },
    elsewhere: () => ({ calendar, limitOf: (kind) => LIMITS[kind] }),
    intake: INTAKE,
    unitAbove: (id) => ABOVE[id],
    receiving: (areaId) => RECEIVING[areaId],
    holders: (role, unitId) =>
      Object.values<Actor>(PEOPLE).flatMap((p) =>
        p.kind === 'person' && p.grants.some((g) => g.role === role && g.unitId === unitId)
          ? [p.personId]
          : [],
      ),
    isMember: (id) => MEMBERS.includes(id),
    ...(more.partner === undefined ? {} : { partner: more.partner }),
    ...(more.other === undefined ? {} : { other: more.other }),
    unit: (id) => UNITS.find((u) => u.id === id),
    areaChain: (id) => CHAIN[id] ?? [id],
    leftOffice: (id) => left.includes(id),
  };
}

const grant = (role: Grant['role'], unitId: string | null = null, areaId = AREA): Grant => ({
  role,
  unitId,
  areaId,
});
const person = (personId: string, ...grants: Grant[]): Actor & { kind: 'person' } => ({
  kind: 'person',
  personId,
  grants,
});
const member = grant('member', 'committee');

export const PEOPLE = {
  ann: person('ann', member), // the first author
  max: person('max', member), // his own case may be merged into hers
  may: person('may', member),
  bea: person('bea', member, grant('reviewer', 'committee'), grant('handler', 'police')), // joins ann; 回避 keeps her from the rest
  rex: person('rex', grant('reviewer', 'committee')),
  rae: person('rae', grant('reviewer', 'committee-above', 'province')),
  rod: person('rod', grant('reviewer', 'committee-below', 'county')),
  dot: person('dot', grant('dispatcher', 'office-above', 'province')),
  dee: person('dee', grant('dispatcher', 'office-below', 'county')),
  sue: person('sue', grant('handler', 'school', 'county'), grant('handler', 'clinic', 'county')),
  rob: person('rob', grant('reviewer', 'committee-elsewhere', 'other')),
  dora: person('dora', grant('dispatcher', 'office')),
  dan: person('dan', grant('dispatcher', 'office-elsewhere', 'other')),
  pia: person('pia', grant('handler', 'police')),
  pit: person('pit', grant('handler', 'police')),
  walt: person('walt', grant('handler', 'works')),
  paul: person('paul', grant('handler', 'parks')),
  both: person('both', grant('handler', 'works'), grant('handler', 'water')),
  hal: person('hal', grant('head', 'police')),
  ivy: person('ivy', grant('inspector', null)),
  ivan: person('ivan', grant('inspector', null, 'province')),
  iris: person('iris', grant('inspector', null, 'other')),
  lea: person('lea', grant('leader', null)),
  mia: person('mia', member),
  nobody: person('nobody'),
  timer: { kind: 'timer' } as Actor,
  platform: { kind: 'platform', platformId: 'xgj' } as Actor,
  stranger: { kind: 'platform', platformId: 'another' } as Actor,
} as const satisfies Record<string, Actor>;
export type Who = keyof typeof PEOPLE;
export const EVERYONE = Object.keys(PEOPLE) as Who[];

export const CONTENT = {
  title: '路口的灯',
  situation: '排队很长',
  analysis: '',
  suggestion: '',
  categoryId: 'traffic',
  place: { text: '路口', areaId: null },
  fileIds: [],
  answers: [],
};

/** Decides with a parsed input; throws the {@link Refusal}. */
export function act(
  c: Case | null,
  who: Who,
  action: ActionName,
  input: object,
  now: number,
  more: { seen?: number; left?: string[]; says?: PlatformSays } & Given = {},
): Decision {
  const parsed = inputSchema(action).parse(input);
  return decide(
    c,
    PEOPLE[who],
    { caseId: 'c1', action, input: parsed, seenVersion: more.seen, says: more.says },
    worldAt(now, more.left, more),
  );
}

/** The stable word of the refusal, or null when it is allowed. */
export function refusalOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Refusal) {
      return error.code;
    }
    throw error;
  }
}

/** The same case with bea as a joint author who accepted: inviting is not built yet. */
export function joinedByBea(c: Case): Case {
  return { ...c, authors: [...c.authors, { personId: 'bea', joined: 'accepted' }] };
}

/** In whose name the platform speaks, and what it says of due moments; `n` varies it. */
export function saysFor(action: ActionName, c: Case | null, n: number): PlatformSays {
  const now = c?.lastEventAt ?? MONDAY;
  const co = c?.assignments.find(
    (a) => a.part === 'co' && a.round === c.round && (a.state === 'unsigned' || a.state === 'handling'),
  );
  const asCo = action === 'opinion' || (n % 2 === 1 && BY_CO.has(action));
  const later = Math.max(now, ...(c?.clocks.map((k) => k.dueAt) ?? [])) + DAY;
  return {
    ...(asCo && co ? { unitId: co.unitId } : {}),
    ...(n % 3 === 0 ? { due: { sign: later, reply: later + DAY, dispatch: later } } : {}),
  };
}
const BY_CO: ReadonlySet<ActionName> = new Set<ActionName>(['sign', 'progress', 'transferBack']);

const day = (ms: number): string => shanghaiDate(ms);
const moment = (ms: number): string => new Date(ms).toISOString();

/** An input the act's schema and its guards accept in this case, if any would be; `n` varies it. */
export function inputFor(action: ActionName, c: Case | null, n: number): object {
  const now = c?.lastEventAt ?? MONDAY;
  const lead = c?.assignments.findLast((a) => a.part === 'lead')?.unitId;
  const near = c?.areaId === 'county' ? ['school', 'clinic'] : DEPARTMENTS;
  const units = near.filter((u) => u !== lead);
  const pick = (i: number): string => units[i % units.length] ?? 'police';
  // Where only one other unit is left it cannot lead and help at once.
  const beside = (i: number): string[] => (units.length > 1 ? [pick(i)] : []);
  const running = c?.clocks.filter((k) => k.stoppedAt === null && k.pausedAt === null) ?? [];
  const clock = running[n % Math.max(1, running.length)];
  const clockId = clock?.id ?? 'none';
  const inRound =
    c?.assignments.filter((a) => a.round === c.round && a.state !== 'cancelled').map((a) => a.unitId) ?? [];
  const fresh = ['school', 'clinic', ...units].find((u) => u !== lead && !inRound.includes(u)) ?? 'far';
  const open =
    c?.assignments.filter(
      (a) => a.part === 'co' && a.round === c.round && (a.state === 'unsigned' || a.state === 'handling'),
    ) ?? [];
  const replyDue = c?.clocks.findLast((k) => k.kind === 'reply')?.dueAt ?? now;
  const why = { reason: '说明' };
  const inputs: Partial<Record<ActionName, object>> = {
    receive: { number: `SFW-${n}` },
    submit: {
      ...CONTENT,
      title: `路口的灯 ${n}`,
      disclosure: { anonymous: n % 5 > 2, openness: n % 3 ? 'public' : 'staff', phoneToUnit: false },
    },
    edit: { ...CONTENT, title: `改过的标题 ${c?.version} ${n}` },
    correct: { categoryId: n % 2 ? 'traffic' : 'education' },
    accept: { urgency: n % 3 ? 'normal' : 'urgent', ...(n % 4 ? {} : { openness: 'staff' }) },
    merge: { intoCaseId: OTHER.id },
    absorb: { caseId: `m${(c?.absorbed.length ?? 0) + 1}`, authors: [c?.absorbed.length ? 'may' : 'max'] },
    release: { caseId: c?.absorbed[0]?.caseId ?? 'none' },
    delegate: { ...why, areaId: c?.areaId === 'province' ? 'city' : 'county' },
    invite: { personIds: n % 2 ? ['bea'] : ['bea', 'mia'] },
    dispatch: {
      leadUnitId: pick(n),
      coUnitIds: n % 3 ? beside(n + 1) : [],
      countersign: n % 2 === 0,
      note: '请办理',
      ...(n % 5 ? {} : { limit: { unit: 'hours', amount: 7 } }),
    },
    redispatch: { leadUnitId: pick(n), coUnitIds: n % 2 ? beside(n + 1) : [], reason: '换一家' },
    changeCoHandlers: { coUnitIds: open.length > 0 ? [] : [fresh] },
    transferBack: { reason: '不归我们' },
    progress: { text: '去过现场', visible: n % 2 === 0 },
    contact: { at: moment(now), way: 'phone', text: '谈过了' },
    ask: { question: '哪个路口？' },
    requestExtension: { ...why, until: day(replyDue + 5 * DAY) },
    reply:
      n % 3 === 0
        ? { class: 'planned', text: '列入计划', promisedOn: day(now + 20 * DAY) }
        : { class: 'solved', text: '已经调好' },
    rate: n % 4 === 0 ? { stars: 5 } : { stars: 1 + (n % 2), text: '问题还在' },
    conclude: { ruling: n % 2 ? 'dispatchAgain' : 'uphold', text: '看过了' },
    reviewAppeal: { outcome: n % 2 ? 'stands' : 'excused', text: '看过了' },
    visit: { at: moment(now), way: 'phone', outcome: 'solved' },
    adopt: { level: 'city' },
    publish: { title: '路口的灯', text: '已经调好' },
    supervise: { text: '请尽快', ...(n % 2 ? {} : { limit: { unit: 'hours', amount: 2 } }) },
    reveal: { ...why, basis: 'consent' },
    recount: { clockId, why: '日历变了' },
    remind: { clockId, step: (['half', 'amber', 'head', 'dispatcher', 'inspector'] as const)[n % 5] },
    urge: {},
    withdraw: {},
  };
  const byShape: Partial<Record<string, object>> = { clock: { clockId }, none: {}, note: {} };
  return inputs[action] ?? byShape[spec(action).input] ?? { ...why, text: '说明' };
}

/** JSON with keys in order: equal texts are equal values. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, v: unknown) =>
    v !== null && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );
/** True when both say the same, whatever the order of their keys. */
export const same = (a: unknown, b: unknown): boolean => text(a) === text(b);
