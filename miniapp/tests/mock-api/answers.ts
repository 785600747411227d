export interface MockRequest {
  method: string;
  /** Below `/api`, with its query. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  person: string | null;
}

export interface MockAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** An image or a file, sent as it is. */
  raw?: { type: string; text: string };
}

/** A problem document. */
export function refuse(status: number, code: string, title: string, extra: object = {}): MockAnswer {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: `urn:minqing:${code}`, title, status, code, ...extra },
  };
}

/** A field of an input as text; '' when it is anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
