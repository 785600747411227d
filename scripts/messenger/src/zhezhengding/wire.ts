import express, { type Request, type Router } from 'express';
import type { DirectoryPerson } from '../config.ts';
import type { Fault } from '../faults.ts';
import type { Messenger } from '../messenger.ts';
import { text, type Raw } from '../values.ts';
import { serve, type Decided, type Told } from '../wire-run.ts';
import { businessAnswer, BusinessRefusal, GatewayRefusal, goodAnswer, refusalAnswer } from './envelope.ts';
import { readPairs, type Pair } from './signature.ts';

/** One call as an operation's handler sees it. */
export interface GovCall {
  messenger: Messenger;
  /** The key of the app that signed it. */
  apiKey: string;
  /** The first value of a parameter; empty without one. */
  get(name: string): string;
  all(name: string): string[];
  told: Told;
}

/** One operation of the platform. */
export interface GovOperation {
  /** Name for programs: faults and budgets are aimed by it. */
  api: string;
  /** Name for people. */
  words: string;
  path: string;
  /** The names the access token may have; without any, the call needs none. */
  token?: readonly string[];
  /** Whether `tenantId` must be ours. */
  tenant?: boolean;
  /** The inner level's own fields (`data`, …); text is sent as the whole content, as message endpoints do. */
  handle: (call: GovCall) => Raw | string;
}

const BODIES = express.text({ type: () => true, limit: '1mb' });

/** Puts operations on a router; each takes GET and POST, as the gateway does. */
export function mountGovOperations(
  router: Router,
  messenger: Messenger,
  operations: readonly GovOperation[],
): void {
  for (const operation of operations) {
    router.all(operation.path, BODIES, (request, response, next) => {
      const told: Told = { personIds: [], refs: {}, note: '' };
      serve(messenger, operation, { request, response, told }, () =>
        decide(messenger, operation, request, told),
      ).catch(next);
    });
  }
}

/** Faults first, then budget, signature, tenant, token, and at last the operation itself. */
function decide(messenger: Messenger, operation: GovOperation, request: Request, told: Told): Decided {
  const { faults, rates } = messenger;
  const broken = faults.strike('error', operation.api);
  if (broken !== undefined) {
    return brokenAnswer(broken);
  }
  try {
    if (faults.strike('throttle', operation.api) !== undefined) {
      return { ...refused(tooFast()), fault: 'throttle' };
    }
    if (!rates.take(operation.api)) {
      throw tooFast();
    }
    const call = admit(messenger, request, told);
    if (operation.tenant === true && call.get('tenantId') !== messenger.zhezhengding.settings.tenantId) {
      throw new BusinessRefusal('INVALID_TENANT', `tenantId ${call.get('tenantId')} 不是本应用的租户`);
    }
    if (operation.token !== undefined) {
      checkToken(call, operation.token);
    }
    const result = operation.handle(call);
    const content = typeof result === 'string' ? result : businessAnswer(result);
    return { status: 200, body: goodAnswer(content), code: '', fault: '' };
  } catch (error) {
    return refused(error);
  }
}

function admit(messenger: Messenger, request: Request, told: Told): GovCall {
  const body: unknown = request.body;
  const query = request.originalUrl.split('?')[1] ?? '';
  const contentType = text(request.headers['content-type']);
  const pairs: Pair[] = readPairs(query, contentType, typeof body === 'string' ? body : '');
  const { method, path, headers } = request;
  const apiKey = messenger.zhezhengding.gate.check({ method, path, headers, pairs });
  const all = (name: string): string[] => pairs.flatMap(([key, value]) => (key === name ? [value] : []));
  return { messenger, apiKey, all, get: (name) => all(name)[0] ?? '', told };
}

function checkToken(call: GovCall, names: readonly string[]): void {
  const given = names.map(call.get).find((value) => value !== '') ?? '';
  const state = call.messenger.zhezhengding.tokensOf(call.apiKey).check(given);
  if (state !== 'valid') {
    const words = { missing: '缺失', expired: '已过期', unknown: '无效' }[state];
    throw new BusinessRefusal('INVALID_ACCESS_TOKEN', `access_token ${words}`);
  }
}

function tooFast(): GatewayRefusal {
  return new GatewayRefusal('Throttling.User', 'Request was denied due to user flow control.');
}

function refused(error: unknown): Decided {
  const known =
    error instanceof BusinessRefusal || error instanceof GatewayRefusal
      ? error
      : new BusinessRefusal(
          'SYSTEM_ERROR',
          `系统异常: ${error instanceof Error ? error.message : String(error)}`,
        );
  return { status: 200, body: refusalAnswer(known), code: known.code, fault: '' };
}

function brokenAnswer(fault: Fault): Decided {
  const message = fault.message || '系统繁忙，请稍后再试';
  const error =
    fault.level === 'business'
      ? new BusinessRefusal(fault.code || 'SYSTEM_BUSY', message)
      : new GatewayRefusal(fault.code || 'ServiceUnavailable', message, false);
  const { html, malformed } = fault;
  // The gateway answers its own failures with 200 as well, unless somebody asked for another status.
  const status = fault.status === 500 ? 200 : fault.status;
  return { status, body: refusalAnswer(error), code: error.code, fault: 'error', html, malformed };
}

/** Somebody of this tenant by accountId; undefined for strangers and for people of the other messenger. */
export function personByAccount(messenger: Messenger, accountId: string): DirectoryPerson | undefined {
  return messenger.directory.on('zhezhengding').byUnionid(accountId);
}
