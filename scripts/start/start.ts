/**
 * `npm start [-- --fresh]`: the whole product on this machine. Builds the mini-app if it changed, starts the local
 * messenger, plays the demo's history in the first time, starts the server, prints the one address to open, and stops
 * everything in order on Ctrl-C.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../check/step.ts';
import { buildMiniapp, miniappIsBuilt } from '../build/miniapp.ts';
import { mayWrite } from '../setup/install.mjs';
import { complain, patiently, say } from '../setup/words.mjs';
import {
  connectionOf,
  demoIsThere,
  forgetDemo,
  forgetServerData,
  markDemo,
  playHistory,
  prepareDirectory,
  takeFolder,
} from './demo.ts';
import { publishTemplates } from '../demo/templates.ts';
import { environmentFor, kept } from './environment.ts';
import { startPart, lastWords, untilAnswers } from './part.ts';
import type { Part } from './part.ts';
import { portFrom, takenPorts } from './ports.ts';

/** Running parts, in the order they are stopped: the server first, while it can still tell the messenger. */
const parts: Part[] = [];
let stopping = false;

process.on('SIGINT', () => void stopAll(0));
process.on('SIGTERM', () => void stopAll(0));
process.on('SIGHUP', () => void stopAll(0));

await start().catch(giveUp);

/** Whatever was cut short because everything is being stopped is no failure. */
async function giveUp(error: unknown): Promise<void> {
  if (!stopping) {
    complain(`没有启动成功：${(error as Error).message}`, 'It did not start; the reason is above.');
    await stopAll(1);
  }
}

async function start(): Promise<void> {
  if (existsSync(join(ROOT, '.env'))) {
    process.loadEnvFile(join(ROOT, '.env'));
  }
  const fresh = wantsFresh();
  takeFolder();
  const server = portFrom('PORT', 5170, '服务器 the server');
  const messenger = portFrom('MESSENGER_PORT', 5171, '本地消息台 the local messenger');
  const platform = portFrom('PLATFORM_PORT', messenger.port + 1, '三服务平台替身 the stand-in platform');
  const choices = [server, messenger, platform];
  if (new Set(choices.map(({ port }) => port)).size < choices.length) {
    throw new Error(
      'PORT、MESSENGER_PORT、PLATFORM_PORT 要各不相同。 PORT, MESSENGER_PORT and PLATFORM_PORT must differ.',
    );
  }
  const taken = await takenPorts(choices);
  if (taken.length > 0) {
    throw new Error(taken.map(({ variable, port, what }) => portTaken(variable, port, what)).join('\n'));
  }
  await prepareMiniapp();
  const environment = environmentFor(server.port, messenger.port, platform.port);
  if (fresh || !demoIsThere(environment)) {
    // A demo that was cut off half-way is as good as none: it begins anew, as it does when asked.
    forgetDemo();
  }
  prepareDirectory(environment);
  const messengerPart = await run(
    '本地消息台 messenger',
    'scripts/messenger/src/main.ts',
    environment,
    `${environment['CLOCK_URL']}`,
  );
  const messengerUrl = `http://127.0.0.1:${messenger.port}`;
  const serve = (): Promise<Part> =>
    run('服务器 server', 'server/src/main.ts', environment, `http://127.0.0.1:${server.port}/healthz`);
  const open = async (): Promise<void> => {
    await publishTemplates(messengerUrl);
    await prepareDemo(environment);
    await serve();
    await runPlatform(environment);
  };
  await open();
  messengerPart.onRequest('reset', async () => {
    try {
      await stopLatest();
      await stopLatest();
      forgetServerData();
      await open();
    } catch (error) {
      await giveUp(error);
    }
    return { type: 'resetDone' };
  });
  say(
    '已启动。按 Ctrl-C 停止；npm start -- --fresh 从头开始。',
    'It runs. Ctrl-C stops it; npm start -- --fresh begins anew.',
  );
  console.log(`\n  http://desk.minqing.localhost:${messenger.port}\n`);
  say(
    `永康市受理的民情由三服务平台（替身）办理：${environment['PLATFORM_URL']}/`,
    `What Yongkang accepts is handled on the stand-in platform: ${environment['PLATFORM_URL']}/`,
  );
}

/**
 * Whether the demo begins anew: `npm start -- --fresh`, or without the dashes between, which npm takes for a setting of its own.
 * @throws Error in words for anything else that was typed
 */
function wantsFresh(): boolean {
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean' } } });
    return values.fresh === true || process.env['npm_config_fresh'] === 'true';
  } catch (error) {
    throw new Error(
      `npm start 只认 --fresh（从头开始）。 npm start knows --fresh alone (begins anew): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** The stand-in for the connected platform; it needs the key that came with the demo's data. */
function runPlatform(environment: NodeJS.ProcessEnv): Promise<Part> {
  return run(
    '三服务平台替身 platform',
    'scripts/platform/src/main.ts',
    { ...environment, ...connectionOf() },
    `${environment['PLATFORM_URL']}/desk/matters`,
  );
}

function portTaken(variable: string, port: number, what: string): string {
  return [
    `${what} 的端口 ${port} 已被占用：请停掉占用它的程序，或换一个端口，例如 ${variable}=${port + 10} npm start`,
    `port ${port} is taken: stop what holds it, or choose another, e.g. ${variable}=${port + 10} npm start`,
  ].join('\n');
}

async function prepareMiniapp(): Promise<void> {
  if (miniappIsBuilt()) {
    return;
  }
  if (!mayWrite(ROOT)) {
    throw new Error(
      `小程序要构建到 ${ROOT} 里，可是您没有写这个文件夹的权限：请换到自己能写的地方重新克隆，或请管理员改权限。\n` +
        `The mini-app is built into ${ROOT}, where you may not write: clone it to a place of your own, or have the permissions changed.`,
    );
  }
  say('正在构建小程序，约需半分钟……', 'Building the mini-app, about half a minute…');
  const problem = await patiently('构建', 'building', buildMiniapp());
  if (problem !== undefined) {
    throw new Error(`小程序没有构建成功 the mini-app did not build:\n${problem}`);
  }
}

async function prepareDemo(environment: NodeJS.ProcessEnv): Promise<void> {
  if (demoIsThere(environment)) {
    return;
  }
  goOn();
  say('正在生成演示数据（仅首次）……', 'Making the demo data (the first time only)…');
  const part = playHistory(environment);
  parts.unshift(part);
  const how = await part.ended;
  goOn();
  parts.shift();
  if (how !== 'exit code 0') {
    throw new Error(`演示数据没有生成 the demo data were not made: ${how}`);
  }
  markDemo(environment);
}

/** @throws Error once everything is being stopped: nothing new is started then */
function goOn(): void {
  if (stopping) {
    throw new Error('正在停止 it is being stopped');
  }
}

async function run(
  name: string,
  script: string,
  environment: NodeJS.ProcessEnv,
  ready: string,
): Promise<Part> {
  goOn();
  say(`正在启动${name}……`, `Starting ${script}…`);
  const part = startPart(name, script, environment, kept('log', `${script.split('/').at(-3)}.log`));
  parts.unshift(part);
  await untilAnswers(part, ready);
  void part.ended.then((how) => {
    if (!stopping && parts.includes(part)) {
      complain(
        `${name} 意外停止（${how}）：\n${lastWords(part.log)}`,
        `It stopped unexpectedly (${how}); full log: ${part.log}`,
      );
      void stopAll(1);
    }
  });
  return part;
}

/** What was started last, on purpose: what `run` would take for a crash is told apart by its absence from `parts`. */
async function stopLatest(): Promise<void> {
  const part = parts.shift();
  await part?.stop();
}

/** Stops what runs, one after the other, and ends the process. A second Ctrl-C changes nothing. */
async function stopAll(code: number): Promise<void> {
  if (stopping) {
    return;
  }
  stopping = true;
  if (parts.length > 0) {
    say('正在停止……', 'Stopping…');
  }
  for (const part of parts) {
    await part.stop();
  }
  process.exit(code);
}
