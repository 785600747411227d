import { HostError } from '../port.ts';
import type { HostErrorKind } from '../port.ts';
import type { CodeMeaning } from './options.ts';

/** Which of the two levels of an answer refused: the gateway in front, or the business behind it. */
export type Level = 'gateway' | 'business';

/** The call failed because its token is no longer known. */
export class StaleToken extends HostError {}

/** The gateway did not accept signature, time or nonce; `again` when another nonce alone may do. */
export class BadSignature extends HostError {
  readonly again: boolean;

  constructor(code: string, message: string, again: boolean) {
    super('denied', code, message);
    this.again = again;
  }
}

/** The one code public sources name: the account may not use the app. */
const KNOWN: Readonly<Record<string, CodeMeaning>> = { 240132: 'denied' };

/**
 * No list of the platform's codes is public, so its words decide where a code is not known, and a setting can add codes.
 * The first that matches counts.
 */
const WORDS: readonly (readonly [RegExp, HostErrorKind | 'staleToken' | 'signature' | 'replay'])[] = [
  [/nonce|replay|重放/i, 'replay'],
  [/signature|timestamp|签名|时间戳/i, 'signature'],
  [
    /access_?token.*(invalid|illegal|expire|not exist|无效|失效|过期|不合法)|(invalid|illegal|expired|无效|过期|不合法).*token/i,
    'staleToken',
  ],
  [/throttl|flow ?control|too (many|fast)|rate ?limit|qps|频繁|限流|流控/i, 'throttled'],
  [/sensitive|illegal content|敏感|违规|内容安全/i, 'content'],
  [/duplicate|already exist|repeat|重复|已存在/i, 'duplicate'],
  [/(api|app|access)_? ?key/i, 'denied'],
  [/permission|forbidden|unauthori[sz]ed|not allowed|denied|white ?list|无权|权限|白名单/i, 'denied'],
  [/not exist|not found|不存在|找不到|已撤回/i, 'gone'],
  [/busy|timed? ?out|unavailable|system error|internal|繁忙|超时|稍后|系统异常/i, 'unavailable'],
];

const THROTTLE_WAIT_MS = 1_000;

function byStatus(level: Level, status: number): HostErrorKind {
  if (status === 429) {
    return 'throttled';
  }
  if (status === 401 || status === 403) {
    return 'denied';
  }
  if (status >= 400 && status < 500 && status !== 408) {
    return 'invalid';
  }
  // An unknown refusal of the business will be the same tomorrow; of the gateway nobody can say.
  return level === 'business' ? 'invalid' : 'unavailable';
}

/** The platform's refusal as the port knows it. Its code says which level refused: `gateway.…` or `business.…`. */
export function refusal(
  api: string,
  level: Level,
  said: { code: string; message: string; status: number },
  codes: Readonly<Record<string, CodeMeaning>>,
): HostError {
  const { code, message, status } = said;
  const told = `${level}.${code || `http${status}`}`;
  const text = `${api}: ${told} ${message}`.trim();
  const meaning =
    codes[code] ?? KNOWN[code] ?? WORDS.find(([words]) => words.test(`${code} ${message}`))?.[1];
  switch (meaning) {
    case undefined:
      return new HostError(byStatus(level, status), told, text);
    case 'staleToken':
      return new StaleToken('unavailable', told, text);
    case 'signature':
    case 'replay':
      return new BadSignature(told, text, meaning === 'replay');
    case 'throttled':
      return new HostError('throttled', told, text, { retryAfterMs: THROTTLE_WAIT_MS });
    default:
      return new HostError(meaning, told, text);
  }
}
