/** How the text of one variable becomes a value. Each throws an Error whose message completes "NAME: …". */

import { isIP } from 'node:net';

/** True for addresses that never leave this machine, `*.localhost` included. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}

/** A whole number within bounds, both included. */
export function parseCount(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new Error(`must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

/** One of a few words. */
export function isOneOf<const T extends string>(text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) {
    throw new Error(`must be ${words.join(', ')}, not "${text}"`);
  }
  return found;
}

/** An http(s) address without a trailing slash; `secure` demands https outside this machine. */
export function parseUrl(text: string, rules: { originOnly?: boolean; secure?: boolean }): string {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`must be an http or https address, not "${text}"`);
  }
  if (rules.secure && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new Error('must be https unless it is on this machine');
  }
  if (rules.originOnly) {
    if (url.pathname !== '/' || url.search || url.hash) {
      throw new Error('must have no path');
    }
    return url.origin;
  }
  return url.href.replace(/\/$/, '');
}

/** Comma-separated networks in CIDR notation, or single addresses. */
export function parseNetworks(text: string): string[] {
  const networks = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  networks.forEach(parseNetwork);
  return networks;
}

/** `10.20.0.0/16`, `fd00::/8`, or one address. Throws with what is wrong. */
export function parseNetwork(text: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } {
  const [address = '', given, ...rest] = text.split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const bits = given === undefined ? most : Number(given);
  if (
    version === 0 ||
    rest.length > 0 ||
    given === '' ||
    !Number.isInteger(bits) ||
    bits < 0 ||
    bits > most
  ) {
    throw new Error(`"${text}" is no network like 10.20.0.0/16`);
  }
  return { address, bits, family: version === 6 ? 'ipv6' : 'ipv4' };
}

/** 32 bytes in base64. Never repeats the value: it is a secret. */
export function parseKey(text: string): Buffer {
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) {
    throw new Error(`must be 32 bytes in base64 (openssl rand -base64 32), not ${key.length}`);
  }
  return key;
}

/** A shared secret of at least 16 characters. Never repeats the value. */
export function parseSecret(text: string): string {
  if (text.length < 16) {
    throw new Error(`must have at least 16 characters, not ${text.length}`);
  }
  return text;
}

/** A flat JSON object of texts. */
export function parseTemplates(text: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('must be JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('must be a JSON object');
  }
  for (const [name, id] of Object.entries(value)) {
    if (typeof id !== 'string' || id === '') {
      throw new Error(`the template id of "${name}" must be text`);
    }
  }
  return value as Record<string, string>;
}
