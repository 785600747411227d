import { DWClient, EventAck } from 'dingtalk-stream';
import type { DWClientDownStream } from 'dingtalk-stream';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { jsonOrNull } from '../common/json.ts';

/** Topic of card presses (Stream 模式, 事件回调). */
export const CARD_TOPIC = '/v1.0/card/instances/callback';

const HANDSHAKE_MS = 10_000;
const CLOSE_MS = 2_000;
const PING_MS = 30_000;
const FRAME_BYTES = 1 << 20;

const FRAME = z.looseObject({
  type: z.string(),
  headers: z.looseObject({ topic: z.string().default(''), messageId: z.string().default('') }),
  data: z.string().default(''),
});

/** One way out for an answer: code 200 with what is shown, 500 when the work failed, 400 for what was no press. */
export interface StreamAnswer {
  code: 200 | 400 | 500;
  response: Record<string, unknown>;
}

export interface ConnectionOptions {
  clientId: string;
  clientSecret: string;
  /** Asks the gateway for an address and a single-use ticket; rejects when it gives none. */
  openGateway(
    subscriptions: { type: string; topic: string }[],
  ): Promise<{ endpoint: string; ticket: string }>;
  onEvent(event: { type: string; id: string; corpId: string; data: string }): void;
  /** Absent: presses come another way and are not subscribed. */
  onPress?(data: string, messageId: string): Promise<StreamAnswer>;
  onMalformed(): void;
}

/**
 * One connection to the gateway, from its ticket to its end; the next one is a new object. Frames and acknowledgements
 * are the package's. Its own connecting is not used: the address is compiled in, it retries without pause or bound,
 * a broken frame would end the process, and its heartbeat outlives the socket.
 */
export class StreamConnection extends DWClient {
  /** Resolves when no further frames should be expected: the socket closed, or the gateway said it soon will. */
  readonly over: Promise<void>;
  /** True once the gateway said it will close this connection: the next may be opened without waiting. */
  announced = false;
  private readonly options: ConnectionOptions;
  private readonly answering = new Set<Promise<void>>();
  private url = '';
  private deaf = false;
  private alive = true;
  private end: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    super({ clientId: options.clientId, clientSecret: options.clientSecret, keepAlive: false });
    this.options = options;
    this.config.autoReconnect = false;
    this.config.subscriptions = [{ type: 'EVENT', topic: '*' }]; // the package's default is one list for all clients
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
    this.registerAllEventListener((frame) => {
      const { eventType = '', eventId = '', eventCorpId = '' } = frame.headers;
      options.onEvent({ type: eventType, id: eventId, corpId: eventCorpId, data: frame.data });
      return { status: EventAck.SUCCESS };
    });
    const { onPress } = options;
    if (onPress !== undefined) {
      this.registerCallbackListener(CARD_TOPIC, (frame) => this.press(frame, onPress));
    }
  }

  /** Connects; rejects when the gateway or the socket refuses, or neither answers in time. */
  override async connect(): Promise<void> {
    await this.getEndpoint();
    if (this.deaf) {
      throw new Error('given up before it was open');
    }
    await this.dial();
  }

  override async getEndpoint(): Promise<this> {
    const { endpoint, ticket } = await this.options.openGateway(this.config.subscriptions);
    this.url = `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
    return this;
  }

  override heartbeat(): void {
    this.alive = true;
  }

  override onDownStream(data: string): void {
    this.alive = true;
    const frame = readFrame(data);
    if (frame === null) {
      this.options.onMalformed();
      return;
    }
    if (frame.type === 'SYSTEM') {
      this.onSystem(frame);
      if (frame.headers.topic === 'disconnect') {
        this.announced = true;
        this.end();
      }
      return;
    }
    if (frame.headers.messageId === '') {
      this.options.onMalformed(); // nobody could be answered
      return;
    }
    if (this.deaf) {
      return; // unacknowledged, it goes to another connection
    }
    if (frame.type === 'EVENT') {
      this.onEvent(frame);
    } else if (frame.type === 'CALLBACK') {
      this.onCallback(frame);
    }
  }

  /** Takes nothing new, sends the answers under way, then closes. */
  async retire(): Promise<void> {
    this.deaf = true;
    while (this.answering.size > 0) {
      await Promise.all(this.answering);
    }
    await this.hangUp();
  }

  override disconnect(): void {
    this.deaf = true;
    void this.hangUp();
  }

  private dial(): Promise<void> {
    const socket = new WebSocket(this.url, { handshakeTimeout: HANDSHAKE_MS, maxPayload: FRAME_BYTES });
    this['socket'] = socket;
    const heartbeat = setInterval(() => this.beat(socket), PING_MS);
    heartbeat.unref();
    socket.on('message', (data) => this.onDownStream(String(data)));
    socket.on('pong', () => this.heartbeat());
    socket.once('close', () => {
      clearInterval(heartbeat);
      this.connected = false;
      this.registered = false;
      this.end();
    });
    return new Promise((resolve, reject) => {
      socket.once('open', () => {
        this.connected = true;
        resolve();
      });
      socket.on('error', (error) => {
        socket.terminate();
        reject(error);
      });
    });
  }

  private async hangUp(): Promise<void> {
    const socket: WebSocket | undefined = this['socket'];
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) {
      return;
    }
    const closed = new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
    });
    const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.close();
    await closed;
    clearTimeout(timer);
  }

  private beat(socket: WebSocket): void {
    if (!this.alive) {
      socket.terminate(); // nothing heard for a whole interval: the line is dead, whatever TCP believes
      return;
    }
    this.alive = false;
    if (socket.readyState === WebSocket.OPEN) {
      socket.ping();
    }
  }

  private press(frame: DWClientDownStream, onPress: NonNullable<ConnectionOptions['onPress']>): void {
    const { messageId } = frame.headers;
    const done: Promise<void> = onPress(frame.data, messageId)
      .then((answer) => this.reply(messageId, answer))
      .finally(() => this.answering.delete(done));
    this.answering.add(done);
  }

  private reply(messageId: string, answer: StreamAnswer): void {
    const socket: WebSocket | undefined = this['socket'];
    if (socket?.readyState !== WebSocket.OPEN) {
      return; // the gateway repeats it to whoever is connected then
    }
    if (answer.code === 200) {
      this.socketCallBackResponse(messageId, answer.response);
      return;
    }
    // The package can only say 200; the others are what the platform's Go and Python packages send.
    const headers = { contentType: 'application/json', messageId };
    const data = JSON.stringify({ response: answer.response });
    socket.send(JSON.stringify({ code: answer.code, headers, message: 'error', data }));
  }
}

function readFrame(data: string): DWClientDownStream | null {
  const frame = FRAME.safeParse(jsonOrNull(data));
  return frame.success ? (frame.data as unknown as DWClientDownStream) : null;
}
