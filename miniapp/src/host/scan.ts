import type { HostConfig } from '../config.ts';

/** Signing on in a browser outside the messenger: a login page shows a code to scan, and comes back with ours and our word. */

const KEPT = 'minqing.scan';
const VALID_MS = 10 * 60_000;

interface Begun {
  hostId: string;
  state: string;
  /** Where in the app the person was going. */
  hash: string;
  at: number;
}

/** The organisation whose login page a browser can be sent to, where one has one. */
export function scannable(hosts: readonly HostConfig[]): HostConfig | undefined {
  return hosts.find((one) => one.scanPage);
}

function store(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null; // a browser that keeps nothing cannot be recognised when it comes back
  }
}

/** Remembers a random word and where we are, and answers the address to go to; null where nothing can be remembered. */
export function beginScan(host: HostConfig, here: Location = location): string | null {
  const kept = store();
  if (!host.scanPage || !kept) {
    return null;
  }
  const word = crypto.getRandomValues(new Uint8Array(16));
  const state = [...word].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  kept.setItem(
    KEPT,
    JSON.stringify({ hostId: host.id, state, hash: here.hash, at: Date.now() } satisfies Begun),
  );
  const url = new URL(host.scanPage);
  url.searchParams.set('redirect_uri', here.origin + here.pathname);
  url.searchParams.set('state', state);
  return url.href;
}

/** What a login page sent us back with: a code that belongs to the sign-on begun in this tab, once. */
export interface Scanned {
  hostId: string;
  code: string;
}

/**
 * Reads the address after the login page and cleans it: the person lands where they were going, and neither a reload nor a
 * shared link carries the code on. Null for everything that was not begun here: somebody else's link signs nobody on.
 */
export function takeScanned(here: Location = location, past: History = history): Scanned | null {
  const query = new URLSearchParams(here.search);
  const code = query.get('code') ?? '';
  const state = query.get('state') ?? '';
  if (!code || !state) {
    return null;
  }
  const kept = store();
  const begun = JSON.parse(kept?.getItem(KEPT) ?? 'null') as Begun | null;
  kept?.removeItem(KEPT);
  const own = begun !== null && begun.state === state && Date.now() - begun.at < VALID_MS;
  query.delete('code');
  query.delete('state');
  const rest = query.toString();
  past.replaceState(null, '', `${here.pathname}${rest ? `?${rest}` : ''}${own ? begun.hash : here.hash}`);
  return own ? { hostId: begun.hostId, code } : null;
}
