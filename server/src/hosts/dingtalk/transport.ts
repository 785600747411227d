import { carefully, codeText, parseAnswer, type Json } from '../common/exchange.ts';
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

/** Sends one request; resolves the answer's JSON object, rejects {@link HostError} only. */
export type Transport = (request: WireRequest) => Promise<Json>;

const DEFAULT_TIMEOUT_MS = 10_000;
const WORDS = 300; // of the platform's message are enough for a log

function urlOf(options: DingTalkOptions, request: WireRequest): string {
  const base = (request.generation === 'modern' ? options.apiBase : options.oapiBase).replace(/\/+$/, '');
  const query = new URLSearchParams(request.query).toString();
  return `${base}/${request.path.replace(/^\//, '')}${query === '' ? '' : `?${query}`}`;
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Throws when the answer is a refusal. Sources: the platform's 全局错误码 and 调用频率限制. */
function judge(request: WireRequest, status: number, body: Json): void {
  const fail = (code: string, message: string): never => {
    const said = (request.secrets ?? []).reduce((text, secret) => text.replaceAll(secret, '***'), message);
    const number = codeText(body.requestid ?? body.request_id) || undefined;
    throw platformError(request.api, code, said.slice(0, WORDS), status, number);
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
    const body = parseAnswer(request.api, response.status, await response.text());
    judge(request, response.status, body);
    return body;
  }

  return (request) => carefully(options, 'DingTalk', request.api, () => exchange(request));
}
