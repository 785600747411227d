import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Faults } from './faults.ts';
import type { Log, LogRefs } from './log.ts';
import { createStreamConnections, type Connection, type Subscription } from './stream-connections.ts';
import { isRecord, parseJson, record, text, type Raw } from './values.ts';

/** How a pushed callback ended: with the app's answer, or with the reason why there is none. */
export type PushOutcome =
  | { ok: true; response: unknown }
  | { ok: false; reason: 'notConnected' | 'timeout' | 'refused' };

export interface Push {
  topic: string;
  data: Raw;
  /** For the log. */
  operation: string;
  api: string;
  recipients: string[];
  personIds: string[];
  refs: LogRefs;
}

export interface Stream {
  /** A single-use ticket for one connection of the app. */
  open(subscriptions: Subscription[]): { endpoint: string; ticket: string };
  attach(server: Server, port: number): void;
  pushCallback(push: Push): Promise<PushOutcome>;
  pushEvent(eventType: string, data: Raw, who: { recipients: string[]; personIds: string[] }): void;
  /** Ends every connection: at once, or the platform's way with a `disconnect` frame first. */
  drop(how: 'abrupt' | 'graceful'): number;
  connections(): number;
  /** Forgets what is under way; connections stay. */
  reset(): void;
  stop(): Promise<void>;
}

interface Pending {
  push: Push;
  type: 'CALLBACK' | 'EVENT';
  headers: Record<string, string>;
  attempts: number;
  startedAt: number;
  timer: NodeJS.Timeout | null;
  settle: (outcome: PushOutcome) => void;
}

/** Deliveries of one frame before it is given up. */
const ATTEMPTS = 5;

/** The Stream gateway: frames, acknowledgements and redelivery. Connections are kept by {@link createStreamConnections}. */
export function createStream(config: Config, clock: Clock, faults: Faults, log: Log): Stream {
  const { timings } = config;
  const pending = new Map<string, Pending>();
  const tickets = new Map<string, { subscriptions: Subscription[]; expiresAt: number }>();
  const sockets = new WebSocketServer({ noServer: true });
  const connections = createStreamConnections(timings, clock, onAck);
  let endpoint = '';

  function report(entry: Pending, verdict: 'ok' | 'failed' | 'lost', code: string, fault = ''): void {
    const { operation, api, recipients, personIds, refs, topic } = entry.push;
    log.add({
      direction: 'out',
      operation,
      api,
      method: 'STREAM',
      path: topic,
      recipients,
      personIds,
      verdict,
      status: verdict === 'ok' ? 200 : 0,
      code,
      fault,
      note: entry.attempts > 1 ? `第 ${entry.attempts} 次推送` : '',
      ms: clock.machineNow() - entry.startedAt,
      refs,
    });
  }

  function finish(messageId: string): Pending | undefined {
    const entry = pending.get(messageId);
    if (entry?.timer) {
      clearTimeout(entry.timer);
    }
    pending.delete(messageId);
    return entry;
  }

  function later(entry: Pending, ms: number, then: () => void): void {
    if (entry.timer) {
      clearTimeout(entry.timer);
    }
    entry.timer = setTimeout(then, ms).unref();
  }

  function giveUp(messageId: string, entry: Pending, code: string): void {
    finish(messageId);
    report(entry, 'failed', code);
    entry.settle({ ok: false, reason: code === 'notConnected' ? 'notConnected' : 'refused' });
  }

  function deliver(messageId: string, entry: Pending): void {
    const { type, push, headers } = entry;
    entry.attempts += 1;
    if (faults.strike('dropStream', push.api) !== undefined) {
      connections.drop('abrupt');
    }
    const offline = faults.strike('offline', push.api) !== undefined;
    const target = offline ? undefined : connections.next(type, push.topic);
    if (target === undefined) {
      retryEvent(messageId, entry, 'notConnected');
      return;
    }
    sendFrame(target, entry, headers);
    if (entry.attempts === 1 && faults.strike('repeatCallbacks', push.api) !== undefined) {
      sendFrame(connections.next(type, push.topic) ?? target, entry, headers);
    }
    const last = entry.attempts >= ATTEMPTS;
    later(entry, timings.streamAckMs, () =>
      last ? giveUp(messageId, entry, 'noAck') : deliver(messageId, entry),
    );
  }

  function sendFrame(target: Connection, entry: Pending, headers: Record<string, string>): void {
    target.send({
      specVersion: '1.0',
      type: entry.type,
      headers: { ...headers, connectionId: target.id },
      data: JSON.stringify(entry.push.data),
    });
  }

  /** Events are tried again after the documented pauses; callbacks are not: the person has already seen the failure. */
  function retryEvent(messageId: string, entry: Pending, code: string): void {
    const pause = entry.type === 'EVENT' ? timings.eventRetryMs[entry.attempts - 1] : undefined;
    if (pause === undefined) {
      giveUp(messageId, entry, code);
      return;
    }
    later(entry, pause, () => deliver(messageId, entry));
  }

  function onAck(ack: Raw): void {
    const messageId = text(record(ack.headers).messageId);
    const entry = pending.get(messageId);
    if (entry === undefined) {
      return;
    }
    if (faults.strike('loseAnswers', entry.push.api) !== undefined) {
      report(entry, 'lost', '', 'loseAnswers');
      return;
    }
    const data = typeof ack.data === 'string' ? parseJson(ack.data) : ack.data;
    const good = ack.code === 200 && !(entry.type === 'EVENT' && record(data).status === 'LATER');
    if (!good) {
      retryEvent(messageId, entry, ack.code === 200 ? 'LATER' : String(ack.code));
      return;
    }
    finish(messageId);
    report(entry, 'ok', '');
    entry.settle({ ok: true, response: isRecord(data) ? data.response : undefined });
  }

  function start(
    type: Pending['type'],
    push: Push,
    headers: Record<string, string>,
    settle: Pending['settle'],
  ): Pending {
    const messageId = randomUUID().replaceAll('-', '');
    const base = {
      appId: config.clientId,
      contentType: 'application/json',
      messageId,
      time: String(clock.now()),
      topic: push.topic,
    };
    const entry: Pending = {
      push,
      type,
      headers: { ...base, ...headers },
      attempts: 0,
      startedAt: clock.machineNow(),
      timer: null,
      settle,
    };
    pending.set(messageId, entry);
    deliver(messageId, entry);
    return entry;
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const ticket = url.searchParams.get('ticket') ?? '';
    const grant = tickets.get(ticket);
    tickets.delete(ticket);
    if (url.pathname !== '/connect' || grant === undefined || grant.expiresAt < clock.machineNow()) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (ws: WebSocket) => connections.add(ws, grant.subscriptions));
  }

  return {
    open(subscriptions) {
      const ticket = randomUUID();
      tickets.set(ticket, { subscriptions, expiresAt: clock.machineNow() + timings.streamTicketMs });
      return { endpoint, ticket };
    },
    attach(server, port) {
      endpoint = `ws://127.0.0.1:${port}/connect`;
      server.on('upgrade', onUpgrade);
    },
    pushCallback: (push) =>
      new Promise((resolve) => {
        let deadline: NodeJS.Timeout | null = null;
        let settled = false;
        const entry = start('CALLBACK', push, {}, (outcome) => {
          settled = true;
          if (deadline !== null) {
            clearTimeout(deadline);
          }
          resolve(outcome);
        });
        if (!settled) {
          deadline = setTimeout(() => {
            report(entry, 'lost', 'timeout');
            resolve({ ok: false, reason: 'timeout' });
          }, timings.callbackDeadlineMs);
        }
      }),
    pushEvent(eventType, data, who) {
      const headers = {
        eventType,
        eventId: randomUUID(),
        eventBornTime: String(clock.now()),
        eventCorpId: config.corpId,
        eventUnifiedAppId: config.clientId,
      };
      const push = {
        topic: '*',
        data,
        operation: `推送事件 ${eventType}`,
        api: `event.${eventType}`,
        refs: {},
        ...who,
      };
      start('EVENT', push, headers, () => undefined);
    },
    drop: (how) => connections.drop(how),
    connections: () => connections.count(),
    reset() {
      for (const messageId of pending.keys()) {
        finish(messageId);
      }
    },
    async stop() {
      for (const messageId of pending.keys()) {
        finish(messageId);
      }
      connections.drop('abrupt');
      connections.stop();
      await new Promise<void>((resolve) => sockets.close(() => resolve()));
    },
  };
}
