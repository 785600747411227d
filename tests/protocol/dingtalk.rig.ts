import { afterEach, beforeEach } from 'vitest';
import { createDingTalkHost } from '../../server/src/hosts/dingtalk/index.ts';
import type { DingTalkOptions } from '../../server/src/hosts/dingtalk/index.ts';
import type { Host } from '../../server/src/hosts/index.ts';
import {
  DEMO_AGENT_ID,
  DEMO_CLIENT_ID,
  DEMO_CLIENT_SECRET,
  DEMO_CORP_ID,
  DEMO_ROBOT_CODE,
} from '../../scripts/messenger/src/index.ts';
import { TEMPLATE, startPlatform } from './platform.ts';
import type { Platform } from './platform.ts';

export const MEMBER = 'lin-shufen';
export const REVIEWER = 'fang-min';

/** The product's adapter against the local messenger: two programs that share no code and meet on the wire. */
export interface HostRig {
  platform: Platform;
  host: Host;
  /** Everything the adapter logged, as JSON text. */
  logged: string[];
  /** Replaces the host by one with other options. */
  rebuild(overrides: Partial<DingTalkOptions>): Host;
}

/** A fresh messenger and host for each test of the file. */
export function rigEachTest(): HostRig {
  const rig = { logged: [] as string[] } as HostRig;
  rig.rebuild = (overrides) => {
    const log = (fields: Record<string, unknown>, message: string): void => {
      rig.logged.push(JSON.stringify({ ...fields, message }));
    };
    rig.host = createDingTalkHost({
      id: 'jinhua',
      corpId: DEMO_CORP_ID,
      clientId: DEMO_CLIENT_ID,
      clientSecret: DEMO_CLIENT_SECRET,
      agentId: DEMO_AGENT_ID,
      robotCode: DEMO_ROBOT_CODE,
      apiBase: rig.platform.url,
      oapiBase: rig.platform.url,
      appUrl: 'http://127.0.0.1:5170/',
      cardTemplateIds: { test: 'test.schema' },
      clock: { machineNow: () => Date.now(), businessNow: () => Date.parse('2026-07-06T08:30:00+08:00') },
      logger: { info: log, warn: log, error: log },
      budget: { take: () => Promise.resolve() },
      backoff: { firstMs: 5, maxMs: 20 },
      ...overrides,
    });
    return rig.host;
  };
  beforeEach(async () => {
    rig.logged.length = 0;
    rig.platform = await startPlatform({ callsPerSecond: 10_000 });
    await rig.platform.control('PUT', '/templates/test.schema', TEMPLATE);
    rig.rebuild({});
  });
  afterEach(async () => {
    await rig.host.stop();
    await rig.platform.stop();
  });
  return rig;
}
