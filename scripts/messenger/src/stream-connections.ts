import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Clock } from './clock.ts';
import type { Timings } from './config.ts';
import { isRecord, parseJson, record, text, type Raw } from './values.ts';

export interface Subscription {
  type: string;
  topic: string;
}

export interface Connection {
  id: string;
  send(frame: Raw): void;
}

export interface StreamConnections {
  add(socket: WebSocket, subscriptions: Subscription[]): void;
  /** The next connection in turn that subscribed to this; undefined when there is none. */
  next(type: string, topic: string): Connection | undefined;
  /** Ends all of them. @returns how many there were */
  drop(how: 'abrupt' | 'graceful'): number;
  count(): number;
  stop(): void;
}

interface Live extends Connection {
  socket: WebSocket;
  subscriptions: Subscription[];
  /** False once `disconnect` was announced: nothing new is sent there. */
  open: boolean;
  unansweredPings: number;
}

/**
 * The app's Stream connections: greeting, keep-alive, turns. Everything an app sends that is no answer to a ping is handed on.
 * @param onAck called with each acknowledgement
 */
export function createStreamConnections(
  timings: Timings,
  clock: Clock,
  onAck: (ack: Raw) => void,
): StreamConnections {
  let connections: Live[] = [];
  let turn = 0;

  const system = (live: Live, topic: string, data: Raw): void => {
    const headers = {
      appId: '',
      connectionId: live.id,
      contentType: 'application/json',
      messageId: randomUUID().replaceAll('-', ''),
      time: String(clock.machineNow()),
      topic,
    };
    live.send({ specVersion: '1.0', type: 'SYSTEM', headers, data: JSON.stringify(data) });
  };
  const forget = (live: Live): void => {
    connections = connections.filter((one) => one !== live);
  };
  const onMessage = (live: Live, raw: string): void => {
    const frame = parseJson(raw);
    if (!isRecord(frame)) {
      return;
    }
    const data = typeof frame.data === 'string' ? parseJson(frame.data) : undefined;
    if (text(record(data).opaque) !== '') {
      live.unansweredPings = 0;
      return;
    }
    onAck(frame);
  };
  const ping = setInterval(() => {
    for (const live of connections) {
      if (live.unansweredPings >= 2) {
        live.socket.terminate();
        continue;
      }
      live.unansweredPings += 1;
      system(live, 'ping', { opaque: randomUUID() });
    }
  }, timings.streamPingMs);
  ping.unref();

  return {
    add(socket, subscriptions) {
      const live: Live = {
        id: randomUUID(),
        socket,
        subscriptions,
        open: true,
        unansweredPings: 0,
        send(frame) {
          if (socket.readyState === WebSocket.OPEN) {
            socket.send(JSON.stringify(frame));
          }
        },
      };
      connections.push(live);
      socket.on('message', (raw: Buffer) => onMessage(live, raw.toString('utf8')));
      socket.on('close', () => forget(live));
      socket.on('error', () => socket.terminate());
      system(live, 'CONNECTED', {});
      system(live, 'REGISTERED', {});
    },
    next(type, topic) {
      const ready = connections.filter(
        (live) =>
          live.open &&
          live.subscriptions.some((one) => one.type === type && (one.topic === topic || one.topic === '*')),
      );
      turn += 1;
      return ready[turn % Math.max(1, ready.length)];
    },
    drop(how) {
      const dropped = connections;
      for (const live of dropped) {
        if (how === 'abrupt') {
          live.socket.terminate();
          continue;
        }
        live.open = false;
        system(live, 'disconnect', { reason: 'persistent connection is timeout' });
        setTimeout(() => live.socket.close(), timings.streamDrainMs).unref();
      }
      connections = how === 'abrupt' ? [] : connections;
      return dropped.length;
    },
    count: () => connections.filter((live) => live.open).length,
    stop: () => clearInterval(ping),
  };
}
