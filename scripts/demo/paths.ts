/** The courses a demo case can take: who does what, how many working hours after it was filed. */
import type { ActionName } from '../../shared/src/workflow/index.ts';

/** Who acts: the unit's handler, its head and the co-unit's handler are found by the case's units, the county's by its county. */
export type Doer =
  | 'author'
  | 'invited'
  | 'alsoInvited'
  | 'reviewer'
  | 'dispatcher'
  | 'handler'
  | 'coHandler'
  | 'head'
  | 'substitute'
  | 'inspector'
  | 'leader'
  | 'countyReviewer'
  | 'countyDispatcher';

export interface PathStep {
  /** Working hours after the report was filed. */
  at: number;
  who: Doer;
  action: ActionName;
  /** What the step itself says; whom and what it is about is added from the case (acting.ts). */
  input?: Record<string, unknown>;
}

const step = (at: number, who: Doer, action: ActionName, input: Record<string, unknown> = {}): PathStep => ({
  at,
  who,
  action,
  input,
});
const accept = (at = 0.5): PathStep => step(at, 'reviewer', 'accept');
const dispatch = (at = 1.4): PathStep => step(at, 'dispatcher', 'dispatch');
const sign = (at = 2.3): PathStep => step(at, 'handler', 'sign');
const reply = (at: number, input: Record<string, unknown> = { class: 'solved' }): PathStep =>
  step(at, 'handler', 'reply', input);
const rate = (at: number, stars: number, input: Record<string, unknown> = {}): PathStep =>
  step(at, 'author', 'rate', { stars, ...input });
const low = (at: number, stars: number): PathStep =>
  rate(at, stars, { reasons: ['问题还在'], text: '看过现场，还是老样子。' });
const progress = (at: number): PathStep =>
  step(at, 'handler', 'progress', { text: '已到现场看过，正在和相关单位商量怎么办。' });

const start = [accept(), dispatch()];
const upTo = (at: number): PathStep[] => [...start, sign(), progress(at - 2), reply(at)];

export const PATHS = {
  submitted: [],
  returned: [step(1, 'reviewer', 'return', { reason: '请补充具体地点和大致数量，一件民情写一件事。' })],
  declined: [step(1.5, 'reviewer', 'decline', { reason: '属于个人诉求或已有在办事项，请走相应渠道。' })],
  withdrawn: [step(0.6, 'author', 'withdraw', { reason: '事情已经解决' })],
  accepted: [accept()],
  transferred: [
    accept(),
    dispatch(),
    step(3, 'handler', 'transferBack', { reason: '该处设施不属于本单位管理，建议由属地单位办理。' }),
  ],
  dispatched: [accept(1.2), dispatch(6.8)],
  handling: [...start, sign(), progress(6)],
  handlingAmber: [...start, sign(), progress(9)],
  handlingLate: [...start, sign(3.5)],
  asking: [
    ...start,
    sign(),
    step(13, 'handler', 'ask', {
      question: '您反映的情况多出现在哪几个时段？方便的话请告诉我们具体楼栋或窗口。',
    }),
  ],
  replied: upTo(14),
  repliedPlanned: [...start, sign(), progress(8), reply(15, { class: 'planned', promisedOn: '2026-08-31' })],
  repliedDeclined: [
    ...start,
    sign(),
    progress(8),
    reply(16, { class: 'declined', reason: '规划调整期间不能施工' }),
  ],
  rework: [...start, sign(), reply(12), low(20, 2), sign(23), progress(26)],
  disputed: [...start, sign(), reply(12), low(18, 2), reply(32), low(40, 1), reply(56), low(62, 2)],
  upheld: [
    ...start,
    sign(),
    reply(12),
    low(18, 2),
    reply(32),
    low(40, 2),
    reply(56),
    low(62, 2),
    step(75, 'inspector', 'conclude', {
      ruling: 'uphold',
      text: '单位已试行可行的替代办法，维持答复，三个月后回看。',
    }),
  ],
  closed5: [...upTo(10.5), rate(12, 5, { reasons: ['问题解决了', '答复很快'], text: '说到做到，谢谢。' })],
  closed4: [...upTo(16), rate(18, 4, { reasons: ['到过现场'] })],
  closed3: [...upTo(18), rate(22, 3, { reasons: ['答复偏慢'] })],
  closedRework5: [
    ...start,
    sign(),
    reply(9),
    low(12, 1),
    sign(14),
    progress(18),
    reply(24),
    rate(30, 5, { reasons: ['问题解决了'] }),
  ],
  closedUnrated: upTo(13),
  joint: [
    step(0.2, 'invited', 'join'),
    step(0.3, 'alsoInvited', 'declineJoin'),
    ...upTo(14),
    rate(16, 5, { reasons: ['到过现场'] }),
  ],
  absorbing: upTo(14),
  merged: [step(0.8, 'reviewer', 'merge', { note: '同一处路口，一起办。' })],
  countersigned: [
    accept(),
    step(1.4, 'dispatcher', 'dispatch', { countersign: true }),
    sign(),
    step(8, 'coHandler', 'opinion', { text: '同意，占道经营由我局每天巡查两次。' }),
    reply(12),
    rate(14, 4, { reasons: ['到过现场'] }),
  ],
  countersigning: [accept(), step(1.4, 'dispatcher', 'dispatch', { countersign: true }), sign(), reply(10)],
  extended: [
    ...start,
    sign(),
    step(12, 'handler', 'requestExtension', { reason: '要等汛期水位下降后才能开挖。' }),
    step(14, 'dispatcher', 'grant'),
    progress(20),
  ],
  extensionAsked: [
    ...start,
    sign(),
    step(13, 'handler', 'requestExtension', { reason: '设备正在招标，预计下周到货。' }),
  ],
  approved: [
    ...start,
    sign(),
    reply(8),
    step(9.5, 'head', 'rejectReply', { reason: '请写明哪天完成、由谁负责。' }),
    reply(13),
    step(14, 'head', 'approve'),
    rate(18, 4, { reasons: ['问题解决了'] }),
  ],
  approving: [...start, sign(), reply(9)],
  delegated: [
    step(0.6, 'reviewer', 'delegate', { reason: '属县区职责，请就近办理。' }),
    step(1.5, 'countyReviewer', 'accept'),
    step(2.6, 'countyDispatcher', 'dispatch'),
    sign(3.5),
    reply(12),
    rate(15, 5, { reasons: ['答复很快'] }),
  ],
  escalated: [
    step(0.8, 'countyReviewer', 'escalate', { reason: '涉及几个县区，请市里统筹。' }),
    accept(1.8),
    dispatch(2.8),
    sign(4),
    progress(8),
  ],
  appealed: [
    ...start,
    sign(),
    reply(12),
    low(18, 2),
    sign(19),
    step(20, 'handler', 'appeal', { reason: '现场已按标准完成，附照片；剩下的属产权单位。' }),
    step(30, 'inspector', 'reviewAppeal', {
      outcome: 'excused',
      text: '属实，单位已尽责，产权单位另行督促。',
    }),
    reply(33),
    rate(36, 4, { reasons: ['到过现场'] }),
  ],
  appealing: [
    ...start,
    sign(),
    reply(9),
    low(14, 2),
    sign(15),
    step(16, 'handler', 'appeal', { reason: '站位由线路重叠决定，已尽量前移，附测算表。' }),
  ],
  visited: [
    ...start,
    sign(),
    reply(9),
    low(12, 2),
    sign(14),
    reply(24),
    rate(30, 4, { reasons: ['问题解决了'] }),
    step(34, 'reviewer', 'visit', {
      way: 'phone',
      outcome: 'solved',
      text: '委员说这次修好了，希望以后一次到位。',
    }),
  ],
  supervised: [
    ...start,
    sign(3.5),
    step(26, 'inspector', 'supervise', {
      level: 'major',
      text: '群众反映多次，请负责人到现场看，本周答复。',
    }),
    step(29, 'head', 'answerSupervision', { text: '今天已到现场，两台泵周三前换好。' }),
  ],
  substituted: [
    ...start,
    step(2.3, 'substitute', 'sign'),
    step(5, 'substitute', 'progress', { text: '已联系合作社，约好去田头看。' }),
  ],
  praised: [
    ...upTo(10.5),
    rate(12, 5, { reasons: ['问题解决了', '答复很快'], text: '没想到这么快。' }),
    step(14, 'reviewer', 'adopt', { level: 'city', note: '编入本月社情民意专报。' }),
    step(15, 'leader', 'instruct', { text: '做法好，请在全市推开。', visible: true }),
    step(16, 'reviewer', 'commend', { note: '三天办好，举一反三。' }),
  ],
  fulfilled: [
    ...start,
    sign(),
    reply(12, { class: 'planned', promisedOn: '2026-07-20' }),
    rate(14, 4, { reasons: ['到过现场'] }),
    step(40, 'handler', 'followUp', { text: '材料已进场，下周动工。' }),
    step(62, 'handler', 'fulfil', { text: '已完工，夜里灯也亮了。' }),
  ],
} as const satisfies Record<string, readonly PathStep[]>;
export type PathName = keyof typeof PATHS;
