import { secureUrl, type HostClock, type HostLogger, type RateBudget } from '../common/surroundings.ts';
import type { TokenStore } from '../common/tokens.ts';

export interface DingTalkOptions {
  id: string;
  corpId: string;
  clientId: string;
  clientSecret: string;
  /** The app's AgentId: digits. */
  agentId: string;
  robotCode: string;
  /** Home of the new API, `https://api.dingtalk.com`. */
  apiBase: string;
  /** Home of the legacy API, `https://oapi.dingtalk.com`. */
  oapiBase: string;
  /** The mini-app's public URL; `$CORPID$` in it becomes the corpId, as in the console's home page setting. */
  appUrl: string;
  /** Our template name → the platform's template id. Without any, the host has no cards. */
  cardTemplateIds: Readonly<Record<string, string>>;
  /** How presses come. Contact events come over Stream in either mode. Default `stream`. */
  callbackMode?: 'stream' | 'http';
  /** Needed in `http` mode. `url` is where the platform posts presses; given, it is registered at every start. */
  callback?: { routeKey: string; secret: string; url?: string };
  clock: HostClock;
  logger: HostLogger;
  budget: RateBudget;
  fetch?: typeof fetch;
  /** Default: this process's memory. */
  tokenStore?: TokenStore;
  /** Time limit of one request, milliseconds. Default 10 000. */
  timeoutMs?: number;
  /** How long a press may take before it is answered "no change yet". The platform gives 2 s. Default 1 800. */
  pressBudgetMs?: number;
  /** Pauses between reconnects and between repeats of a read, milliseconds. Default 1 000 growing to 60 000. */
  backoff?: { firstMs: number; maxMs: number };
}

const APP_URL_BYTES = 256; // two encodings of it must fit a notice of 2 048 bytes three times over

/** Throws an Error that names the first option nobody could work with. */
export function checkOptions(options: DingTalkOptions): void {
  for (const name of ['id', 'corpId', 'clientId', 'clientSecret', 'agentId'] as const) {
    if (options[name] === '') {
      throw new Error(`DingTalk: ${name} is empty`);
    }
  }
  if (!/^\d+$/.test(options.agentId)) {
    throw new Error('DingTalk: agentId must be digits');
  }
  secureUrl('DingTalk: apiBase', options.apiBase);
  secureUrl('DingTalk: oapiBase', options.oapiBase);
  secureUrl('DingTalk: appUrl', options.appUrl);
  if (Buffer.byteLength(options.appUrl) > APP_URL_BYTES) {
    throw new Error(`DingTalk: appUrl is longer than ${APP_URL_BYTES} bytes`);
  }
  if (options.callbackMode === 'http' && !options.callback?.secret) {
    throw new Error('DingTalk: callbackMode http needs callback.routeKey and callback.secret');
  }
  if (options.callback?.url !== undefined) {
    secureUrl('DingTalk: callback.url', options.callback.url);
  }
}
