import { HostError } from '../port.ts';
import type { HostErrorKind } from '../port.ts';

interface Verdict {
  kind: HostErrorKind;
  retryAfterMs?: number;
}

/** [codes, kind, wait]. Both API generations in one table: the legacy numbers as text, the new words as they are. */
type Row = readonly [codes: readonly string[], kind: HostErrorKind, retryAfterMs?: number];

/** Platform page 全局错误码 (both generations), unless a row says otherwise. */
const EXACT: readonly Row[] = [
  [
    ['-1', '500', 'system.busy', 'systemError', 'system.error', 'ServiceUnavailable', 'server.error'],
    'unavailable',
  ],
  // A token that is unknown or ran out: a fresh one was already tried when this verdict is used.
  [['InvalidAuthentication', '40014', '42001'], 'unavailable'],
  [
    ['40001', '40089', 'invalidClientIdOrSecret', 'authFailed', 'invalid.client', 'unauthorized.client'],
    'denied',
  ],
  [['40056', '52019', '50002', '60011', '60020'], 'denied'],
  [['33012', '40003', '60003', '60121'], 'gone'],
  [['40035', '40068', '40069', '40078', '41001', '43003', '400002'], 'invalid'],
  // 更新工作通知状态栏, 获取发送结果: too many recipients, or sending is not finished; only the second is ever met here.
  [['41052'], 'unavailable', 5_000],
  // 调用频率限制: per second, per minute, and the block of an address that sent 10 000 calls in 20 s.
  [
    ['Forbidden.AccessDenied.QpsLimitForApi', 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'],
    'throttled',
    1_000,
  ],
  [['Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'], 'throttled', 60_000],
  [['1111'], 'throttled', 300_000],
  // 创建并投放卡片, 更新卡片.
  [['param.cardAlreadyExist'], 'duplicate'],
  [['param.cardNotExist', 'param.userIdNotExist'], 'gone'],
  [['param.templateNotExist', 'param.templateUnpublished'], 'denied'],
  [['param.contentUnsafe'], 'content'],
  // 自定义机器人发送群消息, the same review behind other doors.
  [['430101', '430102', '430103', '430104'], 'content'],
  // 创建钉钉待办任务: two creations of one sourceId at once; per-executor or per-organisation flow control.
  [['todo.taskCreate.lockError', 'todo.taskCreate.flowControlError'], 'throttled', 1_000],
];

const FAMILIES: readonly (readonly [pattern: RegExp, kind: HostErrorKind, retryAfterMs?: number])[] = [
  [/^900(0[2-9]|1[0-7])$/, 'throttled', 1_000],
  [/^Forbidden\.AccessDenied\.Qp[sm]Limit/, 'throttled', 1_000],
  [/^Forbidden\./, 'denied'],
  [/\.systemError$/, 'unavailable'],
  [/^(invalid|missing|param\.|unsupported\.|todo\..*\.paramError$)/, 'invalid'],
];

/** To-do errors share one code and differ in words (创建钉钉待办任务, 更新钉钉待办任务). */
const TODO_WORDS: readonly (readonly [RegExp, HostErrorKind])[] = [
  [/task exist/, 'duplicate'],
  [/task not exist/, 'gone'],
];

/** What a work notice's result says of one person (获取工作通知消息的发送结果); 1432xx are the twins of third-party apps. */
const REFUSALS: readonly (readonly [RegExp, HostErrorKind])[] = [
  [/^14(3|32)106$/, 'duplicate'],
  [/^14(3|32)10[345]$/, 'throttled'],
  [/^1430000$/, 'gone'],
  [/^1430002$/, 'content'],
  [/^14300(03|04)$/, 'denied'],
];

const BY_CODE = new Map<string, Verdict>(
  EXACT.flatMap(([codes, kind, retryAfterMs]) =>
    codes.map((code) => [code, { kind, retryAfterMs }] as const),
  ),
);

const STALE_TOKEN = new Set(['InvalidAuthentication', '40001', '40014', '42001']);

/** True when the call failed because its token is no longer known: drop it, fetch, repeat once. */
export function isStaleToken(error: unknown): boolean {
  return error instanceof HostError && STALE_TOKEN.has(error.code);
}

function byStatus(status: number): HostErrorKind {
  if (status === 429) {
    return 'throttled';
  }
  if (status === 401 || status === 403) {
    return 'denied';
  }
  return status >= 400 && status < 500 && status !== 408 ? 'invalid' : 'unavailable';
}

/** The kind of a failure from its code, its words (only to-dos need them) and, for unknown codes, its HTTP status. */
export function verdictOf(code: string, message: string, status: number): Verdict {
  if (code.startsWith('todo.')) {
    const said = TODO_WORDS.find(([words]) => words.test(message));
    if (said !== undefined) {
      return { kind: said[1] };
    }
  }
  const known = BY_CODE.get(code);
  if (known !== undefined) {
    return known;
  }
  const family = FAMILIES.find(([pattern]) => pattern.test(code));
  return family === undefined ? { kind: byStatus(status) } : { kind: family[1], retryAfterMs: family[2] };
}

/** The kind of one person's refusal by its forbidden code; an unknown code is a refusal an administrator looks at. */
export function refusalOf(code: string): HostErrorKind {
  return REFUSALS.find(([pattern]) => pattern.test(code))?.[1] ?? 'denied';
}

/** The platform's refusal as the port knows it. `api` opens the message so that a log line says what was asked. */
export function platformError(
  api: string,
  code: string,
  message: string,
  status: number,
  request?: string,
): HostError {
  const { kind, retryAfterMs } = verdictOf(code, message, status);
  return new HostError(kind, code, `${api}: ${code} ${message}`.trim(), {
    retryAfterMs,
    answer: { api, status, message, request },
  });
}
