/** Calls to a platform: signed, with a limit of time and size, every failure told apart. */
import { LIMITS, MEDIA_TYPE, problemSchema, type ExchangeProblem } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import type { Partner, Partners } from './partners.ts';
import { signedHeaders } from './signature.ts';

const PATIENCE_MS = 10_000;
const MOST_BYTES = 20 * LIMITS.bytes;

/** A refusal of who we are, not of what we say: it ends when keys, clocks or address lists agree again. */
export const NOT_TRUSTED = '对方不认我们的密钥或地址';

/** It did not answer, or not as somebody who understood: worth another try. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** It answered and refused. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly problem: ExchangeProblem | null;

  constructor(status: number, problem: ExchangeProblem | null) {
    super(problem ? `${problem.code} ${problem.detail ?? problem.title}` : `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export interface ExchangeClient {
  /** The parsed answer. Throws `Unreachable` or `Refused`. */
  call(partner: Partner, method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  /** A file's bytes from an address below the platform's own; one more than `bytes` at most, to be told. Throws like `call`. */
  fetchFile(partner: Partner, href: string, bytes: number): Promise<Buffer>;
}

export function createClient(deps: {
  partners: Pick<Partners, 'keyOf'>;
  clock: Pick<Clock, 'machineNow'>;
  patienceMs?: number | undefined;
}): ExchangeClient {
  async function send(partner: Partner, url: URL, method: string, body: Buffer): Promise<Response> {
    const now = deps.clock.machineNow();
    const key = deps.partners.keyOf(partner, now);
    if (!key) {
      throw new Unreachable('没有有效的密钥');
    }
    const headers = signedHeaders(
      key.material,
      { method, path: url.pathname + url.search, time: String(now), partner: partner.id, keyId: key.keyId },
      body,
    );
    try {
      return await fetch(url, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(deps.patienceMs ?? PATIENCE_MS),
        headers: {
          ...headers,
          accept: MEDIA_TYPE,
          ...(method === 'POST' ? { 'content-type': MEDIA_TYPE } : {}),
        },
        ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
      });
    } catch (error) {
      throw new Unreachable(reasonOf(error), { cause: error });
    }
  }

  return {
    async call(partner, method, path, body) {
      const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
      const answer = await send(partner, new URL(partner.baseUrl + path), method, bytes);
      const text = await readSome(answer, MOST_BYTES);
      if (answer.ok) {
        return parsed(text.toString('utf8'));
      }
      const problem = problemSchema.safeParse(tryParse(text.toString('utf8')));
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
        throw new Unreachable(`HTTP ${answer.status}`);
      }
      if (answer.status === 401 || answer.status === 403) {
        throw new Unreachable(`${NOT_TRUSTED}（${problem.success ? problem.data.code : answer.status}）`);
      }
      throw new Refused(answer.status, problem.success ? problem.data : null);
    },
    async fetchFile(partner, href, bytes) {
      const url = new URL(href);
      if (url.origin !== new URL(partner.baseUrl).origin) {
        throw new Refused(0, null); // never anywhere but the partner itself
      }
      const answer = await send(partner, url, 'GET', Buffer.alloc(0));
      if (!answer.ok) {
        throw answer.status >= 500
          ? new Unreachable(`HTTP ${answer.status}`)
          : new Refused(answer.status, null);
      }
      return readSome(answer, bytes + 1, 'cut');
    },
  };
}

/** The answer's bytes. Beyond `most` it is refused, or cut there. */
async function readSome(
  answer: Response,
  most: number,
  beyond: 'refuse' | 'cut' = 'refuse',
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer.body ?? []) {
      size += part.length;
      if (size > most && beyond === 'refuse') {
        throw new Unreachable('回答太大');
      }
      parts.push(Buffer.from(part));
      if (size > most) {
        break;
      }
    }
  } catch (error) {
    throw error instanceof Unreachable ? error : new Unreachable(reasonOf(error), { cause: error });
  }
  return Buffer.concat(parts).subarray(0, most);
}

const tryParse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

function parsed(text: string): unknown {
  const value = tryParse(text);
  if (value === null) {
    throw new Unreachable('回答不是 JSON');
  }
  return value;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return String((cause as { code?: unknown }).code ?? (error instanceof Error ? error.name : 'unknown'));
}
