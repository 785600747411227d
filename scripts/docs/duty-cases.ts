/** One made-up case for each duty there is, so that the document asks the workflow itself who must move. */
import {
  apply,
  CLOCKS,
  defaultLimits,
  duties,
  type ApprovalStep,
  type Assignment,
  type Case,
  type ClockKind,
  type Duty,
  type Purpose,
} from '../../shared/src/workflow/index.ts';

export interface DutyCase {
  purpose: Purpose;
  /** In Chinese: in which state of things the duty exists. */
  when: string;
  /** In Chinese: whose it is. */
  who: string;
  changes: Partial<Case>;
}

const AT = 0;
const PLAIN: Case = apply(null, {
  caseId: 'c',
  version: 1,
  action: 'submit',
  at: AT,
  personId: 'author',
  capacity: { kind: 'author' },
  to: 'submitted',
  clocks: Object.keys(CLOCKS).map((kind) => ({
    do: 'start',
    clock: {
      id: `${kind}#1`,
      kind: kind as ClockKind,
      unitId: null,
      round: 1,
      startedAt: AT,
      limit: defaultLimits()[kind as ClockKind],
      dueAt: AT,
      firstDueAt: AT,
      pausedAt: null,
      pausedMinutes: 0,
      stoppedAt: null,
      overdueAt: null,
      told: null,
      moves: [],
      version: 0,
    },
  })),
  data: {
    content: {
      title: '',
      situation: '',
      analysis: '',
      suggestion: '',
      categoryId: 'other',
      place: { text: '', areaId: null },
      fileIds: [],
      answers: [],
    },
    disclosure: { anonymous: false, openness: 'staff', phoneToUnit: false },
    authorId: 'author',
    intake: { number: '', areaId: '', committeeId: '', dispatchOfficeId: '' },
  },
});

const assignment = (part: Assignment['part'], state: Assignment['state']): Assignment => ({
  id: part,
  unitId: part,
  part,
  round: 1,
  state,
  rework: false,
  assignedAt: AT,
  signedAt: state === 'handling' ? AT : null,
  endedAt: null,
});
const lead = (state: Assignment['state']): Partial<Case> => ({
  round: 1,
  assignments: [assignment('lead', state)],
});
const withCo = (state: Assignment['state']): Partial<Case> => ({
  round: 1,
  assignments: [assignment('lead', 'handling'), assignment('co', state)],
});

const approval = (step: ApprovalStep): Partial<Case> => ({
  approval: {
    assignmentId: 'lead',
    steps: [step],
    reply: {
      round: 1,
      unitId: 'lead',
      personId: 'handler',
      coUnitIds: [],
      class: 'solved',
      text: '',
      fileIds: [],
      reason: null,
      promisedOn: null,
      at: AT,
    },
  },
});

export const DUTY_CASES: readonly DutyCase[] = [
  { purpose: 'review', when: '待审核', who: '收件政协的全部审核人', changes: { state: 'submitted' } },
  { purpose: 'supplement', when: '退回补充', who: '第一提出人', changes: { state: 'returned' } },
  { purpose: 'dispatch', when: '待交办', who: '三服务办全部经办人', changes: { state: 'accepted' } },
  {
    purpose: 'handle',
    when: '待签收',
    who: '主办单位全部经办人，先办者为准',
    changes: { state: 'dispatched', ...lead('unsigned') },
  },
  {
    purpose: 'handle',
    when: '办理中',
    who: '主办单位全部经办人，先办者为准',
    changes: { state: 'handling', ...lead('handling') },
  },
  {
    purpose: 'cohandle',
    when: '待签收、办理中；协办未签收',
    who: '协办单位全部经办人',
    changes: { state: 'handling', ...withCo('unsigned') },
  },
  {
    purpose: 'cohandle',
    when: '待签收、办理中；协办已签收',
    who: '协办单位全部经办人',
    changes: { state: 'handling', ...withCo('handling') },
  },
  {
    purpose: 'answer',
    when: '单位提问之后',
    who: '全体提出人，一人回答即可',
    changes: {
      state: 'handling',
      ...lead('handling'),
      ask: { id: 'q1', question: '', askedAt: AT, round: 1 },
    },
  },
  {
    purpose: 'cohandle',
    when: '待审签；答复等会签',
    who: '协办单位全部经办人',
    changes: { state: 'replying', ...withCo('handling'), ...approval('countersign') },
  },
  {
    purpose: 'approve',
    when: '待审签；等负责人',
    who: '主办单位全部负责人',
    changes: { state: 'replying', ...lead('handling'), ...approval('head') },
  },
  {
    purpose: 'check',
    when: '待审签；等三服务办',
    who: '三服务办全部经办人',
    changes: { state: 'replying', ...lead('handling'), ...approval('dispatcher') },
  },
  {
    purpose: 'extension',
    when: '单位申请延期之后',
    who: '三服务办全部经办人',
    changes: {
      state: 'handling',
      ...lead('handling'),
      extension: { until: '2026-07-20', reason: '', at: AT },
    },
  },
  {
    purpose: 'supervision',
    when: '督查督办之后',
    who: '承办单位全部负责人；没有负责人时为经办人',
    changes: {
      state: 'handling',
      ...lead('handling'),
      supervision: { level: 'normal', text: '', at: AT, answeredAt: null },
    },
  },
  {
    purpose: 'appeal',
    when: '单位申请复核之后',
    who: '本地区及上级督查',
    changes: {
      state: 'closed',
      ...lead('done'),
      appeals: [{ round: 1, unitId: 'lead', reason: '', at: AT, outcome: null }],
    },
  },
  {
    purpose: 'join',
    when: '受邀联名之后',
    who: '受邀的委员',
    changes: { state: 'submitted', authors: [{ personId: 'invited', joined: 'invited' }] },
  },
  {
    purpose: 'rate',
    when: '待评价',
    who: '每位还没评价的提出人',
    changes: { state: 'replied', ...lead('done'), awaited: ['author'] },
  },
  {
    purpose: 'ruling',
    when: '待裁定',
    who: '本地区及上级督查',
    changes: { state: 'disputed', ...lead('done') },
  },
];

/** The duty of that purpose in the made-up case; throws when the workflow knows none. */
export function dutyOf({ purpose, when, changes }: DutyCase): Duty {
  const found = duties({ ...PLAIN, ...changes }).find((duty) => duty.purpose === purpose);
  if (!found) {
    throw new Error(`the workflow has no duty ${purpose} at ${when}`);
  }
  return found;
}
