/** Keys of the demo tenant. They open nothing outside this program; `.env.example` names the same ones. */
export const DEMO_TENANT_ID = '196729';
export const DEMO_APP_KEY = 'minqing_demo-zzdlocalmessenger01';
export const DEMO_APP_SECRET = 'demo-secret-of-the-local-zhezhengding-only';
export const DEMO_APP_ID = '1000000002';
export const DEMO_SCAN_CLIENT_ID = 'minqing_demo_dingoa';
export const DEMO_SCAN_KEY = 'minqing_demo-zzdlocalscanning001';
export const DEMO_SCAN_SECRET = 'demo-secret-of-the-local-login-page-only';

export interface ZhezhengdingSettings {
  tenantId: string;
  appKey: string;
  appSecret: string;
  /** 应用标识, named when a message is revoked. */
  appId: string;
  /** The app people scan the login page's code for, with keys of its own. */
  scan: { clientId: string; appKey: string; appSecret: string };
  /** What the gateway expects to be signed: the values as they are, or form-encoded. */
  signing: 'raw' | 'encoded';
  /** How far a call's time may be from ours, and how long its nonce is remembered; machine time, milliseconds. */
  windowMs: number;
  nonceMs: number;
  /** What a second message with a used `bizMsgId` gets: the first one's answer, or a refusal. */
  repeatedMessage: 'same' | 'refuse';
}

/** Fills in the defaults. */
export function resolveZhezhengding(options: Partial<ZhezhengdingSettings> = {}): ZhezhengdingSettings {
  return {
    tenantId: DEMO_TENANT_ID,
    appKey: DEMO_APP_KEY,
    appSecret: DEMO_APP_SECRET,
    appId: DEMO_APP_ID,
    scan: { clientId: DEMO_SCAN_CLIENT_ID, appKey: DEMO_SCAN_KEY, appSecret: DEMO_SCAN_SECRET },
    signing: 'raw',
    windowMs: 5 * 60_000,
    nonceMs: 15 * 60_000,
    repeatedMessage: 'same',
    ...options,
  };
}
