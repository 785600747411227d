/**
 * The workflow, as one table. Server authorization, buttons in the mini-app and on cards, the OpenAPI document, the
 * state diagram and the property tests all derive from it; nothing else decides who may do what.
 */
import type { CaseState } from '../words/index.ts';
import type { InputName } from './inputs.ts';

/** How an actor stands to a case. Each is resolved in relations.ts. */
export type Relation =
  | 'author' // the first author or a joint author who accepted
  | 'firstAuthor'
  | 'reviewer' // holds the role in the receiving committee
  | 'dispatcher' // holds the role in the dispatch office of the case's area
  | 'leadHandler'
  | 'coHandler'
  | 'head' // of the lead unit
  | 'inspector' // of the case's area or one above
  | 'leader'
  | 'member' // any member the case is open to
  | 'invited' // invited as joint author, undecided
  | 'staff' // any of reviewer, dispatcher, leadHandler, coHandler, inspector
  | 'timer'
  | 'platform';

export interface ActionSpec {
  label: string;
  /** `new` stands for a case that does not exist yet. */
  from: readonly (CaseState | 'new')[];
  /** States it may lead to; `same` keeps the state. */
  to: readonly (CaseState | 'same')[];
  who: readonly Relation[];
  input: InputName;
  /** Refused when another exclusive action, a supplement or an answer came after the version the actor saw. */
  exclusive: boolean;
  /** One line that tells the consequence before it is done. */
  consequence: string;
  /** Order among the buttons; 0 is the one main act of its state, null is never a button. */
  rank: number | null;
  /** Whether a connected platform may do it in an area that is handed over. */
  platform: boolean;
  /** False until the capability is built; a disabled action is refused everywhere and shown nowhere. */
  enabled: boolean;
}

const OPEN_FROM_SUBMISSION: readonly CaseState[] = [
  'submitted',
  'returned',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
];
const FROM_ACCEPTANCE: readonly CaseState[] = [
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
  'closed',
];
const AT_UNIT: readonly CaseState[] = ['dispatched', 'handling'];

type Row = Partial<ActionSpec> & Pick<ActionSpec, 'label' | 'from' | 'to' | 'who' | 'consequence'>;
const act = (row: Row): ActionSpec => ({
  input: 'none',
  exclusive: false,
  rank: 50,
  platform: false,
  enabled: true,
  ...row,
});
const later = (row: Row): ActionSpec => act({ ...row, enabled: false });

export const ACTIONS = {
  // — before it is received
  submit: act({
    label: '提交民情',
    from: ['new', 'returned'],
    to: ['submitted'],
    who: ['firstAuthor'],
    input: 'submit',
    rank: 0,
    consequence: '马上送政协审核，半夜提交也会立刻回执',
  }),
  withdraw: act({
    label: '撤回',
    from: ['submitted', 'returned', 'accepted'],
    to: ['withdrawn'],
    who: ['firstAuthor', 'timer'],
    input: 'withdraw',
    rank: 80,
    consequence: '这件民情不再办理，记录仍在',
  }),

  // — review
  accept: act({
    label: '受理',
    from: ['submitted'],
    to: ['accepted'],
    who: ['reviewer'],
    input: 'accept',
    exclusive: true,
    rank: 0,
    consequence: '转三服务办交办，委员马上知道',
  }),
  return: act({
    label: '退回补充',
    from: ['submitted'],
    to: ['returned'],
    who: ['reviewer'],
    input: 'reason',
    exclusive: true,
    rank: 10,
    consequence: '请委员补充后再交，30 天内有效',
  }),
  decline: act({
    label: '不予受理',
    from: ['submitted'],
    to: ['declined'],
    who: ['reviewer'],
    input: 'reason',
    exclusive: true,
    rank: 20,
    consequence: '写明理由告诉委员，30 天内可复议',
  }),
  edit: act({
    label: '修改文字',
    from: ['submitted'],
    to: ['same'],
    who: ['reviewer'],
    input: 'edit',
    exclusive: true,
    rank: 30,
    consequence: '委员原文永远保留在旁边',
  }),
  correct: act({
    label: '更正类别地点',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['reviewer', 'dispatcher'],
    input: 'correct',
    exclusive: true,
    rank: 60,
    consequence: '更正会记在经过里',
  }),
  reconsider: later({
    label: '重新受理',
    from: ['declined'],
    to: ['submitted'],
    who: ['inspector', 'reviewer'],
    input: 'reason',
    consequence: '不予受理后 30 天内可以复议',
  }),
  merge: later({
    label: '并案',
    from: ['submitted', 'accepted'],
    to: ['merged'],
    who: ['reviewer'],
    exclusive: true,
    consequence: '并入在办的同一件事，答复和评价都会送到',
  }),
  separate: later({
    label: '拆案',
    from: ['merged'],
    to: ['submitted'],
    who: ['reviewer'],
    consequence: '从并案中拆出，单独审核',
  }),
  escalate: later({
    label: '上报',
    from: ['submitted', 'accepted'],
    to: ['submitted'],
    who: ['reviewer'],
    consequence: '交上一级政协审核，两级都能看到',
  }),
  delegate: later({
    label: '下转',
    from: ['submitted', 'accepted'],
    to: ['submitted'],
    who: ['reviewer'],
    consequence: '交下一级政协审核，两级都能看到',
  }),

  // — dispatch
  dispatch: act({
    label: '交办',
    from: ['accepted'],
    to: ['dispatched'],
    who: ['dispatcher'],
    input: 'units',
    exclusive: true,
    rank: 0,
    platform: true,
    consequence: '主办、协办单位马上收到卡片，开始计时',
  }),
  sendBack: act({
    label: '退回政协',
    from: ['accepted'],
    to: ['submitted'],
    who: ['dispatcher'],
    input: 'reason',
    rank: 10,
    platform: true,
    consequence: '请政协重新审核',
  }),
  redispatch: act({
    label: '改派',
    from: AT_UNIT,
    to: ['dispatched'],
    who: ['dispatcher'],
    input: 'redispatch',
    exclusive: true,
    rank: 20,
    platform: true,
    consequence: '换主办单位，时限重新起算',
  }),
  changeCoHandlers: act({
    label: '调整协办',
    from: AT_UNIT,
    to: ['same'],
    who: ['dispatcher'],
    input: 'coUnits',
    rank: 30,
    platform: true,
    consequence: '增减协办单位，不影响时限',
  }),
  recall: act({
    label: '撤回交办',
    from: AT_UNIT,
    to: ['accepted'],
    who: ['dispatcher'],
    input: 'reason',
    rank: 40,
    platform: true,
    consequence: '收回交办，回到待交办',
  }),

  // — handling
  sign: act({
    label: '签收',
    from: AT_UNIT,
    to: ['handling', 'same'],
    who: ['leadHandler', 'coHandler'],
    rank: 0,
    platform: true,
    consequence: '开始办理，委员会看到「已签收」',
  }),
  reply: act({
    label: '答复',
    from: AT_UNIT,
    to: ['replied'],
    who: ['leadHandler'],
    input: 'reply',
    rank: 1,
    platform: true,
    consequence: '马上能答的直接写，视同已签收',
  }),
  progress: act({
    label: '报进展',
    from: AT_UNIT,
    to: ['handling', 'same'],
    who: ['leadHandler', 'coHandler'],
    input: 'progress',
    rank: 10,
    platform: true,
    consequence: '委员能看到办到哪一步',
  }),
  ask: act({
    label: '向委员核实',
    from: AT_UNIT,
    to: ['handling', 'same'],
    who: ['leadHandler'],
    input: 'ask',
    rank: 20,
    platform: true,
    consequence: '等回答时计时暂停，最多两个工作日',
  }),
  answer: act({
    label: '回答',
    from: AT_UNIT,
    to: ['same'],
    who: ['author'],
    input: 'answer',
    rank: 0,
    consequence: '单位马上看到，计时继续',
  }),
  lapseAsk: act({
    label: '核实到期',
    from: AT_UNIT,
    to: ['same'],
    who: ['timer'],
    input: 'clock',
    rank: null,
    consequence: '没有等到回答，计时继续',
  }),
  opinion: act({
    label: '会签意见',
    from: AT_UNIT,
    to: ['same'],
    who: ['coHandler'],
    input: 'opinion',
    rank: 1,
    platform: true,
    consequence: '意见送主办单位，本单位办完',
  }),
  transferBack: act({
    label: '退回改派',
    from: AT_UNIT,
    to: ['accepted', 'same'],
    who: ['leadHandler', 'coHandler'],
    input: 'transferBack',
    rank: 30,
    platform: true,
    consequence: '不归本单位管时，签收时限前退回一次',
  }),
  requestExtension: later({
    label: '申请延期',
    from: AT_UNIT,
    to: ['same'],
    who: ['leadHandler'],
    platform: true,
    consequence: '到期前申请，三服务办同意后生效',
  }),
  grant: later({
    label: '同意延期',
    from: AT_UNIT,
    to: ['same'],
    who: ['dispatcher'],
    platform: true,
    consequence: '答复时限改到申请的那天下班',
  }),
  deny: later({
    label: '不同意延期',
    from: AT_UNIT,
    to: ['same'],
    who: ['dispatcher'],
    platform: true,
    consequence: '原时限不变',
  }),
  contact: later({
    label: '面商',
    from: AT_UNIT,
    to: ['handling', 'same'],
    who: ['leadHandler'],
    platform: true,
    consequence: '记下何时、怎样、谈成什么',
  }),
  approve: later({
    label: '通过',
    from: ['replying'],
    to: ['replied', 'same'],
    who: ['head', 'dispatcher'],
    rank: 0,
    platform: true,
    consequence: '送委员评价',
  }),
  rejectReply: later({
    label: '退回重答',
    from: ['replying'],
    to: ['handling'],
    who: ['head', 'dispatcher'],
    input: 'reason',
    rank: 10,
    platform: true,
    consequence: '请承办单位修改答复',
  }),

  // — after the reply
  rate: act({
    label: '评价',
    from: ['replied'],
    to: ['same'],
    who: ['author'],
    input: 'rate',
    rank: 0,
    consequence: '打分后不能改',
  }),
  settle: act({
    label: '结案',
    from: ['replied'],
    to: ['closed', 'dispatched', 'disputed'],
    who: ['timer'],
    input: 'none',
    rank: null,
    consequence: '按评价办结、整改或裁定',
  }),
  conclude: act({
    label: '裁定',
    from: ['disputed'],
    to: ['closed', 'accepted'],
    who: ['inspector'],
    input: 'conclude',
    rank: 0,
    consequence: '维持答复则办结，或再交办一次',
  }),
  appeal: later({
    label: '申请复核',
    from: ['dispatched', 'handling', 'replying', 'replied', 'disputed', 'closed'],
    to: ['same'],
    who: ['leadHandler'],
    input: 'reason',
    consequence: '对低分有异议，5 个工作日内提出，不影响整改',
  }),
  reviewAppeal: later({
    label: '复核',
    from: ['dispatched', 'handling', 'replying', 'replied', 'disputed', 'closed'],
    to: ['same'],
    who: ['inspector'],
    input: 'reason',
    consequence: '结论写在评价旁边，评价不改',
  }),
  followUp: later({
    label: '跟踪落实',
    from: ['replied', 'disputed', 'closed'],
    to: ['same'],
    who: ['leadHandler'],
    input: 'progress',
    consequence: '委员能看到计划办到哪一步',
  }),
  fulfil: later({
    label: '已落实',
    from: ['replied', 'disputed', 'closed'],
    to: ['same'],
    who: ['leadHandler'],
    input: 'progress',
    consequence: '告诉委员计划已经落实',
  }),
  reopen: later({
    label: '重新办理',
    from: ['closed'],
    to: ['accepted'],
    who: ['author', 'inspector'],
    input: 'reason',
    consequence: '办结后 30 天内可以提一次',
  }),
  visit: later({
    label: '回访',
    from: ['replied', 'closed'],
    to: ['same'],
    who: ['reviewer'],
    consequence: '记下何时、怎样、结果如何',
  }),
  adopt: later({
    label: '采用',
    from: FROM_ACCEPTANCE,
    to: ['same'],
    who: ['reviewer'],
    consequence: '记入采用',
  }),
  instruct: later({
    label: '批示',
    from: FROM_ACCEPTANCE,
    to: ['same'],
    who: ['leader'],
    consequence: '承办单位马上看到',
  }),
  commend: later({
    label: '评为优秀',
    from: FROM_ACCEPTANCE,
    to: ['same'],
    who: ['reviewer'],
    consequence: '列入优秀案例',
  }),
  publish: later({
    label: '公开',
    from: FROM_ACCEPTANCE,
    to: ['same'],
    who: ['reviewer'],
    consequence: '隐去姓名电话后公开',
  }),

  // — watching, adding
  supplement: act({
    label: '补充情况',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['author'],
    input: 'supplement',
    rank: 40,
    consequence: '办理的人都能看到',
  }),
  comment: act({
    label: '备注',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['staff'],
    input: 'comment',
    rank: 70,
    consequence: '只有工作人员看得到',
  }),
  urge: act({
    label: '催办',
    from: ['submitted', 'accepted', 'dispatched', 'handling', 'replying', 'disputed'],
    to: ['same'],
    who: ['author', 'inspector'],
    input: 'urge',
    rank: 50,
    consequence: '提醒该办的人，一件民情一个工作日一次',
  }),
  supervise: later({
    label: '督办',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['inspector'],
    consequence: '挂督办，单位负责人限期答复',
  }),
  answerSupervision: later({
    label: '答复督办',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['head'],
    consequence: '答复送督查',
  }),
  invite: later({
    label: '邀请联名',
    from: ['submitted', 'returned', 'accepted', 'dispatched', 'handling'],
    to: ['same'],
    who: ['firstAuthor'],
    consequence: '对方同意后成为联名委员',
  }),
  join: later({
    label: '同意联名',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['invited'],
    rank: 0,
    consequence: '您也会收到答复并评价',
  }),
  declineJoin: later({
    label: '不参加联名',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['invited'],
    rank: 10,
    consequence: '您不再收到这件民情',
  }),
  leave: later({
    label: '退出联名',
    from: ['submitted', 'returned', 'accepted'],
    to: ['same'],
    who: ['author'],
    consequence: '这件民情由其他委员继续',
  }),
  support: later({
    label: '附议',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['member'],
    consequence: '关注进展，评价单独计算',
  }),
  reveal: later({
    label: '公开姓名',
    from: FROM_ACCEPTANCE,
    to: ['same'],
    who: ['reviewer'],
    input: 'reason',
    consequence: '需委员同意或法定理由，全程留痕',
  }),
  overdue: act({
    label: '超期',
    from: OPEN_FROM_SUBMISSION.filter((state) => state !== 'replied'),
    to: ['same'],
    who: ['timer'],
    input: 'clock',
    rank: null,
    consequence: '记一次超期，告诉该办的人和负责人',
  }),
  remind: act({
    label: '提醒',
    from: OPEN_FROM_SUBMISSION,
    to: ['same'],
    who: ['timer'],
    input: 'clock',
    rank: null,
    consequence: '快到期了，提醒该办的人',
  }),
} as const satisfies Record<string, ActionSpec>;

/** The author's private text before it is a report: through the drafts resource, never an event, never another's to see. */
export const DRAFT_ACTIONS = {
  saveDraft: {
    label: '存草稿',
    from: ['new', 'draft', 'returned'],
    to: ['draft', 'same'],
    who: ['firstAuthor'],
  },
  discard: { label: '删除草稿', from: ['draft', 'returned'], to: ['new', 'same'], who: ['firstAuthor'] },
} as const satisfies Record<
  string,
  { label: string; from: readonly (CaseState | 'new')[]; to: readonly string[]; who: readonly Relation[] }
>;

export type ActionName = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

/** The row of an action, widened so that code can ask it anything. */
export function spec(action: ActionName): ActionSpec {
  return ACTIONS[action];
}
