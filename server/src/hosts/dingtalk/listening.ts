import { z } from 'zod';
import type { CardPress, HostListeners } from '../port.ts';
import { createBackoff, pause } from '../common/backoff.ts';
import { createChanges, type Changes } from '../common/changes.ts';
import { parseChange } from './changes.ts';
import { modern } from './client.ts';
import type { ApiClient } from './client.ts';
import type { DingTalkOptions } from './options.ts';
import { createPresses, parsePress } from './presses.ts';
import type { PressOutcome, Presses } from './presses.ts';
import { createStream } from './stream.ts';
import type { Stream } from './stream.ts';
import type { StreamAnswer } from './stream.connection.ts';

const PRESS_BUDGET_MS = 1_800; // of the 2 s the platform waits

export interface Listening {
  listen(listeners: HostListeners): Promise<void>;
  stop(): Promise<void>;
  /** For presses that come over HTTP; null while nobody listens. */
  answer(): ((press: CardPress) => Promise<PressOutcome>) | null;
}

interface Session {
  stream: Stream;
  presses: Presses;
  changes: Changes;
  stopping: AbortController;
  registration: Promise<void>;
}

/** Presses and contact changes, from whichever transport, to the listeners. */
export function createListening(client: ApiClient, options: DingTalkOptions): Listening {
  const { logger, clock } = options;
  let session: Session | null = null;

  /** Tells the platform where presses go (注册卡片回调地址), until it has taken it: without that, no press arrives. */
  async function register(signal: AbortSignal): Promise<void> {
    const callback = options.callback;
    if (options.callbackMode !== 'http' || callback?.url === undefined) {
      return;
    }
    const body = {
      callbackRouteKey: callback.routeKey,
      callbackUrl: callback.url,
      apiSecret: callback.secret,
      forceUpdate: true,
    };
    const pauses = createBackoff(options.backoff?.firstMs ?? 1_000, options.backoff?.maxMs ?? 60_000);
    while (!signal.aborted) {
      try {
        await client.call(modern('POST', '/v1.0/card/callbacks/register', [], body), z.unknown());
        return;
      } catch {
        await pause(pauses.next(), signal); // the failure itself is logged where it happened
      }
    }
  }

  async function pressed(presses: Presses, data: string, messageId: string): Promise<StreamAnswer> {
    const press = parsePress(data, options, messageId);
    if (press === null) {
      logger.warn({ hostId: options.id }, 'card press could not be read');
      return { code: 400, response: {} };
    }
    const outcome = await presses.answer(press);
    return outcome.ok ? { code: 200, response: outcome.answer } : { code: 500, response: {} };
  }

  async function listen(listeners: HostListeners): Promise<void> {
    if (session !== null) {
      throw new Error(`DingTalk host ${options.id} is listening already`);
    }
    const presses = createPresses({
      onCardPress: (press) => listeners.onCardPress(press),
      logger,
      hostId: options.id,
      budgetMs: options.pressBudgetMs ?? PRESS_BUDGET_MS,
      machineNow: () => clock.machineNow(),
    });
    const changes = createChanges(options.id, logger, (change) => listeners.onContactChange(change));
    const stream = createStream(client.bare, options, {
      onEvent: ({ type, id, corpId, data }) => {
        const change =
          corpId === '' || corpId === options.corpId ? parseChange(options.id, type, data) : null;
        if (change !== null) {
          changes.take(id, change);
        }
      },
      onPress:
        options.callbackMode === 'http' ? undefined : (data, messageId) => pressed(presses, data, messageId),
    });
    const stopping = new AbortController();
    session = { stream, presses, changes, stopping, registration: register(stopping.signal) };
    await stream.start();
  }

  return {
    listen,
    stop: async () => {
      const ending = session;
      if (ending === null) {
        return;
      }
      session = null;
      ending.stopping.abort();
      await ending.stream.stop();
      await Promise.all([ending.presses.drained(), ending.changes.drained(), ending.registration]);
    },
    answer: () => session?.presses.answer ?? null,
  };
}
