/** The messengers this deployment serves, made from the configuration: part of app.ts, which alone knows vendors. */
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { messengerName } from '@minqing/shared/words';
import {
  createDingTalkChecks,
  createDingTalkHost,
  type DingTalkOptions,
  type HostLogger,
  type RateBudget,
} from './hosts/dingtalk/index.ts';
import type { Host, HostCheck } from './hosts/index.ts';
import {
  callerAddress,
  createZhezhengdingChecks,
  createZhezhengdingHost,
  type ZhezhengdingOptions,
} from './hosts/zhezhengding/index.ts';
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
    vendor === 'dingtalk'
      ? {
          host: createDingTalkHost(dingtalkOptions(parts)),
          clientId: parts.config.dingtalk.clientId,
          agentId: parts.config.dingtalk.agentId,
        }
      : { host: createZhezhengdingHost(zhezhengdingOptions(parts)), clientId: '', agentId: '' },
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

/** What must be right on each messenger's side, in the order of the guides. Nothing is logged and no budget is shared. */
export function hostChecks(
  parts: Pick<HostParts, 'config' | 'clock'>,
): { id: string; title: string; checks: HostCheck[] }[] {
  const silent = (): void => undefined;
  const whole: HostParts = {
    ...parts,
    logger: { info: silent, warn: silent, error: silent },
    budget: () => ({ take: async () => undefined }),
  };
  return parts.config.hosts.map((vendor) => {
    const id = parts.config[vendor].hostId;
    const checks =
      vendor === 'dingtalk'
        ? createDingTalkChecks(dingtalkOptions(whole))
        : createZhezhengdingChecks(zhezhengdingOptions(whole));
    return { id, title: `${messengerName(vendor)}（${id}）`, checks };
  });
}

function dingtalkOptions({ config, clock, logger, budget }: HostParts): DingTalkOptions {
  const { hostId, cardTemplates, callback, ...own } = config.dingtalk;
  return {
    ...own,
    id: hostId,
    cardTemplateIds: cardTemplates,
    ...(callback ? { callback } : {}),
    clock,
    logger,
    budget: budget(hostId, DINGTALK_CALLS_PER_SECOND),
  };
}

function zhezhengdingOptions({ config, clock, logger, budget }: HostParts): ZhezhengdingOptions {
  const { hostId, callsPerSecond, dialect, ...own } = config.zhezhengding;
  const here = callerAddress();
  return {
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
  };
}
