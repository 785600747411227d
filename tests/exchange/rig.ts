/** A town with one county connected to the stand-in platform: both ends real, nothing faked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDemo } from '../../scripts/demo/exchange.ts';
import { DEMO_UNITS, startPlatform, type RunningPlatform } from '../../scripts/platform/src/index.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import { openTown, report, type Citizen, type Town, type TownOptions } from '../support/town.ts';

/** 永康市, by the demo's roster. */
export const COUNTY = '330784';
export const THERE = { member: 'yongkang-member', reviewer: 'yongkang-reviewer', admin: 'admin-01' } as const;

export interface Connected {
  town: Town;
  platform: RunningPlatform;
  partnerId: string;
  keyId: string;
  secret: string;
  /** Stops the platform and starts it again on the same store and port, with another secret when one is given. */
  restart(secret?: string): Promise<void>;
  desk<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Files and accepts a report of the county's member; answers its id. */
  accepted(change?: object): Promise<string>;
  /** The clerk does something, as on the page. */
  clerk(caseId: string, act: string, given?: object): Promise<Matter>;
  /** Waits until the platform has the matter in this state. */
  standsThere(caseId: string, state: string): Promise<Matter>;
  /** Waits until the case is in this state here. */
  standsHere(caseId: string, state: string): Promise<View>;
  member: Citizen;
  reviewer: Citizen;
  admin: Citizen;
  close(): Promise<void>;
}

export interface Matter {
  state: string;
  number: string;
  handed: { author: { name: string; phone?: string } | null; title: string } | null;
  log: {
    type: string;
    side: string;
    seq: number;
    problem: string;
    unsent: boolean;
    data: Record<string, unknown>;
  }[];
}
export interface View {
  state: string;
  number: string;
  timeline: { action: string; title: string; who: string; text: string }[];
  actions: { action: string }[];
  headline: string[];
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  return port;
}

export async function connect(options: TownOptions = {}): Promise<Connected> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-platform-'));
  const port = await freePort();
  const town = await openTown({ exchangePaceMs: 20, ...options });
  const { partnerId, keyId, secret } = await connectDemo(town.app, `http://127.0.0.1:${port}/sfw/v1`);
  const start = (known = secret): Promise<RunningPlatform> =>
    startPlatform({
      port,
      file: join(folder, 'platform.sqlite'),
      peerUrl: `${town.url}/exchange/v1`,
      partner: partnerId,
      keyId,
      secret: known,
      clockUrl: `${town.messenger.url}/control/clock`,
      units: DEMO_UNITS,
      paceMs: 20,
    });
  let platform = await start();
  const [member, reviewer, admin] = await Promise.all([
    town.person(THERE.member),
    town.person(THERE.reviewer),
    town.person(THERE.admin),
  ]);
  const committee = town.app.directory.committeeOf(COUNTY)?.id;

  async function desk<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${platform.url}/desk${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value = (await answer.json()) as T & { title?: string };
    if (!answer.ok) {
      throw new Error(`${method} /desk${path}: ${answer.status} ${value.title ?? ''}`);
    }
    return value;
  }

  const connected: Connected = {
    town,
    get platform() {
      return platform;
    },
    partnerId,
    keyId,
    secret,
    member,
    reviewer,
    admin,
    desk,
    async restart(known) {
      await platform.stop();
      platform = await start(known);
    },
    async accepted(change = {}) {
      const caseId = uuidv7();
      await member.act(caseId, 'submit', report({ committeeId: committee, ...change }));
      await reviewer.act(caseId, 'accept', {});
      return caseId;
    },
    clerk: (caseId, act, given = {}) => desk('POST', `/matters/${caseId}/acts/${act}`, given),
    standsThere: (caseId, state) =>
      town.until(`the matter stands at ${state} there`, async () => {
        const matter = await desk<Matter>('GET', `/matters/${caseId}`).catch(() => null);
        return matter?.state === state ? matter : null;
      }),
    standsHere: (caseId, state) =>
      town.until(`the case stands at ${state} here`, async () => {
        const { body } = await member.call('GET', `/cases/${caseId}`);
        const view = body as unknown as View;
        return view.state === state ? view : null;
      }),
    async close() {
      await platform.stop();
      await town.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return connected;
}
