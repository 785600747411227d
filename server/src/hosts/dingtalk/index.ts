export { CALLBACK_WINDOW_MS, cardCallbackSignature, verifyCardCallback } from './callback.ts';
export { createDingTalkChecks } from './checks.ts';
export { createDingTalkHost } from './host.ts';
export type { HostClock, HostLogger, RateBudget } from '../common/surroundings.ts';
export type { DingTalkOptions } from './options.ts';
export { memoryTokenStore } from '../common/tokens.ts';
export type { StoredToken, TokenStore } from '../common/tokens.ts';
