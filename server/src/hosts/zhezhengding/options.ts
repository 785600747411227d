import type { HostErrorKind } from '../port.ts';
import { secureUrl, type HostClock, type HostLogger, type RateBudget } from '../common/surroundings.ts';
import type { TokenStore } from '../common/tokens.ts';

/** What a code of the platform means. `staleToken`: a fresh token is fetched and the call tried once more. */
export type CodeMeaning = HostErrorKind | 'staleToken';

/**
 * How this installation of the platform behaves where its own pages were not to be had: what public code does in more
 * than one way, or in one place only, is chosen here and not in the code.
 */
export interface Dialect {
  /** What is signed: the values as they are (the vendor's own SDK), or the form-encoded text. */
  signing: 'raw' | 'encoded';
  /** How parameters travel. */
  body: 'form' | 'json';
  /** How the time of a call is written: with China's offset, or as UTC. */
  timestamp: 'offset' | 'utc';
  /** Milliseconds the platform's clock is ahead of ours; `auto` learns it from an answer that refuses our time. */
  clockSkew: 'auto' | number;
  /** What the headers say of the caller; null leaves a header out. */
  ip: string | null;
  mac: string | null;
  /** Whether messages and to-dos carry the access token as well. */
  tokenEverywhere: boolean;
  /** The name of the token when a JSAPI ticket is fetched. */
  ticketTokenField: 'accessToken' | 'access_token';
  /** The form of a notice without buttons. */
  noticeKind: 'oa' | 'link' | 'text' | 'action_card';
  noticeBytes: number;
  /** Changing a message that was sent: not at all, or with its accounts joined by commas, or one parameter each. */
  changeMessage: 'off' | 'comma' | 'repeat';
  /** What a changed message becomes; `{text}` and `{color}` are replaced. JSON. */
  changeContent: string;
  /** `{url}` is the page, `{encoded}` the page percent-encoded. */
  links: { phone: string; pc: string; button: string };
  todos: boolean;
  /** Further fields of every to-do, such as its template. */
  todoFields: Readonly<Record<string, string>>;
  /** Where to-dos are looked up by the account that created them; empty where the app may not. */
  todoListPath: string;
  /** Codes beside those the adapter knows. */
  codes: Readonly<Record<string, CodeMeaning>>;
}

export interface ZhezhengdingOptions {
  id: string;
  /** 租户 id: the realm of its accounts. */
  tenantId: string;
  appKey: string;
  appSecret: string;
  /** 应用标识, which revoking a message needs. */
  appId: string;
  /** What `getAuthCode` is given as corpId: the tenant's id or nothing, depending on the installation. */
  corpId: string;
  /** `https://openplatform-pro.ding.zj.gov.cn` */
  apiBase: string;
  /** Signing on in a browser outside the messenger; null where that is not wanted. */
  scan: { loginBase: string; clientId: string; appKey: string; appSecret: string } | null;
  /** Where the mini-app is; its hash is ours. */
  appUrl: string;
  /** Where the platform tells of changed contacts, without the unguessable end; null where it is not asked to. */
  eventsUrl: string | null;
  dialect: Dialect;
  clock: HostClock;
  logger: HostLogger;
  budget: RateBudget;
  fetch?: typeof fetch;
  /** Default: this process's memory. */
  tokenStore?: TokenStore;
  /** Time limit of one request, milliseconds. Default 10 000. */
  timeoutMs?: number;
  /** Pauses between repeats of a read, milliseconds. Default 1 000 growing to 4 000. */
  backoff?: { firstMs: number; maxMs: number };
}

const APP_URL_BYTES = 256; // encoded in several links of one notice

/** Throws an Error that names the first option nobody could work with. */
export function checkOptions(options: ZhezhengdingOptions): void {
  for (const name of ['id', 'tenantId', 'appKey', 'appSecret'] as const) {
    if (options[name] === '') {
      throw new Error(`浙政钉: ${name} is empty`);
    }
  }
  if (!/^\d+$/.test(options.tenantId)) {
    throw new Error('浙政钉: tenantId must be digits');
  }
  secureUrl('浙政钉: apiBase', options.apiBase);
  secureUrl('浙政钉: appUrl', options.appUrl);
  if (Buffer.byteLength(options.appUrl) > APP_URL_BYTES) {
    throw new Error(`浙政钉: appUrl is longer than ${APP_URL_BYTES} bytes`);
  }
  if (options.scan) {
    secureUrl('浙政钉: scan.loginBase', options.scan.loginBase);
  }
  if (options.eventsUrl !== null) {
    secureUrl('浙政钉: eventsUrl', options.eventsUrl);
  }
}
