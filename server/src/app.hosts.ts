/** The messengers this deployment serves, made from the configuration: part of app.ts, which alone knows vendors. */
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createDingTalkHost, type HostLogger, type RateBudget } from './hosts/dingtalk/index.ts';
import type { Host } from './hosts/index.ts';
import { callerAddress, createZhezhengdingHost } from './hosts/zhezhengding/index.ts';
import type { FrontHost } from '@minqing/shared/contract';

/** Calls a second to one API of DingTalk, which does not publish its limits; its SDKs are told to stay under 20. */
const DINGTALK_CALLS_PER_SECOND = 16;

export interface HostParts {
  config: Config;
  clock: Clock;
  logger: HostLogger;
  /** @param callsPerSecond to each API of that host, over all processes */
  budget(hostId: string, callsPerSecond: number): RateBudget;
}

export interface Messengers {
  hosts: ReadonlyMap<string, Host>;
  /** What the mini-app must know before anybody is signed on. */
  facts: FrontHost[];
}

/** One host for each messenger the configuration names. */
export function createHosts(parts: HostParts): Messengers {
  const made = parts.config.hosts.map((vendor) =>
    vendor === 'dingtalk' ? dingtalk(parts) : zhezhengding(parts),
  );
  return {
    hosts: new Map(made.map(({ host }) => [host.id, host])),
    facts: made.map(({ host, clientId, agentId }) => ({
      id: host.id,
      vendor: host.vendor,
      corpId: host.corpId,
      clientId,
      agentId,
      ...(host.scanPage === undefined ? {} : { scanPage: host.scanPage }),
    })),
  };
}

type Made = { host: Host; clientId: string; agentId: string };

function dingtalk({ config, clock, logger, budget }: HostParts): Made {
  const { hostId, cardTemplates, callback, ...own } = config.dingtalk;
  const host = createDingTalkHost({
    ...own,
    id: hostId,
    cardTemplateIds: cardTemplates,
    ...(callback ? { callback } : {}),
    clock,
    logger,
    budget: budget(hostId, DINGTALK_CALLS_PER_SECOND),
  });
  return { host, clientId: own.clientId, agentId: own.agentId };
}

function zhezhengding({ config, clock, logger, budget }: HostParts): Made {
  const { hostId, callsPerSecond, dialect, ...own } = config.zhezhengding;
  const here = callerAddress();
  const host = createZhezhengdingHost({
    ...own,
    id: hostId,
    dialect: {
      ...dialect,
      ip: dialect.ip === 'auto' ? here.ip : dialect.ip,
      mac: dialect.mac === 'auto' ? here.mac : dialect.mac,
    },
    clock,
    logger,
    budget: budget(hostId, callsPerSecond),
  });
  return { host, clientId: '', agentId: '' };
}
