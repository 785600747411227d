/** The running product with its demo data, in a folder of its own, beside whatever else runs on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishTemplates } from '../demo/templates.ts';
import { playHistory, prepareDirectory } from '../start/demo.ts';
import { environmentFor } from '../start/environment.ts';
import { startPart, untilAnswers, type Part } from '../start/part.ts';

export interface Whole {
  messengerUrl: string;
  deskUrl: string;
  /** Origin of the mini-app in a phone's web view: `p1`, or `pc1` for the desktop client's window. */
  origin(phone: string): string;
  /** Gives a phone to a person of the messenger's directory. */
  hand(phone: string, personId: string): Promise<void>;
  stop(): Promise<void>;
}

async function freePorts(): Promise<[number, number]> {
  const probes = [createServer(), createServer()];
  const ports = await Promise.all(
    probes.map(
      (probe) =>
        new Promise<number>((resolve) => {
          probe.listen(0, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(probes.map((probe) => new Promise((resolve) => void probe.close(resolve))));
  return ports as [number, number];
}

/** Starts messenger, demo history and server. Rejects with the last words of what did not start. */
export async function startWhole(): Promise<Whole> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-screens-'));
  const [port, messengerPort] = await freePorts();
  const environment: NodeJS.ProcessEnv = {
    ...environmentFor(port, messengerPort, 0),
    PLATFORM_URL: '', // pictures show the product alone
    DATABASE_URL: `sqlite:${join(folder, 'minqing.sqlite')}`,
    FILES_DIR: join(folder, 'files'),
    MESSENGER_DIRECTORY: join(folder, 'directory.json'),
    MESSENGER_DATA: '',
  };
  const parts: Part[] = [];
  async function run(name: string, script: string, ready: string): Promise<void> {
    const part = startPart(name, script, environment, join(folder, `${name}.log`));
    parts.unshift(part);
    await untilAnswers(part, ready);
  }
  async function stop(): Promise<void> {
    for (const part of parts) {
      await part.stop();
    }
    rmSync(folder, { recursive: true, force: true });
  }
  const messengerUrl = `http://127.0.0.1:${messengerPort}`;
  try {
    prepareDirectory(environment);
    await run('messenger', 'scripts/messenger/src/main.ts', `${messengerUrl}/control/clock`);
    await publishTemplates(messengerUrl);
    const history = playHistory(environment);
    parts.unshift(history);
    const how = await history.ended;
    parts.shift();
    if (how !== 'exit code 0') {
      throw new Error(`the demo data were not made: ${how}`);
    }
    await run('server', 'server/src/main.ts', `http://127.0.0.1:${port}/healthz`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    messengerUrl,
    deskUrl: `http://desk.minqing.localhost:${messengerPort}`,
    origin: (phone) => `http://${phone}.minqing.localhost:${messengerPort}`,
    async hand(phone, personId) {
      const answer = await fetch(`${messengerUrl}/control/phones/${phone}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ personId }),
      });
      if (!answer.ok) {
        throw new Error(`${phone} was not handed to ${personId}: ${answer.status}`);
      }
    },
    stop,
  };
}
