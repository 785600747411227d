import type { ProblemView } from '@minqing/shared/contract';

/** Codes the client itself gives; all others come from the server's problem documents. */
export const OFFLINE = 'offline';
export const TIMEOUT = 'timeout';
const UNREADABLE = 'unreadable';

/** A refused or failed call. `title` is a sentence a person can act on. */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly title: string;
  readonly errors: { path: string; message: string }[];
  /** What happened to the case since the version the person saw. */
  readonly since: string[];
  /** Quoted to support; the request id when the server gave one. */
  readonly reference: string;
  readonly body: unknown;

  constructor(
    problem: Partial<ProblemView> & { code: string; title: string; status: number },
    reference = '',
  ) {
    super(problem.title);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
    this.since = problem.since ?? [];
    this.reference = reference;
    this.body = problem;
  }

  /** True when nothing is known about the outcome and the same request may be sent again under its key. */
  get lost(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** The error for a request that got no answer. */
export function lostRequest(timedOut: boolean): ApiError {
  if (timedOut) {
    return new ApiError({ code: TIMEOUT, status: 0, title: '等了很久没有回应，请再试一次' });
  }
  return new ApiError({ code: OFFLINE, status: 0, title: '现在没有网络，联网后再试一次' });
}

/** Turns a non-2xx answer into an ApiError; answers that are no problem document get a plain sentence. */
export async function problemOf(response: Response): Promise<ApiError> {
  const reference = shortReference(response.headers.get('x-request-id') ?? '');
  const text = await response.text().catch(() => '');
  try {
    const problem = JSON.parse(text) as Partial<ProblemView>;
    if (typeof problem.code === 'string' && typeof problem.title === 'string') {
      return new ApiError(
        { ...problem, code: problem.code, title: problem.title, status: response.status },
        reference,
      );
    }
  } catch {
    // A proxy's HTML page or an empty body: the status is all there is.
  }
  return new ApiError(
    { code: UNREADABLE, status: response.status, title: '服务器正忙，过一会儿再试' },
    reference,
  );
}

/** Six characters in two groups, short enough to be read out on the phone. */
function shortReference(id: string): string {
  const letters = id
    .replace(/[^0-9a-zA-Z]/g, '')
    .slice(-6)
    .toUpperCase();
  return letters.length < 6 ? letters : `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Any thrown value as an ApiError, so screens need one branch only. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) {
    return thrown;
  }
  return new ApiError({ code: 'unexpected', status: 0, title: '这一步没有完成，请再试一次' });
}
