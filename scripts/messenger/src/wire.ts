import type { Request, Response, Router } from 'express';
import {
  ApiError,
  apiErrorAnswer,
  LegacyError,
  legacyErrorAnswer,
  requestId,
  type WireAnswer,
} from './errors.ts';
import type { Messenger } from './messenger.ts';
import { record, text, type Raw } from './values.ts';
import { serve, type Told } from './wire-run.ts';

/** One call as an operation's handler sees it. */
export interface Call {
  messenger: Messenger;
  body: Raw;
  query: Raw;
  params: Record<string, string>;
  /** What the handler adds to the log line. */
  told: Told;
}

/** One operation of the platform. */
export interface Operation {
  /** Name for programs: faults and budgets are aimed by it. */
  api: string;
  /** Name for people. */
  words: string;
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  /** `new`: errors as HTTP status and code. `legacy`: HTTP 200 and errcode. */
  generation: 'new' | 'legacy';
  /** Without one, the call needs no access token. */
  permission?: string;
  open?: boolean;
  handle: (call: Call) => Raw;
}

/** Puts operations on a router, with what all of them share: token, permission, budgets, faults and the log. */
export function mountOperations(
  router: Router,
  messenger: Messenger,
  operations: readonly Operation[],
): void {
  for (const operation of operations) {
    router[operation.method](operation.path, (request, response, next) => {
      run(messenger, operation, request, response).catch(next);
    });
  }
}

function run(
  messenger: Messenger,
  operation: Operation,
  request: Request,
  response: Response,
): Promise<void> {
  const call: Call = {
    messenger,
    body: record(request.body),
    query: record(request.query),
    params: request.params as Record<string, string>,
    told: { personIds: [], refs: {}, note: '' },
  };
  return serve(messenger, operation, { request, response, told: call.told }, () => {
    const { answer, ...rest } = decide(operation, call, request);
    return { ...answer, code: codeOf(answer), ...rest };
  });
}

interface Decision {
  answer: WireAnswer;
  fault: string;
  html?: boolean;
  malformed?: boolean;
}

/** Faults first, then budget, token, permission, and at last the operation itself. */
function decide(operation: Operation, call: Call, request: Request): Decision {
  const { faults, rates } = call.messenger;
  const broken = faults.strike('error', operation.api);
  if (broken !== undefined) {
    const { html, malformed } = broken;
    return { answer: faultAnswer(operation, broken), fault: 'error', html, malformed };
  }
  try {
    if (faults.strike('throttle', operation.api) !== undefined) {
      return { answer: refusal(operation, throttled(operation)), fault: 'throttle' };
    }
    if (!rates.take(operation.api)) {
      throw throttled(operation);
    }
    if (operation.open !== true) {
      checkToken(operation, call, request);
    }
    checkPermission(operation, call);
    return { answer: { status: 200, body: success(operation, operation.handle(call)) }, fault: '' };
  } catch (error) {
    return { answer: refusal(operation, error), fault: '' };
  }
}

function success(operation: Operation, result: Raw): Raw {
  if (operation.generation === 'new') {
    return result;
  }
  const id = operation.path.startsWith('/topapi') ? { request_id: requestId() } : {};
  return { errcode: 0, errmsg: 'ok', ...result, ...id };
}

function refusal(operation: Operation, error: unknown): WireAnswer {
  if (error instanceof ApiError) {
    return apiErrorAnswer(error);
  }
  if (error instanceof LegacyError) {
    return legacyErrorAnswer(error);
  }
  const message = error instanceof Error ? error.message : String(error);
  return operation.generation === 'new'
    ? apiErrorAnswer(new ApiError(500, 'systemError', message))
    : legacyErrorAnswer(new LegacyError(-1, `系统繁忙: ${message}`));
}

/** The platform throttles with HTTP 403 in the newer API and with errcode 90006 (this app's limit of this API) in the older one. */
function throttled(operation: Operation): Error {
  const words = '您的服务器调用钉钉开放平台该接口的请求过于频繁，请稍后再试';
  return operation.generation === 'new'
    ? new ApiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', words)
    : new LegacyError(90006, words);
}

function faultAnswer(
  operation: Operation,
  fault: { status: number; code: string; message: string },
): WireAnswer {
  const message = fault.message || '系统繁忙';
  if (operation.generation === 'new') {
    return apiErrorAnswer(new ApiError(fault.status, fault.code || 'system.busy', message));
  }
  const answer = legacyErrorAnswer(new LegacyError(Number(fault.code) || -1, message));
  return { ...answer, status: fault.status === 500 ? 200 : fault.status };
}

function checkToken(operation: Operation, call: Call, request: Request): void {
  const isNew = operation.generation === 'new';
  const given = isNew ? text(request.headers['x-acs-dingtalk-access-token']) : text(call.query.access_token);
  const state = call.messenger.tokens.check(given);
  if (state === 'valid') {
    return;
  }
  if (isNew) {
    throw new ApiError(400, 'InvalidAuthentication', '不合法的access_token');
  }
  const errors = {
    missing: new LegacyError(41001, '缺少access_token参数'),
    expired: new LegacyError(42001, 'access_token超时'),
    unknown: new LegacyError(40014, '不合法的access_token'),
  };
  throw errors[state];
}

function checkPermission(operation: Operation, call: Call): void {
  const { permission } = operation;
  if (permission === undefined || call.messenger.config.permissions.has(permission)) {
    return;
  }
  throw operation.generation === 'new'
    ? new ApiError(
        403,
        'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        `应用尚未开通所需的权限：${permission}`,
        [permission],
      )
    : new LegacyError(60011, `没有调用该接口的权限：${permission}`);
}

function codeOf(answer: WireAnswer): string {
  const { code, errcode } = answer.body;
  return text(code) || (errcode === undefined || errcode === 0 ? '' : text(errcode));
}
