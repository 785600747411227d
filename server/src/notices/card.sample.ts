/** The reference story at every duty, made up in memory, for previews: nobody's case. */
import {
  apply,
  CLOCKS,
  spec,
  type ActionName,
  type Assignment,
  type Case,
  type ClockKind,
  type Duty,
  type Purpose,
  type Reply,
  type UnitFacts,
} from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { CardRow } from '../store/tables.ts';
import { freshCard } from './card.fresh.ts';
import type { CardText } from './card.wording.ts';
import { resultWords } from './result.words.ts';
import { templateOf } from './card-templates.ts';

interface Situation {
  actions: readonly ActionName[];
  clock: ClockKind | null;
  /** Who acts in the story, and with what; their button on the card. */
  by: string;
  changes?: Partial<Case>;
}
export type CaseText = Exclude<CardText, `counts${string}`>;

const MEMBER = '委员';
const OFFICE = '陈洁';
const HEAD = '李建国';
const INSPECTOR = '郑卫平';
const HANDLER = '周凯';
const ASK = { id: 'q1', question: '早高峰大约几点最堵？', askedAt: 0, round: 1 };

const SITUATIONS: Record<CaseText, Situation> = {
  review: { actions: ['accept', 'return', 'decline'], clock: 'review', by: '方敏' },
  supplement: { actions: ['submit', 'withdraw'], clock: 'supplement', by: MEMBER },
  join: { actions: ['join', 'declineJoin'], clock: null, by: MEMBER },
  dispatch: { actions: ['dispatch', 'sendBack'], clock: 'dispatch', by: OFFICE },
  'dispatch.transferred': {
    actions: ['dispatch', 'sendBack'],
    clock: 'dispatch',
    by: OFFICE,
    changes: { transferred: true },
  },
  handle: { actions: ['sign', 'reply'], clock: 'sign', by: HANDLER },
  'handle.rework': { actions: ['sign', 'reply'], clock: 'sign', by: HANDLER, changes: { reworks: 1 } },
  'handle.reply': { actions: ['reply'], clock: 'reply', by: HANDLER },
  'handle.reworkReply': { actions: ['reply'], clock: 'reply', by: HANDLER, changes: { reworks: 1 } },
  'handle.paused': { actions: ['reply'], clock: 'reply', by: HANDLER, changes: { ask: ASK } },
  cohandle: { actions: ['opinion'], clock: null, by: '吴珊' },
  answer: { actions: ['answer'], clock: 'ask', by: MEMBER, changes: { ask: ASK } },
  extension: { actions: ['grant', 'deny'], clock: 'extension', by: OFFICE },
  approve: { actions: ['approve', 'rejectReply'], clock: 'check', by: HEAD },
  check: { actions: ['approve', 'rejectReply'], clock: 'check', by: OFFICE },
  supervision: { actions: ['answerSupervision'], clock: 'supervision', by: HEAD },
  rate: { actions: ['rate'], clock: 'rate', by: MEMBER },
  ruling: { actions: ['conclude'], clock: 'ruling', by: INSPECTOR, changes: { reworks: 2 } },
  appeal: { actions: ['reviewAppeal'], clock: 'appeal', by: INSPECTOR },
};

const LEAD = 'sample-lead';
/** The unit of the story; every other id is nobody's. */
export const sampleUnit = (id: string): UnitFacts | undefined =>
  id === LEAD
    ? { id, name: '金华市公安局交警支队', shortName: '交警支队', type: 'department', areaId: '' }
    : undefined;

export interface Sample {
  c: Case;
  card: CardRow;
  duty: Duty;
  /** The card once somebody acted, and with which button. */
  ended: CardRow;
  button: string;
}

const assignment = (at: number): Assignment => ({
  id: 'a1',
  unitId: LEAD,
  part: 'lead',
  round: 1,
  state: 'handling',
  rework: false,
  assignedAt: at,
  signedAt: at,
  endedAt: null,
});
const reply = (at: number): Reply => ({
  round: 1,
  unitId: LEAD,
  personId: 'handler',
  coUnitIds: [],
  class: 'solved',
  text: '已把单一配时改为早高峰、平峰、晚高峰、夜间四个时段，南北直行绿灯由 35 秒调至 48 秒。今早实测，最长排队由 210 米降到 95 米。',
  fileIds: [],
  reason: null,
  promisedOn: null,
  at,
});

function storyCase(now: number, calendar: WorkingCalendar): Case {
  const c = apply(null, {
    caseId: 'sample',
    version: 1,
    action: 'submit',
    at: now,
    personId: 'author',
    capacity: { kind: 'author' },
    to: 'submitted',
    clocks: Object.entries(CLOCKS).map(([kind, { limit }]) => {
      const { dueAt } = calendar.due(now, limit);
      const times = { startedAt: now, limit, dueAt, firstDueAt: dueAt, pausedAt: null, pausedMinutes: 0 };
      const ends = { stoppedAt: null, overdueAt: null, told: null, moves: [], version: 0 };
      const clock = { id: `${kind}#1`, kind: kind as ClockKind, unitId: null, round: 1, ...times, ...ends };
      return { do: 'start' as const, clock };
    }),
    data: {
      content: {
        title: '迎宾大道红绿灯按车流设置时长',
        situation:
          '迎宾大道红绿灯时间不合理，一直都是一样的，早上上班那会儿南北方向排队很长很长，东西方向又没什么车。',
        analysis: '',
        suggestion: '按车流设置时长。',
        categoryId: 'traffic',
        place: { text: '迎宾大道与环城南路交叉口', areaId: 'sample' },
        fileIds: [],
        answers: [],
      },
      disclosure: { anonymous: false, openness: 'staff', phoneToUnit: false },
      authorId: 'author',
      intake: { number: 'JH-2026-000123', areaId: '', committeeId: '', dispatchOfficeId: '' },
    },
  });
  return {
    ...c,
    round: 1,
    assignments: [assignment(now)],
    replies: [reply(now)],
    approval: { reply: reply(now), assignmentId: 'a1', steps: ['head'] },
    extension: { until: '2026-07-15', reason: '要等信号机厂家到场调试', at: now },
    supervision: { level: 'normal', text: '请主要负责人三个工作日内答复', at: now, answeredAt: null },
    appeals: [{ round: 1, unitId: LEAD, reason: '路口归属未定，已书面说明', at: now, outcome: null }],
  };
}

/** The story where the card says that text. */
export function sampleOf(text: CaseText, now: number, calendar: WorkingCalendar): Sample {
  const { actions, clock, by, changes } = SITUATIONS[text];
  const purpose = text.split('.')[0] as Purpose;
  const duty: Duty = {
    key: 'sample',
    purpose,
    audience: { to: 'movers' },
    actions,
    clockId: clock === null ? null : `${clock}#1`,
    holds: true,
  };
  const card: CardRow = {
    id: 'sample',
    case_id: 'sample',
    duty_key: duty.key,
    purpose,
    round: 1,
    person_id: 'sample',
    account_id: 'sample',
    host_id: '',
    out_track_id: '',
    template: templateOf(purpose),
    case_version: 1,
    ...freshCard(now),
  };
  const act = actions[0] ?? 'accept';
  const result = resultWords(by, now, act, act === 'rate' ? 5 : null);
  return {
    c: { ...storyCase(now, calendar), ...changes },
    card,
    duty,
    ended: { ...card, live: 0, result_text: result },
    button: act === 'rate' ? '打五星' : spec(act).label,
  };
}
