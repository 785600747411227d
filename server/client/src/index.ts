/**
 * A client of the API for programs: typed by `schema.ts`, no dependency, wherever there is `fetch` (Node, browsers).
 *
 *     const api = createClient({ url: 'https://minqing.example', token: 'mqp_…' });
 *     const view = await api.call('GET /cases/{caseId}', { path: { caseId } });
 */
import type { Operations, Schemas } from './schema.ts';

export type { Operations, Schemas } from './schema.ts';

export type Call = keyof Operations;
export type Input<K extends Call> = Operations[K]['input'];
export type Answer<K extends Call> = Operations[K]['answer'];

export interface More {
  signal?: AbortSignal;
  /** Makes the change act once however often it is sent; made anew for each call when not given. */
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

export interface ClientOptions {
  /** Origin of the server, without `/api`. */
  url: string;
  /** An access token of 我的 → 访问令牌, or the token of a bearer session. */
  token: string;
  /** How often a call is repeated after a lost answer, 429 or 503; 2 by default. A change keeps its key. */
  retries?: number;
  fetch?: typeof fetch;
}

/** What the server answered instead: a problem document (RFC 9457). `code` is for programs, `message` for people. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  /** Which fields are wrong, and what to do. */
  readonly errors: readonly { path: string; message: string }[];
  readonly problem: Partial<Schemas['Problem']>;

  constructor(status: number, problem: Partial<Schemas['Problem']>) {
    super(problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? '';
    this.errors = problem.errors ?? [];
    this.problem = problem;
  }
}

type Given<K extends Call> =
  Record<string, never> extends Input<K> ? [input?: Input<K> & More] : [input: Input<K> & More];

export interface Client {
  /** Rejects with ApiProblem for whatever the server refuses, and with fetch's own error when it cannot be reached. */
  call<K extends Call>(what: K, ...given: Given<K>): Promise<Answer<K>>;
}

interface Loose extends More {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export function createClient(options: ClientOptions): Client {
  const { retries = 2, fetch: send = fetch } = options;
  const base = `${options.url.replace(/\/$/, '')}/api`;

  async function call(what: string, given: Loose = {}): Promise<unknown> {
    const [method = 'GET', pattern = '/'] = what.split(' ');
    const bytes = given.body instanceof Uint8Array;
    const request: RequestInit = {
      method,
      headers: {
        authorization: `Bearer ${options.token}`,
        ...(given.body === undefined
          ? {}
          : { 'content-type': bytes ? 'application/offset+octet-stream' : 'application/json' }),
        ...(method === 'GET' ? {} : { 'idempotency-key': given.idempotencyKey ?? crypto.randomUUID() }),
        ...given.headers,
      },
      ...(given.body === undefined
        ? {}
        : { body: bytes ? (given.body as Uint8Array<ArrayBuffer>) : JSON.stringify(given.body) }),
      ...(given.signal ? { signal: given.signal } : {}),
    };
    for (let attempt = 0; ; attempt += 1) {
      const response = await send(base + addressOf(pattern, given), request).catch((error: unknown) => {
        if (attempt >= retries || given.signal?.aborted) {
          throw error;
        }
        return null;
      });
      const again = response === null || response.status === 429 || response.status === 503;
      if (response && !(again && attempt < retries)) {
        return answerOf(response);
      }
      await pause(pauseMs(response, attempt), given.signal);
    }
  }

  return { call: call as Client['call'] };
}

function addressOf(pattern: string, { path = {}, query = {} }: Loose): string {
  const filled = pattern.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(path[name])),
  );
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

async function answerOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  const isJson = /json/.test(type);
  if (!response.ok) {
    throw new ApiProblem(response.status, isJson ? ((await response.json()) as Schemas['Problem']) : {});
  }
  if (response.status === 204) {
    return undefined;
  }
  if (isJson) {
    return response.json();
  }
  return type.startsWith('text/') ? response.text() : new Uint8Array(await response.arrayBuffer());
}

/** What the server asks for, else doubling from half a second. */
function pauseMs(response: Response | null, attempt: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? 0) * 1_000;
  return Math.min(LONGEST_PAUSE_MS, Math.max(asked || 0, FIRST_PAUSE_MS * 2 ** attempt));
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
