import { codeText, isObject, type Json } from '../common/exchange.ts';
import { jsonOrNull } from '../common/json.ts';
import { HostError } from '../port.ts';
import { refusal } from './errors.ts';
import type { CodeMeaning } from './options.ts';

const WORDS = 300; // of the platform's message are enough for a log
const DEPTH = 3; // message endpoints put an envelope, as text, into the envelope

/** What an answer is judged by. */
export interface Judged {
  api: string;
  status: number;
  /** Secrets of the request: cut out of whatever the platform says back. */
  secrets: readonly string[];
  codes: Readonly<Record<string, CodeMeaning>>;
}

const isFalse = (value: unknown): boolean => value === false || value === 'false';
const isTrue = (value: unknown): boolean => value === true || value === 'true';
const first = (...values: unknown[]): string => values.map(codeText).find((text) => text !== '') ?? '';

/**
 * The content of an answer, both levels of its envelope checked: outside the gateway's word, inside the business's.
 * Throws the refusal of whichever said no, and `unavailable` for an answer without an envelope.
 */
export function contentOf(judged: Judged, body: Json): unknown {
  const { api, status, codes } = judged;
  const clean = (message: string): string =>
    judged.secrets
      .filter((secret) => secret !== '')
      .reduce((text, secret) => text.replaceAll(secret, '***'), message)
      .slice(0, WORDS);
  const good = status >= 200 && status < 300 && status !== 203; // the vendor's SDK takes 203 for a failure as well
  if (!good || isFalse(body.success) || (!isTrue(body.success) && codeText(body.Code) !== '')) {
    const code = first(body.Code, body.errorCode, body.bizErrorCode, body.code);
    const message = first(body.Message, body.errorMsg, body.errorMessage, body.message);
    throw refusal(api, 'gateway', { code: code === '0' ? '' : code, message: clean(message), status }, codes);
  }
  if (!isTrue(body.success)) {
    throw new HostError('unavailable', 'shape', `${api}: answer without envelope`);
  }
  return businessContent(judged, body.content, clean, 1);
}

function businessContent(
  judged: Judged,
  given: unknown,
  clean: (message: string) => string,
  depth: number,
): unknown {
  const parsed = typeof given === 'string' ? (jsonOrNull(given) ?? given) : given;
  if (!isObject(parsed)) {
    return parsed;
  }
  const code = first(parsed.responseCode, parsed.bizErrorCode, parsed.errorCode);
  const refused = isFalse(parsed.success) || (codeText(parsed.responseCode) || '0') !== '0';
  if (refused) {
    const message = first(parsed.responseMessage, parsed.errorMsg, parsed.errorMessage, parsed.message);
    throw refusal(judged.api, 'business', { code, message: clean(message), status: 200 }, judged.codes);
  }
  return isTrue(parsed.success) && parsed.content !== undefined && depth < DEPTH
    ? businessContent(judged, parsed.content, clean, depth + 1)
    : parsed;
}
