import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';
import { takenPorts } from '../../scripts/start/ports.ts';
import { freePort } from '../support/mariadb.ts';

/** A command as typed in a terminal: what it said so far, and how it ended. */
interface Typed {
  said: () => string;
  /** Resolves once it has said this; rejects with all it said when it ends before. */
  until: (words: string) => Promise<void>;
  ended: Promise<number | null>;
  isRunning: () => boolean;
  /** Ctrl-C: the terminal tells every process of the command. */
  interrupt: () => Promise<number | null>;
}

const RUNS = '已启动。';
let folder: string;
let environment: NodeJS.ProcessEnv;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-npm-start-'));
  const [port, messengerPort, platformPort] = [await freePort(), await freePort(), await freePort()];
  // Nothing of the test's own environment, and never the database a developer's .env may name.
  environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    DEMO_DATA: folder,
    DATABASE_URL: `sqlite:${join(folder, 'minqing.sqlite')}`,
    FILES_DIR: join(folder, 'files'),
    PORT: String(port),
    MESSENGER_PORT: String(messengerPort),
    PLATFORM_PORT: String(platformPort),
  };
});

afterAll(async () => {
  for (const child of children) {
    await kill(child);
  }
  rmSync(folder, { recursive: true, force: true });
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const gone = new Promise((resolve) => child.once('close', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
  }
}

function typed(...words: string[]): Typed {
  const child = spawn('npm', words, {
    cwd: ROOT,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let said = '';
  const waiting = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    said += chunk.toString('utf8');
    waiting.forEach((look) => look());
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    said: () => said,
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(wanted)) {
            waiting.delete(look);
            resolve();
          }
        };
        waiting.add(look);
        void ended.then((code) =>
          reject(new Error(`it ended with ${code} before it said ${wanted}:\n${said}`)),
        );
        look();
      }),
    interrupt: () => {
      process.kill(-(child.pid ?? 0), 'SIGINT');
      return ended;
    },
  };
}

/** The ports of the demo that somebody holds. */
async function held(): Promise<string[]> {
  const choices = ['PORT', 'MESSENGER_PORT', 'PLATFORM_PORT'].map((variable) => ({
    variable,
    port: Number(environment[variable]),
    what: variable,
  }));
  return (await takenPorts(choices)).map((choice) => choice.variable);
}

async function read(port: 'PORT' | 'MESSENGER_PORT', path: string): Promise<{ ok: boolean; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${environment[port]}${path}`);
  return { ok: answer.ok, text: await answer.text() };
}

describe('npm start in a fresh folder', () => {
  it('stops at once, and leaves nothing behind, when it is interrupted while the demo data are made', async () => {
    const start = typed('start');
    await start.until('演示数据 10 %');
    await start.interrupt();
    expect(start.said()).toContain('正在停止');
    expect(start.said()).not.toMatch(/没有启动成功|Error|at .*:\d+:\d+/);
    expect(await held()).toEqual([]);
  });

  describe('started again', () => {
    let start: Typed;
    beforeAll(async () => {
      start = typed('start');
      await start.until(RUNS);
    });

    it('makes the whole of the data anew and serves', async () => {
      expect(start.said()).toContain('演示数据 100 %');
      expect(await read('PORT', '/healthz')).toMatchObject({ ok: true });
      expect((await read('PORT', '/')).text).toContain('<title>民情一点通');
      expect((await read('MESSENGER_PORT', '/control/people')).text).toContain('林淑芬');
      expect(await held()).toEqual(['PORT', 'MESSENGER_PORT', 'PLATFORM_PORT']);
    });

    it.each([
      ['cases:check', '没有卡住的民情'],
      ['ledger:verify', '台账完整'],
      ['statistics:check', '统计数字与重算一致'],
    ])('made data that pass npm run %s', async (command, words) => {
      const messenger = `http://127.0.0.1:${environment['MESSENGER_PORT']}`;
      environment['CLOCK_URL'] = `${messenger}/control/clock`;
      environment['DINGTALK_API_BASE'] = messenger;
      environment['DINGTALK_OAPI_BASE'] = messenger;
      const check = typed('run', '--silent', command);
      expect(await check.ended, check.said()).toBe(0);
      expect(check.said()).toContain(words);
    });

    it('refuses a second one in the same folder with a sentence, and goes on', async () => {
      const second = typed('start', '--', '--fresh');
      expect(await second.ended).toBe(1);
      expect(second.said()).toMatch(/另一个 npm start 正在用 .*：请先把它停掉/);
      expect(start.isRunning()).toBe(true);
      expect(await read('PORT', '/healthz')).toMatchObject({ ok: true });
    });

    it('tells apart what it does not know', async () => {
      const wrong = typed('start', '--', '--frehs');
      expect(await wrong.ended).toBe(1);
      expect(wrong.said()).toContain('npm start 只认 --fresh');
    });

    it('stops in order, and finds its data at the next start', async () => {
      await start.interrupt();
      expect(await held()).toEqual([]);
      const next = typed('start');
      await next.until(RUNS);
      expect(next.said()).not.toContain('正在生成演示数据');
      await next.interrupt();
    });
  });
});
