/** Further servers of a town: beside the first, or in its place after it was stopped. */
import { createApp, type App } from '../../server/src/app.ts';
import { createLog } from '../../server/src/log.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import type { Town } from './town.ts';

export interface Another {
  app: App;
  url: string;
  stop(): Promise<void>;
}

/** One more server on the town's database and messenger, on a port of its own, with its workers. */
export async function anotherServer(town: Town): Promise<Another> {
  const app = await createApp({
    config: { ...town.app.config, port: 0 },
    log: createLog('silent'),
    version: '0.0.0',
    callsPerSecond: 400,
  });
  const server = await app.serve();
  await app.startWorkers();
  return { app, url: `http://127.0.0.1:${server.port}`, stop: () => app.stop() };
}

/** Headers of a fresh session of that person, good at any server of the town; signed on at `url`. */
export async function bearer(town: Town, id: string, url = town.url): Promise<{ authorization: string }> {
  const { code } = await town.control<{ code: string }>('POST', `/people/${id}/code`);
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify({ hostId: town.app.config.dingtalk.hostId, code, mode: 'bearer' }),
  });
  const { token } = (await answer.json()) as { token: string };
  return { authorization: `Bearer ${token}` };
}
