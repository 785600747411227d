/** Sends what its clerk did, each matter's messages in order, again and again until the other side has them. */
import type { Body } from './states.ts';
import { happens, type Faults } from './faults.ts';
import type { PlatformStore, Unsent } from './store.ts';
import { headersFor, MEDIA_TYPE, type Key } from './wire.ts';

const AT_ONCE = 6;

export interface SenderParts {
  peerUrl: string;
  /** To sign with now; undefined while it has none, and nothing is sent. */
  key(): Key | undefined;
  paceMs: number;
  store(): PlatformStore;
  faults(): Faults;
  /** The message as it goes out: links are made anew at each sending. */
  outgoing(body: Body): Body;
  /** What else is to be done at each turn. */
  besides(): Promise<void>;
}

interface Answer {
  status: number;
  body: {
    status?: string;
    code?: string;
    detail?: string;
    title?: string;
    expected?: number;
    kept?: boolean;
  };
}

export function createSender(parts: SenderParts) {
  const { peerUrl } = parts;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const url = new URL(peerUrl + path);
    const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
    const key = parts.key();
    if (!key) {
      throw new Error('no key to sign with');
    }
    const headers = headersFor(key, method, url.pathname + url.search, bytes);
    if (happens(parts.faults().wrongSignature)) {
      headers['x-exchange-signature'] = Buffer.from('wrong').toString('base64');
    }
    const answer = await fetch(url, {
      method,
      headers: { ...headers, 'content-type': MEDIA_TYPE },
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: new Uint8Array(bytes) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }

  async function deliver(message: Unsent): Promise<Answer | null> {
    const faults = parts.faults();
    if (faults.down || happens(faults.drop)) {
      return null;
    }
    try {
      if (happens(faults.duplicates)) {
        await call('POST', '/messages', parts.outgoing(message.body));
      }
      return await call('POST', '/messages', parts.outgoing(message.body));
    } catch {
      return null;
    }
  }

  /** True when the next one may follow at once. */
  async function send(message: Unsent): Promise<boolean> {
    const store = parts.store();
    const answer = await deliver(message);
    if (parts.store() !== store) {
      return false; // restored from a backup in the meantime: begin anew
    }
    const again = (problem: string): false => {
      const pause = Math.min(60_000, parts.paceMs * 2 ** Math.min(message.attempts, 12));
      store.markFailed(message.id, message.attempts + 1, Date.now() + pause, problem);
      return false;
    };
    if (answer === null || answer.status >= 500) {
      return again('对方没有回答');
    }
    const { code, expected, kept, detail, title } = answer.body;
    if (answer.status < 300) {
      store.markSent(message.id);
      return true;
    }
    if (kept) {
      store.markSent(message.id, `对方已保留，待处理：${detail ?? title ?? code ?? ''}`);
      return true;
    }
    if (code === 'outOfOrder' && expected !== undefined && expected < message.seq) {
      store.sendAgain(message.caseId, expected);
      return true;
    }
    if (code === 'sequenceTaken') {
      await recover(message.caseId);
      return true;
    }
    return again(`${code ?? answer.status} ${detail ?? title ?? ''}`);
  }

  /** We were restored and said something new where the other side has something older of ours: that comes first. */
  async function recover(caseId: string): Promise<void> {
    const store = parts.store();
    const unsent = new Set(store.unsent(caseId).map((m) => m.id));
    const last = store.log(caseId).findLast((m) => m.side === 'P' && !unsent.has(m.id))?.seq ?? 0;
    const { status, body } = await call('GET', `/cases/${caseId}/messages?from=platform&after=${last}`);
    if (status === 200) {
      giveBack(store, caseId, (body as unknown as { messages: Body[] }).messages);
    }
  }

  async function sendCase(caseId: string): Promise<void> {
    for (;;) {
      const [first, second] = parts.store().unsent(caseId);
      if (!first || stopped) {
        return;
      }
      if (second && happens(parts.faults().reorder)) {
        await deliver(second); // too early: it will be refused, and sent again in its turn
      }
      if (!(await send(first))) {
        return;
      }
    }
  }

  async function run(): Promise<void> {
    const cases = parts.faults().down ? [] : parts.store().casesToSend(Date.now(), 200);
    const lane = async (): Promise<void> => {
      for (let caseId = cases.shift(); caseId !== undefined; caseId = cases.shift()) {
        await sendCase(caseId);
      }
    };
    await Promise.all([...Array.from({ length: AT_ONCE }, lane), parts.besides()]);
  }

  const runOnce = (): Promise<void> =>
    (running ??= run().finally(() => {
      running = undefined;
    }));

  return {
    call,
    runOnce,
    start(): void {
      timer = setInterval(() => void runOnce().catch(() => undefined), Math.min(parts.paceMs, 250));
    },
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}

/** Takes back messages of ours that the other side still has; what is not sent yet moves behind them. */
export function giveBack(store: PlatformStore, caseId: string, messages: readonly Body[]): number {
  return store.transaction(() => {
    const lost = messages.filter((m) => {
      const known = store.find(m.id);
      if (known) {
        store.markSent(m.id);
      }
      return !known;
    });
    if (lost.length === 0) {
      return 0;
    }
    store.renumber(caseId, Math.max(...lost.map((m) => m.seq)) + 1_000_000);
    lost.forEach((m) => store.put('P', m, true));
    store.renumber(caseId, Math.max(...lost.map((m) => m.seq)));
    return lost.length;
  });
}
