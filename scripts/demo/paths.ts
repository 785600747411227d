/** The courses a demo case can take: who does what, how many working hours after it was filed. */
import type { ActionName } from '../../shared/src/workflow/index.ts';

/** Who acts: the unit's handler and the co-unit's are found by the case's units. */
export type Doer = 'author' | 'reviewer' | 'dispatcher' | 'handler' | 'coHandler' | 'inspector';

export interface PathStep {
  /** Working hours after the report was filed. */
  at: number;
  who: Doer;
  action: ActionName;
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
} as const satisfies Record<string, readonly PathStep[]>;
export type PathName = keyof typeof PATHS;
