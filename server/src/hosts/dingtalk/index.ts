export { CALLBACK_WINDOW_MS, cardCallbackSignature, verifyCardCallback } from './callback.ts';
export { createDingTalkHost } from './host.ts';
export type { DingTalkOptions, HostClock, HostLogger, RateBudget } from './options.ts';
export { memoryTokenStore } from './tokens.ts';
export type { StoredToken, TokenStore } from './tokens.ts';
