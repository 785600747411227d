import { WebSocket } from 'ws';
import { KEYS, type Json, type Platform } from './platform.ts';

export interface Frame {
  specVersion: string;
  type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  headers: Record<string, string>;
  data: string;
}

/** One Stream connection of an app, frame by frame, as the protocol pages describe it. */
export interface StreamApp {
  frames: Frame[];
  /** Frames that are no greetings and no pings. */
  pushed(): Frame[];
  ack(frame: Frame, data: unknown, code?: number): void;
  closed: Promise<number>;
  close(): void;
}

export const SUBSCRIPTIONS = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: '/v1.0/card/instances/callback' },
];

export function openConnection(
  platform: Platform,
  body: Json = {},
  accept = 'application/json',
): Promise<Response> {
  return fetch(`${platform.url}/v1.0/gateway/connections/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({
      clientId: KEYS.appKey,
      clientSecret: KEYS.appSecret,
      ua: '',
      localIp: '192.168.1.10',
      extras: {},
      subscriptions: SUBSCRIPTIONS,
      ...body,
    }),
  });
}

/** @param onPush what the app does with each event and callback; without it nothing is acknowledged */
export async function connectApp(
  platform: Platform,
  onPush: (frame: Frame, app: StreamApp) => void = () => undefined,
  subscriptions = SUBSCRIPTIONS,
): Promise<StreamApp> {
  const opened = (await (await openConnection(platform, { subscriptions })).json()) as {
    endpoint: string;
    ticket: string;
  };
  const socket = new WebSocket(`${opened.endpoint}?ticket=${opened.ticket}`);
  const frames: Frame[] = [];
  const app: StreamApp = {
    frames,
    pushed: () => frames.filter((frame) => frame.type !== 'SYSTEM'),
    ack(frame, data, code = 200) {
      const headers = { contentType: 'application/json', messageId: frame.headers.messageId };
      socket.send(JSON.stringify({ code, headers, message: 'OK', data: JSON.stringify(data) }));
    },
    closed: new Promise((resolve) => socket.on('close', resolve)),
    close: () => socket.terminate(),
  };
  const registered = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (raw: Buffer) => {
      const frame = JSON.parse(raw.toString('utf8')) as Frame;
      frames.push(frame);
      if (frame.headers.topic === 'REGISTERED') {
        resolve();
      }
      if (frame.headers.topic === 'ping') {
        const { messageId } = frame.headers;
        const headers = { contentType: 'application/json', messageId };
        socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data: frame.data }));
      }
      if (frame.type !== 'SYSTEM') {
        onPush(frame, app);
      }
    });
  });
  await registered;
  return app;
}
