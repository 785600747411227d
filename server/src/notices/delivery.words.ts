/** What the delivery log says: which notice it was, what came of it, and what a clerk can do when it did not arrive. */
import { clockText, dateText, shanghaiDate } from '@minqing/shared/time';
import { PURPOSES, type NoticeName } from '@minqing/shared/workflow';
import type { HostErrorKind } from '../hosts/index.ts';
import { STRIPS } from './card.render.ts';

const NOTICE_LABELS: Record<NoticeName, string> = {
  received: '已收到民情',
  accepted: '已受理',
  declined: '不予受理',
  dispatched: '已交办',
  progressed: '有了进展',
  answered: '委员回答了核实',
  supplemented: '委员补充了情况',
  opinion: '会签意见到了',
  coReturned: '协办单位退回',
  taken: '不再由您单位办理',
  withdrawn: '民情已撤回',
  upheld: '裁定：维持答复',
  ruledAgain: '裁定：再交办一次',
  closed: '评价期满办结',
  urged: '有人催办',
  reminded: '临近到期',
  overdue: '已超期',
  escalated: '逐级提醒',
  filedForYou: '代录告知',
  merged: '并案告知',
  separated: '拆案告知',
  absorbed: '并入告知',
  handedOver: '上报下转',
  reconsidered: '重新受理',
  joined: '同意联名',
  joinDeclined: '不参加联名',
  left: '退出联名',
  extended: '同意延期',
  notExtended: '不同意延期',
  extensionLapsed: '延期失效',
  replyRejected: '答复退回',
  contacted: '面商',
  followedUp: '落实进展',
  fulfilled: '已落实',
  promiseMissed: '承诺到期未落实',
  reopened: '重新办理',
  supervised: '督办',
  supervisionAnswered: '督办答复',
  appealed: '申请复核',
  appealReviewed: '复核结论',
  adopted: '采用',
  instructed: '批示',
  commended: '优秀案例',
  published: '公开',
  revealed: '公开姓名',
  dueMoved: '时限顺延',
  askLapsed: '核实没有等到回答',
};
const OTHER_LABELS: Record<string, string> = { counts: '每日小结', stuck: '没有人能办，请协调' };

/** Which notice it was, in the words of the log. */
export function noticeLabel(name: string): string {
  return { ...NOTICE_LABELS, ...STRIPS, ...OTHER_LABELS }[name] ?? '通知';
}

/** Every notice there is, for the filter. */
export const NOTICE_NAMES: readonly string[] = [
  ...Object.keys(PURPOSES),
  ...Object.keys(NOTICE_LABELS),
  ...Object.keys(OTHER_LABELS),
];

export const HOST_NAMES = { dingtalk: '钉钉', zhezhengding: '浙政钉' } as const;
export type HostName = (typeof HOST_NAMES)[keyof typeof HOST_NAMES];

interface Reason {
  /** For a line of the list. */
  short: string;
  /** What can be done about it. */
  advice: string;
}

/** A refusal by the host's own code, where the code says more than its kind. */
const BY_CODE: Record<string, (host: HostName) => Reason> = {
  'account.left': (host) => ({
    short: `${host}里找不到这个人`,
    advice: '请改发给现在能办的人，并在「人员与角色」里更正。',
  }),
  '143103': () => ({
    short: '发得太密，平台没有送',
    advice: '原样重发即可；经常这样，请联系技术支持。',
  }),
  '143104': () => ({
    short: '本单位一分钟内收件已满，平台没有送',
    advice: '过几分钟原样重发。',
  }),
  '143105': () => ({
    short: '今天收件已满（143105）',
    advice: '平台每天最多给一个人送 500 条。今天请打电话告知，或改发给别人。',
  }),
  '1430003': () => ({ short: '平台的保护措施拦下了', advice: '请打电话告知，并把下面的回答交给技术支持。' }),
  '1430004': () => ({ short: '这个人开了高管保护，收不到通知', advice: '请打电话告知，或改发给别人。' }),
  budget: () => ({ short: '排队太久，还没轮到', advice: '原样重发即可。' }),
  timeout: (host) => ({ short: `${host}没有在时限内回答`, advice: '网络恢复后原样重发。' }),
};

const BY_KIND: Record<HostErrorKind, (host: HostName) => Reason> = {
  gone: (host) => ({
    short: `${host}里找不到这个人`,
    advice: '请改发给现在能办的人，并在「人员与角色」里更正。',
  }),
  denied: (host) => ({
    short: `应用没有发这种消息的权限`,
    advice: `请管理${host}后台的同事开通权限，再原样重发；急的请打电话告知。`,
  }),
  throttled: () => ({ short: '限流', advice: '原样重发即可；急的请打电话告知。' }),
  unavailable: (host) => ({ short: `连不上${host}`, advice: '网络恢复后原样重发；急的请打电话告知。' }),
  content: (host) => ({
    short: `${host}的内容审核没有放行`,
    advice: '原样重发也不会放行。请打电话告知，或改发给别人。',
  }),
  invalid: (host) => ({
    short: `${host}不接受这条消息`,
    advice: '请打电话告知，并把下面的回答交给技术支持。',
  }),
  duplicate: () => ({
    short: '今天已给这个人发过一样的',
    advice: '平台一天不送两条一样的给同一个人。请打电话确认收到没有。',
  }),
};

/** Why it failed, for a clerk. Rows from before kinds were kept have none. */
export function reasonOf(kind: string | null, code: string | null, host: HostName): Reason {
  const known = BY_CODE[code ?? ''] ?? BY_KIND[(kind ?? '') as HostErrorKind];
  return known?.(host) ?? { short: '没有送达', advice: '可以原样重发，或打电话告知。' };
}

/** 14:32 today, else 7月6日 14:32. */
export function logTime(at: number, now: number): string {
  return shanghaiDate(at) === shanghaiDate(now) ? clockText(at) : `${dateText(at, now)} ${clockText(at)}`;
}
