/** A small made-up city for tests of the workflow: people, units, a calendar, and an input for every act. */
import { createCalendar } from '../../calendar/index.ts';
import { defaultLimits } from '../clocks.ts';
import { decide, type Decision, inputSchema } from '../decide.ts';
import { spec, type ActionName } from '../actions.ts';
import type { Actor, Case, Grant, Receiving, UnitFacts } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { HouseRules, World } from '../world.ts';

export const at = (text: string): number => Date.parse(`${text}+08:00`);
/** A Monday morning in a month without holidays. */
export const MONDAY = at('2026-07-06T09:00:00');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const AREA = 'city';
const CHAIN: Record<string, readonly string[]> = {
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
  unitOf('far', 'department', 'other'),
];
export const DEPARTMENTS = ['police', 'works', 'parks', 'water'] as const;

const calendar = createCalendar({ hours: [], overrides: [], noticeYears: [] });

export const INTAKE = {
  number: 'JH-2026-000001',
  areaId: AREA,
  committeeId: 'committee',
  dispatchOfficeId: 'office',
};

/** What a test may set of the world. */
export interface Given {
  rules?: Partial<HouseRules>;
  other?: Case | null;
}

const LIMITS = defaultLimits();
const MEMBERS = ['ann', 'bea', 'mia', 'max', 'may'];
const ABOVE: Record<string, string | undefined> = {
  committee: 'committee-above',
  office: 'office-above',
  'committee-below': 'committee',
};
const RECEIVING: Record<string, Receiving | undefined> = {
  city: { areaId: 'city', committeeId: 'committee', dispatchOfficeId: 'office' },
  province: { areaId: 'province', committeeId: 'committee-above', dispatchOfficeId: 'office-above' },
  county: { areaId: 'county', committeeId: 'committee-below', dispatchOfficeId: 'office-below' },
};

/** The world at an instant; nobody has left office unless named. */
export function worldAt(now: number, left: readonly string[] = [], more: Given = {}): World {
  return {
    now,
    calendar,
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
  bea: person('bea', member, grant('reviewer', 'committee'), grant('handler', 'police')), // joins ann; 回避 keeps her from the rest
  rex: person('rex', grant('reviewer', 'committee')),
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
  more: { seen?: number; left?: string[] } & Given = {},
): Decision {
  const parsed = inputSchema(action).parse(input);
  return decide(
    c,
    PEOPLE[who],
    { caseId: 'c1', action, input: parsed, seenVersion: more.seen },
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

/** An input the act's schema and its guards accept in this case, if any would be; `n` varies it. */
export function inputFor(action: ActionName, c: Case | null, n: number): object {
  const lead = c?.assignments.findLast((a) => a.part === 'lead')?.unitId;
  const units = DEPARTMENTS.filter((u) => u !== lead);
  const pick = (i: number): string => units[i % units.length] ?? 'police';
  const running = c?.clocks.filter((k) => k.stoppedAt === null && k.pausedAt === null) ?? [];
  const clockId = (running[n % Math.max(1, running.length)] ?? { id: 'none' }).id;
  const inRound =
    c?.assignments.filter((a) => a.round === c.round && a.state !== 'cancelled').map((a) => a.unitId) ?? [];
  const fresh = ['school', ...units].find((u) => !inRound.includes(u)) ?? 'school';
  const open =
    c?.assignments.filter(
      (a) => a.part === 'co' && a.round === c.round && (a.state === 'unsigned' || a.state === 'handling'),
    ) ?? [];
  const inputs: Partial<Record<ActionName, object>> = {
    submit: { ...CONTENT, title: `路口的灯 ${n}` },
    edit: { ...CONTENT, title: `改过的标题 ${c?.version} ${n}` },
    correct: { categoryId: n % 2 ? 'traffic' : 'education' },
    dispatch: {
      leadUnitId: pick(n),
      coUnitIds: n % 3 ? [pick(n + 1)] : [],
      ...(n % 5 ? {} : { limit: { unit: 'hours', amount: 7 } }),
    },
    redispatch: { leadUnitId: pick(n), coUnitIds: n % 2 ? [pick(n + 1)] : [], reason: '换一家' },
    changeCoHandlers: { coUnitIds: open.length > 0 ? [] : [fresh] },
    transferBack: { reason: '不归我们' },
    progress: { text: '去过现场', visible: n % 2 === 0 },
    ask: { question: '哪个路口？' },
    reply: { class: 'solved', text: '已经调好' },
    rate: n % 4 === 0 ? { stars: 5 } : { stars: 1 + (n % 2), text: '问题还在' },
    conclude: { ruling: n % 2 ? 'dispatchAgain' : 'uphold', text: '看过了' },
    urge: {},
    withdraw: {},
    accept: {},
  };
  const byShape: Partial<Record<string, object>> = { clock: { clockId }, none: {} };
  return inputs[action] ?? byShape[spec(action).input] ?? { reason: '说明', text: '说明' };
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
