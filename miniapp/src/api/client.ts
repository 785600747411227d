import { appConfig } from '../config.ts';
import { lostRequest, problemOf } from './errors.ts';

/** How long a call may take, in milliseconds; uploads of a chunk get the longer one. */
const TIME_LIMIT = 15_000;
const UPLOAD_LIMIT = 60_000;
/** Waits between attempts after a lost request, in milliseconds. */
const RETRY_WAITS = [600, 1_800];

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with `headers` naming its type. */
  bytes?: Blob;
  headers?: Record<string, string>;
  /** Idempotency-Key; a change that carries one is repeated by itself when the answer was lost. */
  key?: string;
  /** Off for background work that has its own schedule. */
  retry?: boolean;
  etag?: string;
  signal?: AbortSignal;
  /** Sign-on itself must not be answered with another sign-on. */
  anonymous?: boolean;
}

export interface Answer<T> {
  status: number;
  /** Absent on 304. */
  data: T;
  etag: string;
}

/** What the session lends to every request; set once by the session store. */
export interface Credentials {
  token: string;
  csrf: string;
  /** Whom the page serves: another window may have replaced the cookie's session by somebody else's. */
  person: string;
  /** Signs on again after a 401; resolves false when that is not possible. */
  renew(): Promise<boolean>;
  /** Told after every attempt whether the network carried it. */
  heard(reached: boolean): void;
}

let credentials: Credentials = {
  token: '',
  csrf: '',
  person: '',
  renew: async () => false,
  heard: () => undefined,
};

/** Hands the session's credentials to the client. */
export function useCredentials(given: Credentials): void {
  credentials = given;
}

/** The absolute address of an API path (leading slash) or of a `url` the API answered. */
export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const base = appConfig().api;
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  // An address the API answered may be told from the page's point of view (`api/files/…`) or from its own (`/files/…`).
  const own = path.replace(/^\.?\/?(api\/)?/, '');
  return `${base}/${own}${search ? `?${search}` : ''}`;
}

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    ...(credentials.token ? { Authorization: `Bearer ${credentials.token}` } : {}),
    ...options.headers,
  };
  if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (options.key) {
    headers['Idempotency-Key'] = options.key;
  }
  if (options.etag) {
    headers['If-None-Match'] = options.etag;
  }
  if (credentials.csrf && !credentials.token && (options.method ?? 'GET') !== 'GET') {
    headers['X-CSRF'] = credentials.csrf;
  }
  if (credentials.person && !credentials.token) {
    headers['X-Person'] = credentials.person;
  }
  return headers;
}

async function attempt(path: string, options: RequestOptions): Promise<Response> {
  const abort = new AbortController();
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      abort.abort();
    },
    options.bytes ? UPLOAD_LIMIT : TIME_LIMIT,
  );
  const stop = (): void => abort.abort();
  options.signal?.addEventListener('abort', stop);
  const init: RequestInit = {
    method: options.method ?? 'GET',
    headers: headersOf(options),
    credentials: 'same-origin',
    signal: abort.signal,
  };
  // A web view whose fetch knows no signal goes on; nobody waits for it any more.
  const stopped = new Promise<never>((_resolve, reject) => {
    abort.signal.addEventListener('abort', () => reject(new Error('stopped')));
  });
  if (options.bytes) {
    init.body = options.bytes;
  } else if (options.body !== undefined) {
    init.body = JSON.stringify(options.body);
  }
  try {
    const response = await Promise.race([fetch(apiUrl(path, options.query), init), stopped]);
    credentials.heard(true);
    return response;
  } catch {
    if (!options.signal?.aborted) {
      credentials.heard(false);
    }
    throw lostRequest(timedOut);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  }
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A request may be repeated blindly when it changes nothing or carries a key. */
function repeatable(options: RequestOptions): boolean {
  const reads = (options.method ?? 'GET') === 'GET';
  return options.retry !== false && (reads || options.key !== undefined);
}

async function persist(path: string, options: RequestOptions): Promise<Response> {
  const waits = repeatable(options) ? RETRY_WAITS : [];
  for (let tries = 0; ; tries += 1) {
    const last = tries >= waits.length || options.signal?.aborted === true;
    try {
      const response = await attempt(path, options);
      if (last || ![502, 503, 504].includes(response.status)) {
        return response;
      }
    } catch (error) {
      if (last || navigator.onLine === false) {
        throw error;
      }
    }
    await wait(waits[tries]!);
  }
}

/** Until somebody answers who knows us: lost requests repeated, one sign-on after a 401. */
async function reach(path: string, options: RequestOptions): Promise<Response> {
  const response = await persist(path, options);
  if (response.status === 401 && !options.anonymous && (await credentials.renew())) {
    return persist(path, options);
  }
  return response;
}

/**
 * One call of the API. Repeats lost requests that may be repeated, signs on once more after a 401, and throws an
 * ApiError for every answer that is neither 2xx nor 304.
 */
export async function call<T>(path: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await reach(path, options);
  if (response.status === 304) {
    return { status: 304, data: undefined as T, etag: options.etag ?? '' };
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  const text = response.status === 204 ? '' : await response.text();
  return {
    status: response.status,
    data: (text ? JSON.parse(text) : undefined) as T,
    etag: response.headers.get('etag') ?? '',
  };
}

/** The bytes behind an address of the API: a picture, a document, a table. Throws an ApiError like `call`. */
export async function bytesOf(path: string, query: RequestOptions['query'] = {}): Promise<Blob> {
  const response = await reach(path, { query, headers: { Accept: '*/*' } });
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.blob();
}
