import { HostError } from '../port.ts';
import { platformError } from './errors.ts';
import type { DingTalkOptions } from './options.ts';

export interface WireRequest {
  /** The API's name: rate budget, log and error messages. Holds no id of anybody. */
  api: string;
  /** `modern`: api.dingtalk.com, errors by HTTP status. `legacy`: oapi.dingtalk.com, errors by `errcode`. */
  generation: 'modern' | 'legacy';
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** Secrets of this request: cut out of whatever the platform says back. */
  secrets?: readonly string[];
}

export type Json = Record<string, unknown>;
/** Sends one request; resolves the answer's JSON object, rejects {@link HostError} only. */
export type Transport = (request: WireRequest) => Promise<Json>;

const DEFAULT_TIMEOUT_MS = 10_000;
const WORDS = 300; // of the platform's message are enough for a log

function urlOf(options: DingTalkOptions, request: WireRequest): string {
  const base = (request.generation === 'modern' ? options.apiBase : options.oapiBase).replace(/\/+$/, '');
  const query = new URLSearchParams(request.query).toString();
  return `${base}/${request.path.replace(/^\//, '')}${query === '' ? '' : `?${query}`}`;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(api: string, status: number, text: string): Json {
  if (text.trim() === '' && status >= 200 && status < 300) {
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) {
      return value;
    }
  } catch {
    // HTML from a proxy or from the platform's own wall: judged by status alone.
  }
  const code = status >= 400 || status < 200 || status >= 300 ? `http.${status}` : 'notJson';
  throw new HostError('unavailable', code, `${api}: HTTP ${status}, answer is not a JSON object`);
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const codeText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Throws when the answer is a refusal. Sources: the platform's 全局错误码 and 调用频率限制. */
function judge(request: WireRequest, status: number, body: Json): void {
  const fail = (code: string, message: string): never => {
    const said = (request.secrets ?? []).reduce((text, secret) => text.replaceAll(secret, '***'), message);
    throw platformError(request.api, code, said.slice(0, WORDS), status);
  };
  if (body.punish !== undefined && codeText(body.status) !== '') {
    fail(codeText(body.status), `punish ${words(body.punish)}`);
  }
  if (body.errcode !== undefined && Number(body.errcode) !== 0) {
    // 88 is the gateway speaking for somebody behind it: the cause is in sub_code.
    const inner = codeText(body.errcode) === '88' && codeText(body.sub_code) !== '';
    fail(codeText(inner ? body.sub_code : body.errcode), words(inner ? body.sub_msg : body.errmsg));
  }
  if (status < 200 || status >= 300) {
    fail(codeText(body.code) || `http.${status}`, words(body.message));
  }
  if (request.generation === 'legacy' && body.errcode === undefined) {
    throw new HostError('unavailable', 'shape', `${request.api}: answer without errcode`);
  }
}

function asHostError(api: string, error: unknown): HostError {
  if (error instanceof HostError) {
    return error;
  }
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError') {
    return new HostError('unavailable', 'timeout', `${api}: no answer in time`);
  }
  // The cause is not kept: fetch's errors may carry the URL and with it a token.
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  return new HostError('unavailable', 'network', `${api}: connection failed ${codeText(cause?.code)}`.trim());
}

/** The one place that talks HTTP to the platform: budget first, a time limit on the whole exchange, no redirects. */
export function createTransport(options: DingTalkOptions): Transport {
  const send = options.fetch ?? fetch;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;

  async function exchange(request: WireRequest): Promise<Json> {
    const hasBody = request.body !== undefined;
    const response = await send(urlOf(options, request), {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(hasBody ? { 'content-type': 'application/json; charset=utf-8' } : {}),
        ...request.headers,
      },
      body: hasBody ? JSON.stringify(request.body) : undefined,
      redirect: 'manual', // a redirect would carry the token elsewhere
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = parseObject(request.api, response.status, await response.text());
    judge(request, response.status, body);
    return body;
  }

  return async (request) => {
    try {
      await options.budget.take(request.api);
    } catch (error) {
      throw error instanceof HostError
        ? error
        : new HostError('throttled', 'budget', `${request.api}: no budget`, { cause: error });
    }
    const startedAt = performance.now();
    try {
      return await exchange(request);
    } catch (error) {
      const failure = asHostError(request.api, error);
      const ms = Math.round(performance.now() - startedAt);
      options.logger.warn(
        { hostId: options.id, operation: request.api, kind: failure.kind, code: failure.code, ms },
        'DingTalk call failed',
      );
      throw failure;
    }
  };
}
