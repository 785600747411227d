/** Its HTTP side: what the other platform calls, what its clerk's page calls, and what a test calls. */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACTS, actsOn, doAct } from './acts.ts';
import { chinaDate, followClock } from './clock.ts';
import { happens, NO_FAULTS, type Faults } from './faults.ts';
import { DEMO_UNITS, type PlatformOptions } from './options.ts';
import { createFiles } from './files.ts';
import { bodyOf, jsonOf, messageOf, page, send, UUID, type Request } from './http.ts';
import { createKeys } from './keys.ts';
import { createSender, giveBack } from './sender.ts';
import { STATES, type Body } from './states.ts';
import { PlatformStore } from './store.ts';
import { caseDigest, check, dayDigest, MEDIA_TYPE, MOST_BYTES, Problem } from './wire.ts';

export interface RunningPlatform {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Of a file its clerk chooses. */
const MOST_UPLOAD = 20 * MOST_BYTES;

/** Starts the stand-in; it answers on 127.0.0.1 alone. */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const units = options.units ?? DEMO_UNITS;
  const clock = followClock(options.clockUrl);
  await clock.refresh().catch(() => undefined);
  let store = new PlatformStore(options.file);
  let faults: Faults = { ...NO_FAULTS };
  const { partner, keyId, secret } = options;
  const keys = createKeys(() => store, partner, secret ? { partner, keyId, secret } : null);
  const files = createFiles({
    table: () => store.files,
    base: () => base,
    paceMs: options.paceMs ?? 1_000,
    faults: () => faults,
  });
  let base = '';
  const sender = createSender({
    peerUrl: options.peerUrl,
    key: keys.newest,
    paceMs: options.paceMs ?? 1_000,
    store: () => store,
    faults: () => faults,
    outgoing: (body) => files.withLinks(body),
    besides: () => (faults.down ? Promise.resolve() : files.fetchMissing()),
  });

  // What the other platform calls.

  function take(message: Body): object {
    return store.transaction(() => {
      const known = store.find(message.id);
      if (known) {
        return { id: message.id, status: 'known' };
      }
      const last = store.last(message.caseId, 'M');
      if (last === 0 && message.seq === 1 && message.type !== 'case.handed') {
        throw new Problem(404, 'unknownCase');
      }
      if (message.seq > last + 1) {
        throw new Problem(409, 'outOfOrder', { expected: last + 1 });
      }
      if (message.seq <= last) {
        throw new Problem(409, 'sequenceTaken', { expected: last + 1 });
      }
      store.put('M', message, true);
      store.files.expect(message.caseId, (message.data as { files?: [] }).files ?? []);
      return { id: message.id, status: 'applied' };
    });
  }

  function bookOf(from: string, to: string) {
    return store.days(from, to).map(({ log, ...matter }) => ({
      ...matter,
      fromMinqing: log.filter((m) => m.side === 'M').length,
      fromPlatform: log.filter((m) => m.side === 'P').length,
      digest: caseDigest(log),
    }));
  }

  function exchange(request: Request): object | Buffer {
    keys.heard(
      check(keys.all(), { ...request, path: request.raw }, (nonce) => store.useNonce(nonce, Date.now())),
    );
    const { method, path, query } = request;
    const [, what, id = '', rest] = path.slice('/sfw/v1'.length).split('/');
    if (method === 'POST' && what === 'messages') {
      return take(messageOf(request));
    }
    if (method === 'GET' && what === 'files') {
      return files.serve(id, query);
    }
    if (method === 'GET' && what === 'days' && id === '') {
      const byDay = new Map<string, ReturnType<typeof bookOf>>();
      for (const one of bookOf(query.get('from') ?? '', query.get('to') ?? '')) {
        byDay.set(one.day, [...(byDay.get(one.day) ?? []), one]);
      }
      return {
        days: [...byDay].map(([date, cases]) => ({ date, cases: cases.length, digest: dayDigest(cases) })),
      };
    }
    if (method === 'GET' && what === 'days') {
      const cases = bookOf(id, id).map(({ day: _day, ...one }) => one);
      return { date: id, digest: dayDigest(cases), cases };
    }
    if (what === 'cases' && rest === 'messages' && UUID.test(id)) {
      if (store.last(id, 'M') === 0) {
        throw new Problem(404, 'unknownCase');
      }
      return method === 'POST'
        ? { restored: giveBack(store, id, (jsonOf(request) as { messages: Body[] }).messages) }
        : messagesOf(id, query);
    }
    throw new Problem(404, 'invalidMessage', { detail: '没有这个地址' });
  }

  function messagesOf(caseId: string, query: URLSearchParams): object {
    const side = query.get('from') === 'minqing' ? 'M' : 'P';
    const after = Number(query.get('after') ?? 0);
    const messages = store
      .log(caseId)
      .filter((m) => m.side === side && m.seq > after)
      .map((m) => (m.side === 'P' ? files.withLinks(m.body) : m.body));
    return { caseId, from: side === 'M' ? 'minqing' : 'platform', messages };
  }

  // What its clerk's page and the tests call.

  function desk(request: Request): object | Buffer {
    const { method, path } = request;
    const [, , what, id = '', , name = ''] = path.split('/');
    if (method === 'GET' && what === 'matters' && id === '') {
      return {
        name: options.name ?? '三服务小管家（替身）',
        now: clock.iso(),
        states: STATES,
        units,
        waiting: store.waiting(),
        faults,
        matters: store.matters().map((matter) => ({ ...matter, acts: actsOn(matter) })),
      };
    }
    if (method === 'GET' && what === 'matters') {
      return oneMatter(id);
    }
    if (method === 'POST' && what === 'matters' && path.endsWith('/files')) {
      const type = request.header('content-type') || 'application/octet-stream';
      return store.files.keep(id, request.query.get('name') ?? '附件', type, request.body);
    }
    if (method === 'POST' && what === 'matters') {
      doAct(store, clock, id, name, jsonOf(request) as object);
      void sender.runOnce().catch(() => undefined);
      return oneMatter(id);
    }
    if (method === 'POST' && what === 'faults') {
      faults = { ...faults, ...(jsonOf(request) as Partial<Faults>) };
      return faults;
    }
    if (method === 'POST' && what === 'pair') {
      return keys.pair();
    }
    if (method === 'GET' && what === 'files') {
      return store.files.body(id) ?? Buffer.alloc(0);
    }
    if (method === 'GET' && what === 'keys') {
      return keys.told();
    }
    if (method === 'POST' && what === 'keys') {
      return keys.add(jsonOf(request) as object);
    }
    if (method === 'DELETE' && what === 'keys') {
      return keys.drop(id);
    }
    if (method === 'POST' && what === 'backup') {
      rmSync(backupFile, { force: true });
      store.backup(backupFile);
      return { at: clock.iso() };
    }
    if (method === 'POST' && what === 'restore') {
      restore();
      return { at: clock.iso() };
    }
    if (method === 'POST' && what === 'clock') {
      return { today: chinaDate(clock.now()) };
    }
    throw new Problem(404, 'nothing', { title: '没有这个地址' });
  }

  const backupFile = `${options.file}.backup`;

  /** Everything since the last backup is gone, as after a broken disk. */
  function restore(): void {
    if (!existsSync(backupFile)) {
      throw new Problem(409, 'noBackup', { title: '还没有备份' });
    }
    const fresh = `${options.file}.fresh`;
    copyFileSync(backupFile, fresh);
    store.close();
    ['-wal', '-shm'].forEach((end) => rmSync(options.file + end, { force: true }));
    renameSync(fresh, options.file);
    store = new PlatformStore(options.file);
  }

  function oneMatter(caseId: string): object {
    const matter = store.matter(caseId);
    if (!matter) {
      throw new Problem(404, 'unknownCase', { title: '没有这件' });
    }
    const problems = store.problems(caseId);
    const unsent = new Set(store.unsent(caseId).map((m) => m.id));
    return {
      ...matter,
      acts: actsOn(matter).map((name) => ({ name, label: ACTS[name].label, asks: ACTS[name].asks })),
      files: store.files.of(caseId),
      handed: store.log(caseId).find((m) => m.type === 'case.handed')?.body.data ?? null,
      log: store
        .log(caseId)
        .toSorted((a, b) => a.at - b.at)
        .map(({ side, seq, type, body, id }) => ({
          side,
          seq,
          type,
          at: body.at,
          data: body.data,
          unit: body.unit ?? null,
          unsent: unsent.has(id),
          problem: problems.get(id) ?? '',
        })),
    };
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const foreign = url.pathname.startsWith('/sfw/v1/');
    if (foreign && faults.down) {
      incoming.socket.destroy();
      return;
    }
    try {
      const request: Request = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        raw: incoming.url ?? '/',
        body: await bodyOf(incoming, foreign ? MOST_BYTES : MOST_UPLOAD),
        header: (name) => String(incoming.headers[name] ?? ''),
      };
      if (!foreign && !url.pathname.startsWith('/desk/')) {
        page(url.pathname, response);
        return;
      }
      const answer = foreign ? exchange(request) : desk(request);
      if (foreign && faults.slowMs > 0) {
        await new Promise((resolve) => {
          setTimeout(resolve, faults.slowMs);
        });
      }
      if (foreign && happens(faults.loseAnswers)) {
        incoming.socket.destroy();
        return;
      }
      send(response, 200, answer, foreign ? MEDIA_TYPE : 'application/json');
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(500, 'unavailable');
      if (!(error instanceof Problem)) {
        console.error(error);
      }
      const { status, code, more } = problem;
      send(
        response,
        status,
        { type: `urn:minqing:exchange:${code}`, title: code, status, code, ...more },
        'application/problem+json',
      );
    }
  }

  const server = createServer((incoming, response) => void handle(incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  base = `http://127.0.0.1:${port}`;
  sender.start();
  return {
    port,
    url: base,
    async stop() {
      clock.stop();
      await sender.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      store.close();
    },
  };
}
