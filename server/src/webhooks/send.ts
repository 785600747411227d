/** One POST to a subscriber: the name is resolved once, only a checked address is connected to, no redirect is followed. */
import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Network } from './network.ts';

export interface Outcome {
  /** Null when there was no answer. */
  status: number | null;
  /** Why it did not arrive, in words; empty when it did. */
  problem: string;
  /** The beginning of what was answered. */
  answer: string;
  /** The subscriber wants a pause this long before the next try. */
  retryAfterMs: number;
  ms: number;
}

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export type Post = (message: Message) => Promise<Outcome>;

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES = 64 * 1024;
const ANSWER_KEPT = 2_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;

/** The address is not one a webhook may reach. */
class Closed extends Error {
  override name = 'Closed';
}

/** The literal address in a URL's host; '' for a name. */
export function literalOf(url: URL): string {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? '' : host;
}

export type Resolver = typeof resolve;

/** @param resolver for tests: what a name stands for */
export function createPost(network: Network, resolver: Resolver = resolve, timeoutMs = TIMEOUT_MS): Post {
  /** http without encryption is for networks of one's own only. */
  const mayReach = (address: string, secure: boolean): boolean =>
    secure ? network.isOpen(address) : network.isAllowedPrivate(address);

  /** Every address a name has must be open: one that is not tells of a trap. The socket gets these and no others. */
  const lookupFor =
    (secure: boolean): LookupFunction =>
    (host, options, done) => {
      resolver(host, { ...options, all: true }, (error, addresses) => {
        if (error) {
          done(error, '', 0);
          return;
        }
        const list = Array.isArray(addresses) ? addresses : [];
        if (list.length === 0 || list.some(({ address }) => !mayReach(address, secure))) {
          done(new Closed(host), '', 0);
          return;
        }
        if (options.all) {
          done(null, list);
        } else {
          done(null, list[0]!.address, list[0]!.family);
        }
      });
    };

  const exchange = (message: Message, signal: AbortSignal): Promise<IncomingMessage> => {
    const url = new URL(message.url);
    const secure = url.protocol === 'https:';
    const literal = literalOf(url);
    if (!['http:', 'https:'].includes(url.protocol) || (literal && !mayReach(literal, secure))) {
      return Promise.reject(new Closed(url.hostname));
    }
    const body = Buffer.from(message.body, 'utf8');
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: lookupFor(secure),
      signal,
      headers: {
        ...message.headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
        'user-agent': 'Minqing-Webhooks/1',
      },
    };
    return new Promise((took, failed) => {
      const asked = (secure ? httpsRequest : httpRequest)(url, options, took);
      asked.on('error', failed);
      // The last word has the connection itself: nothing is written before its address was looked at.
      asked.on('socket', (socket) => {
        const check = (): void => {
          if (!mayReach(socket.remoteAddress ?? '', secure)) {
            socket.destroy(new Closed(url.hostname));
            return;
          }
          asked.end(body);
        };
        if (socket.connecting) {
          socket.once(secure ? 'secureConnect' : 'connect', check);
        } else {
          check();
        }
      });
    });
  };

  return async (message) => {
    const begun = performance.now();
    const took = (): number => Math.round(performance.now() - begun);
    try {
      const response = await exchange(message, AbortSignal.timeout(timeoutMs));
      const answer = await beginningOf(response);
      const status = response.statusCode ?? 0;
      return {
        status,
        answer,
        problem: problemOf(status),
        retryAfterMs: pauseOf(response.headers['retry-after']),
        ms: took(),
      };
    } catch (error) {
      return { status: null, answer: '', problem: wordsOf(error), retryAfterMs: 0, ms: took() };
    }
  };
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > ANSWER_BYTES) {
      response.destroy();
      break;
    }
  }
  // What no database or page takes is left out of what is kept for people to read.
  return Buffer.concat(parts).toString('utf8').replaceAll('\0', '').slice(0, ANSWER_KEPT);
}

function problemOf(status: number): string {
  if (status >= 200 && status < 300) {
    return '';
  }
  if (status >= 300 && status < 400) {
    return `对方让转到别的地址（${status}），推送不跟着转，请填最终的地址`;
  }
  if (status === 410) {
    return '对方说这个地址不再接收推送（410）';
  }
  return `对方回答 ${status}`;
}

/** Seconds, or a date; 0 for nothing that can be read. */
function pauseOf(header: string | undefined): number {
  if (!header) {
    return 0;
  }
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(LONGEST_PAUSE_MS, Math.max(0, ms)) : 0;
}

const CODES: Record<string, string> = {
  ENOTFOUND: '找不到这个域名',
  EAI_AGAIN: '域名一时解析不了',
  ECONNREFUSED: '对方没有开着这个端口',
  ECONNRESET: '对方断开了连接',
  EHOSTUNREACH: '连不上对方的网络',
  ENETUNREACH: '连不上对方的网络',
  CERT_HAS_EXPIRED: '对方的证书过期了',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方的证书不被信任',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方的证书不被信任',
  ERR_TLS_CERT_ALTNAME_INVALID: '对方的证书不是这个域名的',
};

function wordsOf(error: unknown): string {
  if (error instanceof Closed) {
    return '这个地址在内部网络里，没有允许推送';
  }
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return '对方 10 秒内没有回答';
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return CODES[code] ?? `没能送到${code ? `（${code}）` : ''}`;
}
