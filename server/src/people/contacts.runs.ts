/**
 * Syncs an administrator starts: the contacts are read, what would change is shown, and only then is it written — if a
 * second reading finds the very same changes. A run is a row, so that any process can show how far it has come; the
 * process that got the request does the work, under the lease the nightly sync uses.
 */
import type { SyncDetail, SyncOverview } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { conflict, notFound } from '../errors.ts';
import { HostError, type Host } from '../hosts/index.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Log } from '../log.ts';
import {
  changeOnce,
  claimLease,
  releaseLease,
  uuidv7,
  type ChangeRequest,
  type Lease,
  type Reader,
  type Store,
} from '../store/index.ts';
import type { Administering } from './administering.ts';
import { administeringAll } from './widest.ts';
import type { Contacts } from './contacts.ts';
import { planOf, type SyncPlan } from './contacts.plan.ts';
import { findRun, listRuns, presentDetail, STALE_MS, type RunRow } from './contacts.runs.queries.ts';
import { SuspiciousSync, walkHost } from './contacts.walk.ts';
import type { PhoneVault } from './crypto.ts';
import type { Directory } from './directory.ts';

export interface ContactRuns {
  /** Hosts and the last runs. Throws forbidden for administrators with others above or beside them. */
  overview(viewer: Actor): Promise<SyncOverview>;
  /** Begins to read the contacts; answers the run's id. Throws conflict while another run is under way. */
  begin(viewer: Actor, hostId: string, request: ChangeRequest): Promise<string>;
  one(viewer: Actor, runId: string): Promise<SyncDetail>;
  /** Begins to write what was read. Throws conflict unless the run has been read and may be applied. */
  apply(viewer: Actor, runId: string, request: ChangeRequest): Promise<void>;
  /** Resolves when nothing is under way in this process. */
  idle(): Promise<void>;
}

interface Deps {
  store: Store;
  clock: Clock;
  hosts: ReadonlyMap<string, Host>;
  directory: Directory;
  vault: PhoneVault;
  contacts: Contacts;
  log: Log;
}

const LEASE_MS = 5 * 60_000;
const BEAT_EVERY_MS = 2_000;

class Busy extends Error {}
class Changed extends Error {}

/** The lease under which one process at a time walks a host. */
export const contactsLease = (hostId: string): string => `contacts:${hostId}`;

export function createContactRuns(deps: Deps): ContactRuns {
  const { store, clock, directory, vault } = deps;
  const underWay = new Set<Promise<void>>();

  /** The contacts are a whole organisation's. */
  const requireWidest = (db: Reader, viewer: Actor): Promise<Administering> =>
    administeringAll(db, viewer, directory, clock.businessNow(), '通讯录由最上一级的管理员同步，请联系他们');

  function start(
    runId: string,
    host: Host,
    work: (beat: Beat, run: RunRow) => Promise<Partial<RunRow>>,
  ): void {
    const running = follow(runId, host, work).finally(() => underWay.delete(running));
    underWay.add(running);
  }

  type Beat = (seen?: number) => Promise<void>;

  async function follow(
    runId: string,
    host: Host,
    work: (beat: Beat, run: RunRow) => Promise<Partial<RunRow>>,
  ): Promise<void> {
    const owner = uuidv7();
    let lease: Lease | undefined;
    let beaten = 0;
    const beat: Beat = async (seen) => {
      if (clock.machineNow() - beaten < BEAT_EVERY_MS) {
        return;
      }
      beaten = clock.machineNow();
      await store.transact(async (tx) => {
        await claimLease(tx, contactsLease(host.id), owner, LEASE_MS);
        await tx
          .updateTable('sync_run')
          .set({ beat_at: beaten, ...(seen === undefined ? {} : { seen }) })
          .where('id', '=', runId)
          .execute();
      });
    };
    try {
      lease = await store.transact((tx) => claimLease(tx, contactsLease(host.id), owner, LEASE_MS));
      if (!lease) {
        throw new Busy();
      }
      const run = await store.read((db) => findRun(db, runId));
      const change = run ? await work(beat, run) : {};
      await finish(runId, change);
    } catch (error) {
      deps.log.warn('a contact sync did not end well', { hostId: host.id, job: 'contacts', error });
      await finish(runId, { state: 'failed', problem: problemText(error) }).catch(() => undefined);
    } finally {
      if (lease) {
        const held = lease;
        await store.transact((tx) => releaseLease(tx, held)).catch(() => undefined);
      }
    }
  }

  async function finish(runId: string, change: Partial<RunRow>): Promise<void> {
    await store.transact((tx) =>
      tx
        .updateTable('sync_run')
        .set({ ...change, beat_at: clock.machineNow(), ended_at: clock.businessNow() })
        .where('id', '=', runId)
        .execute(),
    );
  }

  async function readPlan(
    host: Host,
    beat: Beat,
  ): Promise<{ plan: SyncPlan; seen: number; walked: Awaited<ReturnType<typeof walkHost>> }> {
    const walked = await walkHost(host, (seen) => beat(seen));
    await beat(walked.people.length);
    const plan = await store.read((db) =>
      planOf(db, host.id, walked, { vault, directory, now: clock.businessNow() }),
    );
    return { plan, seen: walked.people.length, walked };
  }

  const read = (runId: string, host: Host): void =>
    start(runId, host, async (beat) => {
      const { plan, seen } = await readPlan(host, beat);
      return {
        state: 'read',
        seen,
        digest: plan.digest,
        counts_json: JSON.stringify(plan.counts),
        plan_json: JSON.stringify({ items: plan.items, blocked: plan.blocked }),
      };
    });

  const write = (runId: string, host: Host, personId: string): void =>
    start(runId, host, async (beat, run) => {
      const { plan, walked } = await readPlan(host, beat);
      if (plan.digest !== run.digest) {
        throw new Changed();
      }
      await deps.contacts.write(host, walked, beat);
      await store.transact((tx) =>
        appendAudit(tx, {
          at: clock.businessNow(),
          kind: 'contacts.applied',
          personId,
          subject: runId,
          data: { hostId: host.id, counts: plan.counts },
        }),
      );
      await directory.refresh();
      return { state: 'done' };
    });

  function hostOf(hostId: string): Host {
    const host = deps.hosts.get(hostId);
    if (!host) {
      throw notFound('没有这个平台的通讯录');
    }
    return host;
  }

  return {
    overview: async (viewer) =>
      store.read(async (db) => {
        await requireWidest(db, viewer);
        return listRuns(db, [...deps.hosts.keys()], clock);
      }),

    one: async (viewer, runId) =>
      store.read(async (db) => {
        await requireWidest(db, viewer);
        const run = await findRun(db, runId);
        if (!run) {
          throw notFound('没有这次同步，请刷新');
        }
        return presentDetail(db, run, clock);
      }),

    async begin(viewer, hostId, request) {
      const host = hostOf(hostId);
      await store.read((db) => requireWidest(db, viewer));
      const personId = viewer.kind === 'person' ? viewer.personId : null;
      let fresh = false;
      const runId = await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const running = await tx
          .selectFrom('sync_run')
          .select('id')
          .where('host_id', '=', hostId)
          .where('state', 'in', ['reading', 'applying'])
          .where('beat_at', '>', clock.machineNow() - STALE_MS)
          .executeTakeFirst();
        if (running) {
          throw conflict('有一次同步正在进行，等它结束再开始');
        }
        const id = uuidv7();
        await tx
          .insertInto('sync_run')
          .values({
            id,
            host_id: hostId,
            kind: 'admin',
            state: 'reading',
            person_id: personId,
            at: clock.businessNow(),
            beat_at: clock.machineNow(),
            ended_at: null,
            digest: null,
            counts_json: '{}',
            plan_json: '{}',
            problem: null,
            seen: 0,
          })
          .execute();
        fresh = true;
        return id;
      });
      if (fresh) {
        read(runId, host);
      }
      return runId;
    },

    async apply(viewer, runId, request) {
      const scope = await store.read((db) => requireWidest(db, viewer));
      let host: Host | undefined;
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const run = await findRun(tx, runId);
        if (!run) {
          throw notFound('没有这次同步，请刷新');
        }
        const detail = await presentDetail(tx, run, clock);
        if (!detail.mayApply) {
          throw conflict(detail.blockedText || '这次同步已经处理过了，要再同步请重新读取');
        }
        host = hostOf(run.host_id);
        await tx
          .updateTable('sync_run')
          .set({ state: 'applying', beat_at: clock.machineNow(), ended_at: null })
          .where('id', '=', runId)
          .where('state', '=', 'read')
          .execute();
        return runId;
      });
      if (host) {
        write(runId, host, scope.personId);
      }
    },

    idle: async () => {
      await Promise.allSettled([...underWay]);
    },
  };
}

/** What an administrator can do about it. */
function problemText(error: unknown): string {
  if (error instanceof Busy) {
    return '另一次同步正在进行，过几分钟再试';
  }
  if (error instanceof Changed) {
    return '读取之后通讯录又有变化，没有写入任何内容，请重新读取再看一遍';
  }
  if (error instanceof SuspiciousSync) {
    return '通讯录里少了一半以上的人，没有写入任何内容';
  }
  if (error instanceof HostError) {
    return error.kind === 'denied'
      ? '平台没有给读取通讯录的权限，请在平台后台开通，再重新读取'
      : `平台没有答复完整，没有写入任何内容，过几分钟再试（${error.code}）`;
  }
  return '没有完成，可以重新读取再试；还不行，请把时间告诉技术支持';
}
