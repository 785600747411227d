import { createHmac } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ApiError } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Kept } from './keeping.ts';
import type { Log } from './log.ts';
import type { Push, PushOutcome } from './stream.ts';
import { parseJson } from './values.ts';

export interface CallbackRoute {
  callbackUrl: string;
  apiSecret: string;
}

/** HTTP callbacks: which key leads to which address, and how a press travels there. */
export interface CallbackRoutes extends Kept {
  register(key: string, url: string, secret: string, force: boolean): CallbackRoute;
  has(key: string): boolean;
  send(key: string, push: Push): Promise<PushOutcome>;
}

/**
 * Only addresses on this machine are accepted: the messenger never calls the outside world. The signature covers the time stamp
 * alone (machine time, milliseconds), as the platform's does.
 */
export function createCallbackRoutes(
  config: Config,
  clock: Clock,
  faults: Faults,
  log: Log,
  isLocal: (host: string) => boolean,
): CallbackRoutes {
  let routes = new Map<string, CallbackRoute>();

  async function post(route: CallbackRoute, body: string): Promise<unknown> {
    const timestamp = String(clock.machineNow());
    const signature = createHmac('sha256', route.apiSecret).update(timestamp).digest('base64');
    const signed: Record<string, string> =
      route.apiSecret === ''
        ? {}
        : { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': signature };
    const answer = await fetch(route.callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...signed },
      body,
      signal: AbortSignal.timeout(config.timings.callbackDeadlineMs),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return parseJson(text === '' ? '{}' : text);
  }

  async function attempt(route: CallbackRoute, push: Push): Promise<{ outcome: PushOutcome; code: string }> {
    const body = JSON.stringify(push.data);
    if (faults.strike('offline', push.api) !== undefined) {
      return { outcome: { ok: false, reason: 'notConnected' }, code: 'offline' };
    }
    try {
      const repeats = faults.strike('repeatCallbacks', push.api) !== undefined ? 2 : 1;
      const answers = Array.from({ length: repeats }, () => post(route, body));
      const [first] = await Promise.all(answers);
      return { outcome: { ok: true, response: first }, code: '' };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      const reason = timedOut ? 'timeout' : error instanceof TypeError ? 'notConnected' : 'refused';
      return {
        outcome: { ok: false, reason },
        code: timedOut ? 'timeout' : String(error instanceof Error ? error.message : error),
      };
    }
  }

  return {
    register(key, url, secret, force) {
      if (key === '') {
        throw new ApiError(400, 'param.callbackRouteKeyEmpty');
      }
      if (url === '') {
        throw new ApiError(400, 'param.callbackUrlEmpty');
      }
      const known = routes.get(key);
      if (known !== undefined && !force) {
        if (known.callbackUrl === url && known.apiSecret === secret) {
          return known;
        }
        throw new ApiError(500, 'param.callbackRouteKeyExist');
      }
      if (!URL.canParse(url) || !isLocal(new URL(url).host)) {
        throw new ApiError(400, 'system.updateCallbackFailed', '本机信使只回调本机地址');
      }
      const route = { callbackUrl: url, apiSecret: secret };
      routes.set(key, route);
      return route;
    },
    has: (key) => routes.has(key),
    async send(key, push) {
      const route = routes.get(key);
      const startedAt = clock.machineNow();
      const { outcome, code } =
        route === undefined
          ? { outcome: { ok: false, reason: 'notConnected' } as const, code: 'noRoute' }
          : await attempt(route, push);
      const lost = outcome.ok && faults.strike('loseAnswers', push.api) !== undefined;
      log.add({
        direction: 'out',
        operation: push.operation,
        api: push.api,
        method: 'POST',
        path: route?.callbackUrl ?? push.topic,
        recipients: push.recipients,
        personIds: push.personIds,
        verdict: lost ? 'lost' : outcome.ok ? 'ok' : 'failed',
        status: outcome.ok ? 200 : 0,
        code,
        fault: lost ? 'loseAnswers' : '',
        note: '',
        ms: clock.machineNow() - startedAt,
        refs: push.refs,
      });
      return lost ? { ok: false, reason: 'timeout' } : outcome;
    },
    dump: () => routes,
    load(state) {
      routes = state as typeof routes;
    },
  };
}
