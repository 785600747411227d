/**
 * Contact sync: what a host knows of departments and people, copied here, fully once a night and by change events in
 * between. It makes people and accounts, never grants; who left the organisation loses account and sessions.
 */
import type { Clock } from '../clock.ts';
import type { ContactChange, Host } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import { goneOf, SuspiciousSync, walkHost, type Walked } from './contacts.walk.ts';
import { BATCH, leave, savePeople, writeDepartments } from './contacts.writes.ts';
import type { PhoneVault } from './crypto.ts';

export { SuspiciousSync } from './contacts.walk.ts';

export interface SyncResult {
  departments: number;
  created: number;
  updated: number;
  left: number;
}

export interface Contacts {
  /** Walks the whole organisation. Rejects with the host's error, having removed nobody. */
  sync(host: Host): Promise<SyncResult>;
  /** Writes what a walk has read; `beat` is called after each step. Rejects SuspiciousSync before it writes anything. */
  write(host: Host, walked: Walked, beat?: () => Promise<void>): Promise<SyncResult>;
  /** Reads anew what a change event named. Safe to repeat and in any order. */
  onContactChange(host: Host, change: ContactChange): Promise<void>;
  /** Reads one person anew; somebody the host does not know (any more) has left. */
  learnPerson(host: Host, userId: string): Promise<void>;
}

export function createContacts(deps: { store: Store; clock: Clock; vault: PhoneVault; log: Log }): Contacts {
  const { store, clock, vault, log } = deps;
  const moments = () => ({ businessNow: clock.businessNow(), machineNow: clock.machineNow() });

  async function learnPerson(host: Host, userId: string): Promise<void> {
    const person = await host.getPerson(userId);
    await store.transact(async (tx) => {
      if (person?.active) {
        await savePeople(tx, host.id, [person], { ...moments(), vault });
        return;
      }
      await leave(tx, host.id, [userId], clock.businessNow());
    });
  }

  async function write(host: Host, walked: Walked, beat?: () => Promise<void>): Promise<SyncResult> {
    const { departments, people } = walked;
    const began = clock.machineNow();
    const { gone, known, suspicious } = await store.read((db) => goneOf(db, host.id, people));
    if (suspicious) {
      throw new SuspiciousSync(gone.length, known);
    }
    await store.transact(async (tx) => {
      await writeDepartments(tx, host.id, departments, {
        businessNow: clock.businessNow(),
        machineNow: began,
      });
      await tx
        .deleteFrom('host_department')
        .where('host_id', '=', host.id)
        .where('synced_at', '<', began)
        .execute();
    });
    const result: SyncResult = { departments: departments.length, created: 0, updated: 0, left: 0 };
    for (let at = 0; at < people.length; at += BATCH) {
      const batch = people.slice(at, at + BATCH);
      const counts = await store.transact((tx) => savePeople(tx, host.id, batch, { ...moments(), vault }));
      result.created += counts.created;
      result.updated += counts.updated;
      await beat?.();
    }
    for (let at = 0; at < gone.length; at += BATCH) {
      const batch = gone.slice(at, at + BATCH);
      result.left += await store.transact((tx) => leave(tx, host.id, batch, clock.businessNow()));
      await beat?.();
    }
    log.info('contacts synced', { hostId: host.id, count: people.length, ms: clock.machineNow() - began });
    return result;
  }

  async function changeDepartments(host: Host, change: ContactChange): Promise<void> {
    for (const id of change.ids) {
      const department = await host.getDepartment(id);
      await store.transact(async (tx) => {
        if (department) {
          await writeDepartments(tx, host.id, [department], moments());
          return;
        }
        await tx
          .deleteFrom('host_department')
          .where('host_id', '=', host.id)
          .where('department_id', '=', id)
          .execute();
      });
    }
  }

  return {
    learnPerson,
    write,
    sync: async (host) => write(host, await walkHost(host)),
    async onContactChange(host, change) {
      if (change.kind === 'departments') {
        await changeDepartments(host, change);
        return;
      }
      for (const userId of change.ids) {
        // `removed` is a hint that may be late: the host's present answer decides.
        await learnPerson(host, userId);
      }
    },
  };
}
