/** The line between the two platforms, as bad as it is told to be. One for each direction; it knows nothing of what passes. */
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { between, type Dice } from '../../support/dice.ts';

/** Probabilities from 0 to 1. */
export interface Badness {
  /** Lost on the way: nobody hears of it. */
  drop: number;
  /** Heard and done; the answer is lost. */
  loseAnswer: number;
  /** Arrives a second time, later: the very same bytes. */
  repeat: number;
  /** A byte of the body is another one. */
  alter: number;
  /** Held up, so that others overtake it. */
  hold: number;
}

export const GOOD: Badness = { drop: 0, loseAnswer: 0, repeat: 0, alter: 0, hold: 0 };

export interface Line {
  url: string;
  /** How often each kind of harm was done. */
  done: Badness;
  be(badness: Badness): void;
  close(): Promise<void>;
}

interface Passing {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** @param target where it leads: origin of the other side */
export async function startLine(target: string, random: Dice): Promise<Line> {
  const agent = new Agent({ keepAlive: true });
  const done: Badness = { ...GOOD };
  let badness: Badness = GOOD;
  let closed = false;

  const happens = (kind: keyof Badness): boolean => {
    const yes = badness[kind] > 0 && random() < badness[kind];
    done[kind] += yes ? 1 : 0;
    return yes;
  };

  function pass({ method, path, headers, body }: Passing): Promise<IncomingMessage & { whole: Buffer }> {
    return new Promise((resolve, reject) => {
      const out = request(new URL(path, target), { method, headers, agent, timeout: 20_000 }, (answer) => {
        void wholeOf(answer).then((whole) => resolve(Object.assign(answer, { whole })), reject);
      });
      out.once('error', reject);
      out.once('timeout', () => out.destroy(new Error('no answer')));
      out.end(body);
    });
  }

  function altered(body: Buffer): Buffer {
    const copy = Buffer.from(body);
    const at = between(random, 0, copy.length - 1);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await wholeOf(incoming);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const passing: Passing = { method, path, headers, body };
    if (happens('drop')) {
      incoming.socket.destroy();
      return;
    }
    if (happens('hold')) {
      await pause(between(random, 20, 400));
    }
    if (body.length > 0 && happens('alter')) {
      passing.body = altered(body);
    }
    if (happens('repeat')) {
      void pause(between(random, 5, 1_500)).then(() =>
        closed ? undefined : pass(passing).catch(() => undefined),
      );
    }
    const answer = await pass(passing);
    if (happens('loseAnswer')) {
      incoming.socket.destroy();
      return;
    }
    response.writeHead(answer.statusCode ?? 502, {
      'content-type': answer.headers['content-type'] ?? 'application/json',
    });
    response.end(answer.whole);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => incoming.socket.destroy()); // the other side is not there
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    be(next) {
      badness = next;
    },
    async close() {
      closed = true;
      server.closeAllConnections();
      agent.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function wholeOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
