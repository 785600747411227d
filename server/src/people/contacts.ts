/**
 * Contact sync: what a host knows of departments and people, copied here, fully once a night and by change events in
 * between. It makes people and accounts, never grants; who left the organisation loses account and sessions.
 */
import type { Clock } from '../clock.ts';
import type { ContactChange, Host, HostDepartment, HostPerson } from '../hosts/index.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Log } from '../log.ts';
import { upsert, type Store, type Tx } from '../store/index.ts';
import type { PhoneVault } from './crypto.ts';
import { writePerson } from './people.writes.ts';
import { closeSessionsOf } from './sessions.ts';

export interface SyncResult {
  departments: number;
  created: number;
  updated: number;
  left: number;
}

export interface Contacts {
  /** Walks the whole organisation. Rejects with the host's error, having removed nobody. */
  sync(host: Host): Promise<SyncResult>;
  /** Reads anew what a change event named. Safe to repeat and in any order. */
  onContactChange(host: Host, change: ContactChange): Promise<void>;
  /** Reads one person anew; somebody the host does not know (any more) has left. */
  learnPerson(host: Host, userId: string): Promise<void>;
}

/** More leavers than this share of a known organisation is a host's fault, not an exodus: nobody is removed. */
const MOST_LEAVERS = 0.5;
const FEW = 20;
const BATCH = 100;

export class SuspiciousSync extends Error {
  constructor(left: number, known: number) {
    super(`${left} of ${known} accounts are missing from the host's answer: nobody was removed`);
    this.name = 'SuspiciousSync';
  }
}

export function createContacts(deps: { store: Store; clock: Clock; vault: PhoneVault; log: Log }): Contacts {
  const { store, clock, vault, log } = deps;

  async function savePeople(
    hostId: string,
    people: HostPerson[],
  ): Promise<Record<'created' | 'updated' | 'same', number>> {
    return store.transact(async (tx) => {
      const counts = { created: 0, updated: 0, same: 0 };
      for (const person of people) {
        const known = { ...person, hostId, title: person.title };
        const written = await writePerson(tx, known, {
          vault,
          businessNow: clock.businessNow(),
          machineNow: clock.machineNow(),
        });
        counts[written.change] += 1;
      }
      return counts;
    });
  }

  async function learnPerson(host: Host, userId: string): Promise<void> {
    const person = await host.getPerson(userId);
    if (person?.active) {
      await savePeople(host.id, [person]);
      return;
    }
    await store.transact((tx) => leave(tx, host.id, [userId], clock.businessNow()));
  }

  return {
    learnPerson,

    async sync(host) {
      const began = clock.machineNow();
      const departments: HostDepartment[] = [];
      const people = new Map<string, HostPerson>();
      for await (const department of host.listDepartments()) {
        departments.push(department);
      }
      for (const department of departments) {
        for await (const person of host.listPeople(department.id)) {
          people.set(person.userId, person);
        }
      }
      const here = [...people.values()].filter((person) => person.active);
      const known = await store.read((db) =>
        db
          .selectFrom('account')
          .select('user_id')
          .where('host_id', '=', host.id)
          .where('active', '=', 1)
          .execute(),
      );
      const present = new Set(here.map((person) => person.userId));
      const gone = known.map((row) => row.user_id).filter((userId) => !present.has(userId));
      if (gone.length > FEW && gone.length > known.length * MOST_LEAVERS) {
        throw new SuspiciousSync(gone.length, known.length);
      }
      await saveDepartments(store, host.id, departments, began);
      const result: SyncResult = { departments: departments.length, created: 0, updated: 0, left: 0 };
      for (let at = 0; at < here.length; at += BATCH) {
        const counts = await savePeople(host.id, here.slice(at, at + BATCH));
        result.created += counts.created;
        result.updated += counts.updated;
      }
      for (let at = 0; at < gone.length; at += BATCH) {
        const batch = gone.slice(at, at + BATCH);
        result.left += await store.transact((tx) => leave(tx, host.id, batch, clock.businessNow()));
      }
      log.info('contacts synced', { hostId: host.id, count: here.length, ms: clock.machineNow() - began });
      return result;
    },

    async onContactChange(host, change) {
      if (change.kind === 'departments') {
        await changeDepartments(store, host, change, clock.machineNow());
        return;
      }
      for (const userId of change.ids) {
        // `removed` is a hint that may be late: the host's present answer decides.
        await learnPerson(host, userId);
      }
    },
  };
}

/** Ends accounts and sessions; a person whose last account ended is no longer active. Returns how many accounts. */
async function leave(
  tx: Tx,
  hostId: string,
  userIds: readonly string[],
  businessNow: number,
): Promise<number> {
  if (userIds.length === 0) {
    return 0;
  }
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'person_id'])
    .where('host_id', '=', hostId)
    .where('user_id', 'in', [...userIds])
    .where('active', '=', 1)
    .execute();
  for (const account of accounts) {
    await tx.updateTable('account').set({ active: 0 }).where('id', '=', account.id).execute();
    await tx.deleteFrom('session').where('account_id', '=', account.id).execute();
    const other = await tx
      .selectFrom('account')
      .select('id')
      .where('person_id', '=', account.person_id)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!other) {
      await tx.updateTable('person').set({ active: 0 }).where('id', '=', account.person_id).execute();
      await closeSessionsOf(tx, [account.person_id]);
    }
    await appendAudit(tx, {
      at: businessNow,
      kind: 'contacts.left',
      personId: null,
      subject: account.person_id,
      data: { hostId },
    });
  }
  return accounts.length;
}

async function saveDepartments(
  store: Store,
  hostId: string,
  departments: HostDepartment[],
  syncedAt: number,
): Promise<void> {
  await store.transact(async (tx) => {
    await writeDepartments(tx, hostId, departments, syncedAt);
    await tx
      .deleteFrom('host_department')
      .where('host_id', '=', hostId)
      .where('synced_at', '<', syncedAt)
      .execute();
  });
}

async function changeDepartments(
  store: Store,
  host: Host,
  change: ContactChange,
  syncedAt: number,
): Promise<void> {
  for (const id of change.ids) {
    const department = await host.getDepartment(id);
    await store.transact(async (tx) => {
      if (department) {
        await writeDepartments(tx, host.id, [department], syncedAt);
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

/** The unit a department stands for is kept: an administrator chose it. */
async function writeDepartments(
  tx: Tx,
  hostId: string,
  departments: HostDepartment[],
  syncedAt: number,
): Promise<void> {
  const rows = departments.map((department) => ({
    host_id: hostId,
    department_id: department.id,
    parent_id: department.parentId,
    name: department.name,
    unit_id: null,
    synced_at: syncedAt,
  }));
  for (let at = 0; at < rows.length; at += BATCH) {
    await upsert(tx, 'host_department', rows.slice(at, at + BATCH), {
      key: ['host_id', 'department_id'],
      keep: ['unit_id'],
    });
  }
}
