import { setTimeout as wait } from 'node:timers/promises';
import type { Request, Response, Router } from 'express';
import {
  ApiError,
  apiErrorAnswer,
  LegacyError,
  legacyErrorAnswer,
  requestId,
  type WireAnswer,
} from './errors.ts';
import type { LogEntry, LogRefs } from './log.ts';
import type { Messenger } from './messenger.ts';
import { record, text, type Raw } from './values.ts';

/** One call as an operation's handler sees it. */
export interface Call {
  messenger: Messenger;
  body: Raw;
  query: Raw;
  params: Record<string, string>;
  /** What the handler adds to the log line. */
  told: { personIds: string[]; refs: LogRefs; note: string };
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

async function run(
  messenger: Messenger,
  operation: Operation,
  request: Request,
  response: Response,
): Promise<void> {
  const { clock, faults } = messenger;
  const startedAt = clock.machineNow();
  const call: Call = {
    messenger,
    body: record(request.body),
    query: record(request.query),
    params: request.params as Record<string, string>,
    told: { personIds: [], refs: {}, note: '' },
  };
  const finish = (entry: Pick<LogEntry, 'verdict' | 'status' | 'code' | 'fault'>): void => {
    const { personIds, refs, note } = call.told;
    messenger.log.add({
      direction: 'in',
      operation: operation.words,
      api: operation.api,
      method: request.method,
      path: request.path,
      recipients: personIds.map((id) => messenger.directory.person(id)?.name ?? id),
      personIds,
      note,
      ms: clock.machineNow() - startedAt,
      refs,
      ...entry,
    });
  };

  const slow = faults.strike('latency', operation.api);
  if (slow !== undefined) {
    await wait(slow.latencyMs);
  }
  if (faults.strike('offline', operation.api) !== undefined) {
    finish({ verdict: 'lost', status: 0, code: '', fault: 'offline' });
    request.socket.destroy();
    return;
  }
  const { answer, fault, html } = decide(operation, call, request);
  if (faults.strike('loseAnswers', operation.api) !== undefined) {
    finish({ verdict: 'lost', status: answer.status, code: codeOf(answer), fault: 'loseAnswers' });
    request.socket.destroy();
    return;
  }
  const code = codeOf(answer);
  finish({
    verdict: code === '' ? 'ok' : 'refused',
    status: answer.status,
    code,
    fault: fault || (slow ? 'latency' : ''),
  });
  if (html) {
    response.status(answer.status).type('html').send('<html><body><h1>punish</h1></body></html>');
    return;
  }
  response.status(answer.status).json(answer.body);
}

interface Decision {
  answer: WireAnswer;
  fault: string;
  html: boolean;
}

/** Faults first, then budget, token, permission, and at last the operation itself. */
function decide(operation: Operation, call: Call, request: Request): Decision {
  const { faults, rates } = call.messenger;
  const broken = faults.strike('error', operation.api);
  if (broken !== undefined) {
    return { answer: faultAnswer(operation, broken), fault: 'error', html: broken.html };
  }
  try {
    if (faults.strike('throttle', operation.api) !== undefined) {
      return { answer: refusal(operation, throttled(operation)), fault: 'throttle', html: false };
    }
    if (!rates.take(operation.api)) {
      throw throttled(operation);
    }
    if (operation.open !== true) {
      checkToken(operation, call, request);
    }
    checkPermission(operation, call);
    return {
      answer: { status: 200, body: success(operation, operation.handle(call)) },
      fault: '',
      html: false,
    };
  } catch (error) {
    return { answer: refusal(operation, error), fault: '', html: false };
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
