/** What the delivery log says: which notice it was, what came of it, and what a clerk can do when it did not arrive. */
import { clockText, dateText, shanghaiDate } from '@minqing/shared/time';
import type { HOST_NAMES } from '@minqing/shared/words';
import { PURPOSES } from '@minqing/shared/workflow';
import type { HostErrorKind } from '../hosts/index.ts';
import { CARD_LABELS } from './card.wording.ts';
import { NOTICE_LABELS } from './notice.wording.ts';

/** Notices that are no case's: what an area may not word differently. */
const OTHER_LABELS = {
  webhookStopped: '推送订阅已自动停用',
  counts: '每日小结',
  monthly: '每月统计',
  stuck: '没有人能办，请协调',
  substitute: '请您代办',
  substituteEnded: '代办已交还',
  link: '账号关联',
} as const;
export type OtherNotice = keyof typeof OTHER_LABELS;

/** Which notice it was, in the words of the log. */
export function noticeLabel(name: string): string {
  const labels: Readonly<Record<string, string>> = { ...NOTICE_LABELS, ...CARD_LABELS, ...OTHER_LABELS };
  return labels[name] ?? '通知';
}

/** Every notice there is, for the filter. */
export const NOTICE_NAMES: readonly string[] = [
  ...Object.keys(PURPOSES),
  ...Object.keys(NOTICE_LABELS),
  ...Object.keys(OTHER_LABELS),
];

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
