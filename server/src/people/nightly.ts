/**
 * What people/ does once a night: walks each host's organisation and drops sessions that are over. Nights begin at
 * 02:00 in Shanghai by machine time; a host that was never walked is walked at once, since the roster alone knows no
 * unionId. A lease keeps it to one process.
 */
import { dayNumberOf } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import { claimLease, releaseLease, upsert, uuidv7, type Store } from '../store/index.ts';
import type { Contacts, SyncResult } from './contacts.ts';
import { contactsLease } from './contacts.runs.ts';
import type { RunRow } from './contacts.runs.queries.ts';
import { dropExpiredSessions } from './sessions.ts';

const NIGHT_BEGINS_MS = 2 * 3_600_000;
/** A walk of a large organisation takes minutes; a process that died in one holds the others up this long. */
const LEASE_MS = 30 * 60_000;
const RETRY_MS = 15 * 60_000;

interface NightlyDeps {
  store: Store;
  clock: Clock;
  hosts: ReadonlyMap<string, Host>;
  contacts: Contacts;
  log: Log;
}

/** The job; call it every minute or so. Never rejects because of a host: it is tried again in a quarter of an hour. */
export function createNightly(deps: NightlyDeps): () => Promise<void> {
  const { store, clock, log } = deps;
  const owner = uuidv7();
  const retryAt = new Map<string, number>();

  async function walk(host: Host, night: number): Promise<void> {
    const name = contactsLease(host.id);
    const lease = await store.transact((tx) => claimLease(tx, name, owner, LEASE_MS));
    if (!lease) {
      return;
    }
    try {
      if ((await lastNight(store, host.id)) >= night) {
        return;
      }
      const at = clock.businessNow();
      const result = await deps.contacts.sync(host);
      await store.transact(async (tx) => {
        await upsert(
          tx,
          'setting',
          { name: settingOf(host.id), value_json: JSON.stringify({ night }) },
          { key: ['name'] },
        );
        await tx
          .insertInto('sync_run')
          .values(
            nightRun(host.id, result, {
              at,
              businessNow: clock.businessNow(),
              machineNow: clock.machineNow(),
            }),
          )
          .execute();
        await dropExpiredSessions(tx, clock.machineNow());
      });
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  }

  return async () => {
    const now = clock.machineNow();
    const night = dayNumberOf(now - NIGHT_BEGINS_MS);
    for (const host of deps.hosts.values()) {
      if (now < (retryAt.get(host.id) ?? 0) || (await lastNight(store, host.id)) >= night) {
        continue;
      }
      try {
        await walk(host, night);
        retryAt.delete(host.id);
      } catch (error) {
        retryAt.set(host.id, now + RETRY_MS);
        log.warn('the contacts could not be synced', { hostId: host.id, job: 'contacts', error });
      }
    }
  };
}

/** The nightly sync in the list of runs. */
function nightRun(
  hostId: string,
  result: SyncResult,
  moments: { at: number; businessNow: number; machineNow: number },
): RunRow {
  return {
    id: uuidv7(),
    host_id: hostId,
    kind: 'night',
    state: 'done',
    person_id: null,
    at: moments.at,
    beat_at: moments.machineNow,
    ended_at: moments.businessNow,
    digest: null,
    counts_json: JSON.stringify({
      personAdded: result.created,
      personChanged: result.updated,
      personLeft: result.left,
    }),
    plan_json: '{}',
    problem: null,
    seen: 0,
  };
}

const settingOf = (hostId: string): string => `contacts.${hostId}`;

async function lastNight(store: Store, hostId: string): Promise<number> {
  const row = await store.read((db) =>
    db.selectFrom('setting').select('value_json').where('name', '=', settingOf(hostId)).executeTakeFirst(),
  );
  return row ? (JSON.parse(row.value_json) as { night: number }).night : -1;
}
