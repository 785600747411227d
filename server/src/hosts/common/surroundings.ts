/** What every adapter is given from outside, whatever the vendor. */

export interface HostLogger {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** Epoch milliseconds. Business time is what codes and tokens age by, machine time what back-off and windows use. */
export interface HostClock {
  machineNow(): number;
  businessNow(): number;
}

/** Waits until one more call of `api` is allowed; shared by all processes. */
export interface RateBudget {
  take(api: string): Promise<void>;
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|\[::1\]|localhost|.+\.localhost)$/;

/** True when `url` names this machine, where clear text is no danger. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

/** Parses `text`; throws an Error naming `what` unless it is https (wss) or on the loopback. */
export function secureUrl(what: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) {
    throw new Error(`${what} is not an http(s) URL`);
  }
  if (['http:', 'ws:'].includes(url.protocol) && !isLoopback(url)) {
    throw new Error(`${what} must use https outside the loopback (it names ${url.host})`);
  }
  return url;
}
