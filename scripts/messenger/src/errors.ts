import { randomUUID } from 'node:crypto';

/** A refusal in the newer API's form: an HTTP status and `{code, message, requestid}`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requiredScopes: readonly string[];

  constructor(status: number, code: string, message: string = code, requiredScopes: readonly string[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requiredScopes = requiredScopes;
  }
}

/** A refusal in the older API's form: HTTP 200 and `{errcode, errmsg}`; gateway refusals carry `sub_code` as well. */
export class LegacyError extends Error {
  readonly errcode: number;
  readonly sub: { code: string; message: string } | undefined;

  constructor(errcode: number, message: string, sub?: { code: string; message: string }) {
    super(message);
    this.name = 'LegacyError';
    this.errcode = errcode;
    this.sub = sub;
  }
}

export interface WireAnswer {
  status: number;
  body: Record<string, unknown>;
}

/** The body the newer API sends for a refusal. The key is all lower case on the wire. */
export function apiErrorAnswer(error: ApiError): WireAnswer {
  const scopes =
    error.requiredScopes.length > 0
      ? { accessdenieddetail: { requiredScopes: [...error.requiredScopes] } }
      : {};
  return {
    status: error.status,
    body: { code: error.code, message: error.message, requestid: randomUUID().toUpperCase(), ...scopes },
  };
}

/** The body the older API sends for a refusal. */
export function legacyErrorAnswer(error: LegacyError): WireAnswer {
  const sub = error.sub === undefined ? {} : { sub_code: error.sub.code, sub_msg: error.sub.message };
  return {
    status: 200,
    body: { errcode: error.errcode, errmsg: error.message, ...sub, request_id: requestId() },
  };
}

/** A request id as the older API writes them: twelve characters. */
export function requestId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12);
}
