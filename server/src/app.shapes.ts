/** What app.ts hands from one part to another in another shape: loggers, doors of hosts, gauges. */
import type { FrontHost, FrontView } from '@minqing/shared/contract';
import type { Config } from './config.ts';
import type { RecountWorker, TimersWorker } from './deadlines/index.ts';
import type { Host } from './hosts/index.ts';
import type { Gauge, Hook } from './http/index.ts';
import type { Follower, LedgerCheck } from './ledger/index.ts';
import type { Log, LogFields } from './log.ts';
import type { Notices } from './notices/index.ts';
import type { People } from './people/index.ts';
import type { LinkTold } from './people/index.ts';
import type { Tx } from './store/index.ts';
import type { Stuck } from './stuck/index.ts';
import type { Webhooks } from './webhooks/index.ts';

/** Other parts' loggers take (fields, message); ours takes only fields it knows. */
export const foreignLog = (log: Log) => {
  const at = (level: 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) =>
    log[level](message, fields as LogFields);
  return { info: at('info'), warn: at('warn'), error: at('error') };
};

/** Phone numbers of several people, for whoever may read them; those without one are left out. */
export const phonesOf =
  (people: Pick<People, 'phoneOf'>) =>
  async (_db: unknown, personIds: readonly string[]): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const personId of personIds) {
      const phone = await people.phoneOf(personId);
      if (phone !== null) {
        found.set(personId, phone);
      }
    }
    return found;
  };

/** Every host's own doors, by `<host>/<what for>`. */
export function hooksOf(hosts: ReadonlyMap<string, Host>): Map<string, Hook> {
  const found = new Map<string, Hook>();
  for (const host of hosts.values()) {
    for (const [name, hook] of Object.entries(host.hooks ?? {})) {
      found.set(`${host.id}/${name}`, async (request) => {
        const { status, body } = await hook({ headers: request.headers, body: request.body });
        return { status, body: JSON.parse(body) as unknown };
      });
    }
  }
  return found;
}

/** What people/ tells people through notices/, which is put together after it. */
export const telling = (notices: () => Pick<Notices, 'tellLink'>) => ({
  tellLink: (tx: Tx, told: LinkTold): Promise<void> => notices().tellLink(tx, told),
});

interface Gauged {
  notices: Pick<Notices, 'backlog'>;
  timers: Pick<TimersWorker, 'late'>;
  recounts: Pick<RecountWorker, 'waiting'>;
  followers: readonly Follower[];
  stuck: Pick<Stuck, 'total'>;
  ledgerCheck: Pick<LedgerCheck, 'latest'>;
  webhooks: Pick<Webhooks, 'backlog'>;
}

/** What /metrics tells of work that waits, and of what is wrong. */
export function gaugesOf(
  { notices, timers, recounts, followers, stuck, ledgerCheck, webhooks }: Gauged,
  sequencerLag: () => number | null,
): Gauge[] {
  return [
    {
      name: 'outbox_waiting',
      help: 'Outbox rows not sent yet',
      read: async () => (await notices.backlog()).waiting,
    },
    { name: 'outbox_dead', help: 'Outbox rows given up', read: async () => (await notices.backlog()).dead },
    { name: 'timers_late', help: 'Timers more than a minute past their moment', read: () => timers.late() },
    {
      name: 'recounts_waiting',
      help: 'Cases to be counted anew after a change of a calendar',
      read: () => recounts.waiting(),
    },
    {
      name: 'sequencer_lag_ms',
      help: 'Age of the oldest event without a place in the ledger',
      read: sequencerLag,
    },
    {
      name: 'followers_behind',
      help: 'Entries of the ledger that its slowest follower has not taken yet',
      read: async () => Math.max(0, ...(await Promise.all(followers.map((each) => each.behind())))),
    },
    {
      name: 'webhooks_waiting',
      help: 'Webhook messages not delivered yet',
      read: () => webhooks.backlog(),
    },
    {
      name: 'stuck',
      help: 'Things that stand still and would not move by themselves',
      read: () => stuck.total(),
    },
    {
      name: 'ledger_findings',
      help: 'What the last check of the history found wrong',
      read: async () => (await ledgerCheck.latest())?.findings ?? 0,
    },
  ];
}

/** What the mini-app is told before anybody is signed on. */
export function frontOf(config: Pick<Config, 'monitoring'>, hosts: FrontHost[], version: string): FrontView {
  const { facts: monitoring } = config.monitoring;
  return { hosts, version, ...(monitoring ? { monitoring } : {}) };
}
