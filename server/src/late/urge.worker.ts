/**
 * Does what was wished: each case by `perform`, as the person who wished it; then, in one transaction, a notice to every
 * unit that was urged. A process that dies in between is followed by another that goes on where it stopped.
 */
import { lateMove } from '@minqing/shared/statistics';
import type { Audience, Case } from '@minqing/shared/workflow';
import { findCase, worldAround, type Perform, type RequestIdentity } from '../cases/index.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createLoop, type Loop } from '../loop.ts';
import type { Together } from '../notices/index.ts';
import { actorOf, type Acting } from '../people/index.ts';
import { afterCommit, claimLease, digestOf, uuidv7, type Tx } from '../store/index.ts';
import type { UrgeBatchTable, UrgeItemTable } from '../store/tables.late.ts';
import type { Outcome } from './urges.ts';
import { notLateAnyMore, partyOf, queueOf, urgeNotice } from './urge.words.ts';
import type { WatchDeps } from './watch.ts';

export interface UrgeWorkerDeps extends WatchDeps {
  log: Log;
  perform(): Perform;
  tellTogether(tx: Tx, told: Together): Promise<number>;
  /** After COMMIT: the outbox has something. */
  wake(): void;
}

export interface UrgeWorker extends Loop {
  /** Does some of what waits; answers how much. */
  runOnce(): Promise<number>;
}

const LEASE = 'urges';
const LEASE_MS = 30_000;
const CHUNK = 20;
const IDLE_MS = 1_000;
/** A case that fails this often for a reason nobody foresaw is told as not urged: the others must not wait for it. */
const MOST_ATTEMPTS = 3;
/** Marks what is done for a wish: its notice goes out with the others’, not by itself. */
export const URGES_DOOR = 'urges';

export function createUrgeWorker(deps: UrgeWorkerDeps): UrgeWorker {
  const { store, clock, log } = deps;
  const owner = uuidv7();

  const requestOf = (batch: UrgeBatchTable, caseId: string): RequestIdentity => ({
    door: URGES_DOOR,
    principal: batch.person_id,
    key: `${batch.id}:${caseId}`,
    digest: digestOf({ text: batch.text }),
  });

  async function settle(
    item: UrgeItemTable,
    outcome: Outcome,
    change: { why?: string; mover?: string; unit_id?: string },
  ): Promise<void> {
    await store.transact((tx) =>
      tx
        .updateTable('urge_item')
        .set({ outcome, ...change })
        .where('batch_id', '=', item.batch_id)
        .where('case_id', '=', item.case_id)
        .execute(),
    );
  }

  /** Whether this very urge took effect before the process died. */
  const isDone = async (batch: UrgeBatchTable, caseId: string): Promise<boolean> => {
    const { door, principal, key } = requestOf(batch, caseId);
    const row = await store.read((db) =>
      db
        .selectFrom('request')
        .select('version')
        .where('door', '=', door)
        .where('principal', '=', principal)
        .where('request_key', '=', key)
        .executeTakeFirst(),
    );
    return row !== undefined;
  };

  async function urgeOne(batch: UrgeBatchTable, item: UrgeItemTable, acting: Acting | null): Promise<void> {
    if (await isDone(batch, item.case_id)) {
      await settle(item, 'urged', {});
      return;
    }
    const c = await store.read((db) => findCase(db, item.case_id));
    const why = !acting || !c ? '您已经不能催这件民情' : notLateAnyMore(c, clock.businessNow());
    if (why !== null || !acting || !c) {
      await settle(item, 'skipped', { why: why ?? '' });
      return;
    }
    const { mover, unitId } = partyOf(c);
    try {
      await deps.perform()(
        acting.actor,
        item.case_id,
        'urge',
        { text: batch.text },
        requestOf(batch, item.case_id),
      );
    } catch (error) {
      if (error instanceof AppError) {
        await settle(item, 'skipped', { why: error.title });
        return;
      }
      log.warn('an urge stumbled', { caseId: item.case_id, error });
      if (item.attempts + 1 >= MOST_ATTEMPTS) {
        await settle(item, 'skipped', { why: '没有催成，请打开这件单独催' });
        return;
      }
      await store.transact((tx) =>
        tx
          .updateTable('urge_item')
          .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
          .where('batch_id', '=', item.batch_id)
          .where('case_id', '=', item.case_id)
          .execute(),
      );
      return;
    }
    await settle(item, 'urged', { mover, unit_id: unitId });
  }

  /** Every case was tried: one notice to each party, and the wish is over, together. */
  async function finish(batch: UrgeBatchTable, acting: Acting | null): Promise<void> {
    await store.transact(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('urge_batch')
        .set({ open: 0 })
        .where('id', '=', batch.id)
        .where('open', '=', 1)
        .executeTakeFirst();
      if (Number(numUpdatedRows) !== 1) {
        return;
      }
      const items = await tx
        .selectFrom('urge_item')
        .select(['case_id', 'mover', 'unit_id'])
        .where('batch_id', '=', batch.id)
        .where('outcome', '=', 'urged')
        .orderBy('position')
        .execute();
      const parties = new Map<string, { mover: string; unitId: string; cases: Case[] }>();
      for (const { case_id, mover, unit_id } of items) {
        const c = await findCase(tx, case_id);
        const party = parties.get(`${mover} ${unit_id}`) ?? { mover, unitId: unit_id, cases: [] };
        parties.set(`${mover} ${unit_id}`, party);
        if (c) {
          party.cases.push(c);
        }
      }
      for (const party of parties.values()) {
        await tell(tx, batch, acting, party);
      }
      afterCommit(tx, deps.wake);
    });
  }

  async function tell(
    tx: Tx,
    batch: UrgeBatchTable,
    acting: Acting | null,
    { mover, unitId, cases }: { mover: string; unitId: string; cases: Case[] },
  ): Promise<void> {
    const areaId = deps.directory.unit(unitId)?.areaId ?? cases[0]?.areaId ?? '';
    await deps.tellTogether(tx, {
      notice: 'urged',
      content: urgeNotice(cases, {
        batchId: batch.id,
        who: acting ? `${acting.person.name}（督查）` : '督查',
        text: batch.text,
        now: batch.created_at,
        path: queueOf(mover, unitId, areaId),
        calendars: deps.calendars,
      }),
      cases,
      audiences: (c) => audiencesOf(c, mover, unitId),
      worldAround: (db, c) => worldAround(db, deps, c, c.areaId, clock.businessNow()),
      areaId,
      butNot: batch.person_id,
    });
  }

  async function runOnce(): Promise<number> {
    const batch = await store.read((db) =>
      db.selectFrom('urge_batch').selectAll().where('open', '=', 1).orderBy('id').limit(1).executeTakeFirst(),
    );
    if (!batch || !(await store.transact((tx) => claimLease(tx, LEASE, owner, LEASE_MS)))) {
      return 0;
    }
    const acting = await store.read((db) => actorOf(db, batch.person_id, clock.businessNow()));
    const items = await store.read((db) =>
      db
        .selectFrom('urge_item')
        .selectAll()
        .where('batch_id', '=', batch.id)
        .where('outcome', '=', 'waiting')
        .orderBy('position')
        .limit(CHUNK)
        .execute(),
    );
    for (const item of items) {
      await urgeOne(batch, item, acting);
    }
    if (items.length === 0) {
      await finish(batch, acting);
    }
    return items.length + 1;
  }

  return { ...createLoop({ name: 'urging', log, idleMs: IDLE_MS, turn: runOnce }), runOnce };
}

/** Who hears of an urge: whoever must move and, at a unit, its heads. */
function audiencesOf(c: Case, mover: string, unitId: string): Audience[] {
  if (lateMove(c)?.audience.to === 'platform') {
    return []; // told by the exchange
  }
  switch (mover) {
    case 'unit':
      return [
        { to: 'unit', unitId, role: 'handler' },
        { to: 'unit', unitId, role: 'head' },
      ];
    case 'dispatcher':
      return [{ to: 'dispatchers' }];
    case 'reviewer':
      return [{ to: 'reviewers' }];
    case 'inspector':
      return [{ to: 'inspectors' }];
    default: {
      const move = lateMove(c);
      return move ? [move.audience] : [];
    }
  }
}
