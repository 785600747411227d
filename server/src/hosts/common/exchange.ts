import { HostError } from '../port.ts';
import { createBackoff, pause } from './backoff.ts';
import { jsonOrNull } from './json.ts';
import type { HostLogger, RateBudget } from './surroundings.ts';

export type Json = Record<string, unknown>;

/** Text, or a number as text; anything else is empty. */
export const codeText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The answer's JSON object; `unavailable` for whatever is none: HTML from a proxy or a platform's own wall, cut JSON. */
export function parseAnswer(api: string, status: number, text: string): Json {
  const good = status >= 200 && status < 300;
  if (text.trim() === '' && good) {
    return {};
  }
  const value = jsonOrNull(text);
  if (isObject(value)) {
    return value;
  }
  const code = good ? 'notJson' : `http.${status}`;
  throw new HostError('unavailable', code, `${api}: HTTP ${status}, answer is not a JSON object`, {
    answer: { api, status, message: '回答不是 JSON' },
  });
}

function asHostError(api: string, error: unknown): HostError {
  if (error instanceof HostError) {
    return error;
  }
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new HostError('unavailable', 'timeout', `${api}: no answer in time`, {
      answer: { api, message: '没有在时限内回答' },
    });
  }
  // The cause is not kept: fetch's errors may carry the URL and with it a token.
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = codeText(cause?.code);
  return new HostError('unavailable', 'network', `${api}: connection failed ${code}`.trim(), {
    answer: { api, message: `连接失败 ${code}`.trim() },
  });
}

/** Budget first; whatever `exchange` throws leaves as {@link HostError} and is logged, with no word of the request. */
export async function carefully<T>(
  options: { id: string; budget: RateBudget; logger: HostLogger },
  vendor: string,
  api: string,
  exchange: () => Promise<T>,
): Promise<T> {
  try {
    await options.budget.take(api);
  } catch (error) {
    throw error instanceof HostError
      ? error
      : new HostError('throttled', 'budget', `${api}: no budget`, { cause: error });
  }
  const startedAt = performance.now();
  try {
    return await exchange();
  } catch (error) {
    const failure = asHostError(api, error);
    const ms = Math.round(performance.now() - startedAt);
    options.logger.warn(
      { hostId: options.id, operation: api, kind: failure.kind, code: failure.code, ms },
      `${vendor} call failed`,
    );
    throw failure;
  }
}

const ATTEMPTS = 3; // a walk is thousands of reads: one hiccup must not end it

/** For reads, which change nothing: tried up to three times when the platform is busy. */
export async function patiently<T>(
  backoff: { firstMs: number; maxMs: number },
  read: () => Promise<T>,
): Promise<T> {
  const pauses = createBackoff(backoff.firstMs, backoff.maxMs);
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof HostError) || !error.retryable) {
        throw error;
      }
      await pause(Math.min(Math.max(pauses.next(), error.retryAfterMs ?? 0), backoff.maxMs));
    }
  }
}

/** Null instead of the rejection that says there is no such thing. */
export async function nullIfGone<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof HostError && error.kind === 'gone') {
      return null;
    }
    throw error;
  }
}
