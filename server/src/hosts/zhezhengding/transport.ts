import { carefully, parseAnswer } from '../common/exchange.ts';
import { contentOf } from './envelope.ts';
import { BadSignature } from './errors.ts';
import type { ZhezhengdingOptions } from './options.ts';
import {
  nonceMaker,
  pairsOf,
  parameterLine,
  signatureOf,
  stringToSign,
  timestampOf,
  type Parameters,
} from './sign.ts';

export interface Keys {
  appKey: string;
  appSecret: string;
}

export interface WireRequest {
  /** Path without host and query: also the call's name for budget, log and error messages. */
  path: string;
  parameters: Parameters;
  /** Default: the app's. */
  keys?: Keys;
  /** Secrets of this request beside the keys: cut out of whatever the platform says back. */
  secrets?: readonly string[];
}

/** Sends one signed request; resolves the answer's content, rejects HostError only. */
export type Transport = (request: WireRequest) => Promise<unknown>;

const DEFAULT_TIMEOUT_MS = 10_000;
const METHOD = 'POST';
/** A difference smaller than this is the way of the answer, not of the clocks. */
const SKEW_NOTICED_MS = 20_000;

/** The one place that talks HTTP to the platform: budget first, every call signed, a time limit, no redirects. */
export function createTransport(options: ZhezhengdingOptions): Transport {
  const { dialect } = options;
  const send = options.fetch ?? fetch;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const nonce = nonceMaker();
  const base = options.apiBase.replace(/\/+$/, '');
  let skewMs = dialect.clockSkew === 'auto' ? 0 : dialect.clockSkew;

  function headersOf(request: WireRequest, pairs: [string, string][]): Record<string, string> {
    const { appKey, appSecret } = request.keys ?? options;
    const now = options.clock.machineNow() + skewMs;
    const signed = {
      method: METHOD,
      timestamp: timestampOf(now, dialect.timestamp),
      nonce: nonce(now),
      path: request.path,
      line: parameterLine(pairs, dialect.signing),
    };
    return {
      accept: 'application/json',
      'X-Hmac-Auth-Timestamp': signed.timestamp,
      'X-Hmac-Auth-Version': '1.0',
      'X-Hmac-Auth-Nonce': signed.nonce,
      apiKey: appKey,
      'X-Hmac-Auth-Signature': signatureOf(appSecret, stringToSign(signed)),
      ...(dialect.ip === null ? {} : { 'X-Hmac-Auth-IP': dialect.ip }),
      ...(dialect.mac === null ? {} : { 'X-Hmac-Auth-MAC': dialect.mac }),
    };
  }

  function bodyOf(pairs: [string, string][]): { type: string; text: string } {
    if (dialect.body === 'form') {
      return {
        type: 'application/x-www-form-urlencoded; charset=utf-8',
        text: new URLSearchParams(pairs).toString(),
      };
    }
    const grouped = new Map<string, string[]>();
    pairs.forEach(([name, value]) => grouped.set(name, [...(grouped.get(name) ?? []), value]));
    const fields = [...grouped].map(([name, values]) => [name, values.length === 1 ? values[0] : values]);
    return { type: 'application/json; charset=utf-8', text: JSON.stringify(Object.fromEntries(fields)) };
  }

  async function exchange(request: WireRequest, mayRepeat: boolean): Promise<unknown> {
    const pairs = pairsOf(request.parameters);
    const { type, text } = bodyOf(pairs);
    const response = await send(`${base}${request.path}`, {
      method: METHOD,
      headers: { ...headersOf(request, pairs), 'content-type': type },
      body: text,
      redirect: 'manual', // a redirect would carry the token elsewhere
      signal: AbortSignal.timeout(timeoutMs),
    });
    const judged = {
      api: request.path,
      status: response.status,
      secrets: [options.appSecret, request.keys?.appSecret ?? '', ...(request.secrets ?? [])],
      codes: dialect.codes,
    };
    try {
      return contentOf(judged, parseAnswer(request.path, response.status, await response.text()));
    } catch (error) {
      if (mayRepeat && error instanceof BadSignature && (learnSkew(response) || error.again)) {
        return exchange(request, false);
      }
      throw error;
    }
  }

  /** True when the answer's own date shows that our clock is off: then another try has a chance. */
  function learnSkew(response: Response): boolean {
    const theirs = Date.parse(response.headers.get('date') ?? '');
    if (dialect.clockSkew !== 'auto' || Number.isNaN(theirs)) {
      return false;
    }
    const off = theirs - options.clock.machineNow();
    if (Math.abs(off - skewMs) < SKEW_NOTICED_MS) {
      return false;
    }
    skewMs = off;
    options.logger.warn(
      { hostId: options.id, ms: off },
      '浙政钉: our clock is off, the difference is made up',
    );
    return true;
  }

  return (request) => carefully(options, '浙政钉', request.path, () => exchange(request, true));
}
