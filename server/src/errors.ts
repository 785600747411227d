/** What may be answered instead of a result. Everything else that is thrown is our bug and becomes an opaque 500. */
import { ERRORS, type ErrorCode } from '@minqing/shared/contract';
import type { z } from 'zod';

export interface FieldProblem {
  /** Dotted path of the field, as the client sent it; empty for the whole. */
  path: string;
  message: string;
}

interface Details {
  /** Replaces the code's usual title: one Chinese sentence a person can act on. */
  title?: string;
  detail?: string;
  /** Which rule of the workflow refused, as a stable word. */
  reason?: string;
  errors?: FieldProblem[];
  /** What happened to the case since the version the actor saw, newest last. */
  since?: string[];
  /** Further members of the problem document, e.g. the right offset. */
  extra?: Record<string, unknown>;
  /** Seconds after which it may be tried again. */
  retryAfter?: number;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly reason: string | undefined;
  readonly errors: FieldProblem[] | undefined;
  readonly since: string[] | undefined;
  readonly extra: Record<string, unknown> | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: Details = {}) {
    const { status, title } = ERRORS[code];
    super(details.title ?? title, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = status;
    this.title = details.title ?? title;
    this.detail = details.detail;
    this.reason = details.reason;
    this.errors = details.errors;
    this.since = details.since;
    this.extra = details.extra;
    this.retryAfter = details.retryAfter;
  }
}

/** A schema's complaints as fields of the request. Messages are Chinese where the schema or http/ gave them so. */
export function fieldErrors(error: z.core.$ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}

/** 404: it does not exist, or this viewer may not know that it does. */
export function notFound(title?: string): AppError {
  return new AppError('notFound', { title });
}

/** 403: the viewer may know of it but not do this. */
export function forbidden(title?: string): AppError {
  return new AppError('forbidden', { title });
}

/** 401: nobody is signed on. */
export function notSignedOn(title?: string): AppError {
  return new AppError('notSignedOn', { title });
}

/** 400 with the fields that are wrong. */
export function invalidInput(errors: FieldProblem[], title?: string): AppError {
  return new AppError('invalidInput', { errors, title });
}

/** 409: the facts changed under the request. */
export function conflict(title?: string): AppError {
  return new AppError('conflict', { title });
}

/** 422: the idempotency key was used with another body. */
export function keyReused(): AppError {
  return new AppError('keyReused');
}

/** 409 with the newer draft under `draft`. */
export function staleDraft(draft: unknown): AppError {
  return new AppError('staleDraft', { extra: { draft } });
}

/** 409 with the offset to go on from. */
export function wrongOffset(offset: number): AppError {
  return new AppError('wrongOffset', { extra: { offset } });
}

/** 503: the messenger cannot be asked just now. */
export function hostUnavailable(cause: unknown): AppError {
  return new AppError('hostUnavailable', { cause, retryAfter: 5 });
}
