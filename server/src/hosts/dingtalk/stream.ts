import { z } from 'zod';
import { HostError } from '../port.ts';
import { createBackoff, pause } from '../common/backoff.ts';
import { secureUrl } from '../common/surroundings.ts';
import type { DingTalkOptions } from './options.ts';
import { StreamConnection } from './stream.connection.ts';
import type { ConnectionOptions } from './stream.connection.ts';
import type { Transport } from './transport.ts';

const GATEWAY = '/v1.0/gateway/connections/open';
const GATEWAY_ANSWER = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) });
const GIVE_UP_MS = 2_000;
const STEADY_MS = 10_000; // a connection that lasted so long was a good one

export interface Stream {
  /** Resolves when the first attempt has ended, well or not; attempts go on until `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Asks the gateway for a connection (Stream 模式 概述): credentials in the body, no token, one use per ticket. */
async function openGateway(
  bare: Transport,
  options: DingTalkOptions,
  subscriptions: { type: string; topic: string }[],
): Promise<{ endpoint: string; ticket: string }> {
  const { clientId, clientSecret } = options;
  const answer = await bare({
    api: `POST ${GATEWAY}`,
    generation: 'modern',
    method: 'POST',
    path: GATEWAY,
    body: { clientId, clientSecret, ua: 'minqing', subscriptions },
    secrets: [clientSecret],
  });
  const parsed = GATEWAY_ANSWER.safeParse(answer);
  if (!parsed.success) {
    throw new HostError('unavailable', 'shape', `POST ${GATEWAY}: unexpected answer`);
  }
  secureUrl('DingTalk: the gateway’s endpoint', parsed.data.endpoint);
  return parsed.data;
}

/**
 * Keeps one connection to the Stream gateway. When the gateway announces its end, the next one is opened before the old
 * one closes; after a loss the pauses grow, with jitter, and start anew after a connection that lasted.
 */
export function createStream(
  bare: Transport,
  options: DingTalkOptions,
  handlers: Pick<ConnectionOptions, 'onEvent' | 'onPress'>,
): Stream {
  const { logger, clock } = options;
  const stopping = new AbortController();
  const pauses = createBackoff(options.backoff?.firstMs ?? 1_000, options.backoff?.maxMs ?? 60_000);
  const retiring = new Set<Promise<void>>();
  let current: StreamConnection | null = null;
  let running: Promise<void> = Promise.resolve();

  const connection = (): StreamConnection =>
    new StreamConnection({
      ...handlers,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      openGateway: (subscriptions) => openGateway(bare, options, subscriptions),
      onMalformed: () => logger.warn({ hostId: options.id }, 'Stream frame could not be read'),
    });

  /** True when connected. */
  async function attempt(next: StreamConnection): Promise<boolean> {
    try {
      await next.connect();
      logger.info({ hostId: options.id }, 'Stream connected');
      return true;
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      logger.warn({ hostId: options.id, reason }, 'Stream connection failed');
      return false;
    }
  }

  function retire(old: StreamConnection | null): void {
    if (old === null) {
      return;
    }
    const done: Promise<void> = old.retire().finally(() => retiring.delete(done));
    retiring.add(done);
  }

  async function run(firstEnded: () => void): Promise<void> {
    let leaving: StreamConnection | null = null;
    while (!stopping.signal.aborted) {
      const next = connection();
      current = next;
      const connected = await attempt(next);
      const since = clock.machineNow();
      firstEnded();
      if (connected) {
        retire(leaving);
        await next.over;
        leaving = next;
      }
      const steady = connected && clock.machineNow() - since >= STEADY_MS;
      if (steady) {
        pauses.reset();
      }
      if (!steady || !next.announced) {
        await pause(pauses.next(), stopping.signal);
      }
    }
    retire(leaving);
  }

  return {
    start: () =>
      new Promise((resolve) => {
        running = run(resolve);
      }),
    stop: async () => {
      stopping.abort();
      retire(current);
      // An attempt that still waits for the gateway gives up by itself; nobody has to wait for it.
      await Promise.race([running, pause(GIVE_UP_MS)]);
      await Promise.all(retiring);
    },
  };
}
