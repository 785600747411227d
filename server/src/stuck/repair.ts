/** Puts one case right, in one transaction that holds it: safe beside running servers, and twice is once. */
import { holdCase, rewriteCase, rewriteTimers, timerDifferences, worldAround } from '../cases/index.ts';
import { appendAudit } from '../ledger/index.ts';
import { MOST_ATTEMPTS, repairCards, tellNobodyCan, type SoundnessDeps } from '../notices/index.ts';
import { afterCommit, type Tx } from '../store/index.ts';
import { examine, type Examined, type Leases } from './examine.ts';
import type { Finding, StuckDeps } from './model.ts';

export interface Repaired {
  /** What was wrong. */
  found: Finding[];
  /** What was done about it, in words; empty when nothing was or could be. */
  done: string[];
}

/** Who has it repaired: an administrator, or null for the command. */
export async function repairCase(
  deps: StuckDeps,
  caseId: string,
  personId: string | null,
): Promise<Repaired> {
  return deps.store.transact(async (tx) => {
    await holdCase(tx, caseId);
    const seen = await examine(tx, deps, caseId);
    const done: string[] = [];
    if (await freeLeases(tx, seen, caseId)) {
      done.push('放开了被占着的通知和时限');
    }
    if (seen.stored && seen.told) {
      const { told, stored } = seen;
      const calendar = deps.calendars.of(told.areaId);
      if (seen.body || seen.columns.length > 0) {
        await rewriteCase(tx, stored.row.version, told, calendar);
        await deps.rewriteBeside(tx, told);
        done.push('按经过重新写好了内容和列表');
      }
      const timers = timerDifferences({ timers: await timersNow(tx, caseId) }, told, calendar, seen.moments);
      if (timers.missing.length + timers.unwanted.length > 0) {
        await rewriteTimers(tx, caseId, timers);
        done.push('重新排好了时限');
      }
      done.push(...(await repairPeople(tx, deps, seen)));
    } else if (!seen.stored && seen.findings.length > 0) {
      await tx.deleteFrom('timer').where('case_id', '=', caseId).execute();
      done.push('清掉了不存在的民情留下的时限');
    }
    if (done.length > 0) {
      await appendAudit(tx, {
        at: deps.clock.businessNow(),
        kind: 'case.repaired',
        personId,
        subject: caseId,
        data: { found: seen.findings.map((f) => f.what), done },
      });
      afterCommit(tx, deps.wake);
    }
    return { found: seen.findings, done };
  });
}

/** With the leases as they stand after the ones that never end were freed. */
const timersNow = (tx: Tx, caseId: string) =>
  tx.selectFrom('timer').selectAll().where('case_id', '=', caseId).execute();

const soundness = (deps: StuckDeps): SoundnessDeps => ({
  ...deps,
  worldOf: (tx, c) => worldAround(tx, deps, c, c.areaId, deps.clock.businessNow()),
});

async function repairPeople(tx: Tx, deps: StuckDeps, { told, cards }: Examined): Promise<string[]> {
  const done: string[] = [];
  if (!told) {
    return done;
  }
  if (cards.missing.length + cards.stale.length + cards.unsent.length > 0) {
    await repairCards(tx, soundness(deps), told, cards);
    done.push(cards.missing.length + cards.unsent.length > 0 ? '补发了卡片' : '收起了办完的卡片');
  }
  for (const nobody of cards.nobody) {
    const people = await tellNobodyCan(tx, soundness(deps), told, nobody);
    if (people > 0) {
      done.push(`没有人能办，告知了 ${people} 人协调`);
    }
  }
  return done;
}

/** A higher fence: whoever held them for so long, should they wake up, cannot act any more. */
async function freeLeases(tx: Tx, { leases }: Examined, caseId: string): Promise<boolean> {
  await freeRows(tx, leases);
  for (const { clock_id, step } of leases.timers) {
    await tx
      .updateTable('timer')
      .set((eb) => ({ lease_owner: null, lease_until: 0, fence: eb('fence', '+', 1) }))
      .where('case_id', '=', caseId)
      .where('clock_id', '=', clock_id)
      .where('step', '=', step)
      .execute();
  }
  return leases.held.length + leases.hopeless.length + leases.timers.length > 0;
}

async function freeRows(tx: Tx, { held, hopeless }: Pick<Leases, 'held' | 'hopeless'>): Promise<void> {
  if (held.length > 0) {
    await tx
      .updateTable('outbox')
      .set((eb) => ({ lease_owner: null, lease_until: 0, fence: eb('fence', '+', 1) }))
      .where('id', 'in', held)
      .execute();
  }
  if (hopeless.length > 0) {
    await tx
      .updateTable('outbox')
      .set({
        status: 'dead',
        logged: 1,
        error_kind: 'unavailable',
        last_error: 'crashed 发送多次中断，没有结果',
      })
      .where('id', 'in', hopeless)
      .where('status', '=', 'waiting')
      .execute();
  }
}

/** Frees a row of the outbox that belongs to no case. */
export async function repairRow(deps: StuckDeps, rowId: string, personId: string | null): Promise<Repaired> {
  return deps.store.transact(async (tx) => {
    const row = await tx
      .selectFrom('outbox')
      .select(['id', 'lease_until', 'attempts', 'area_id'])
      .where('id', '=', rowId)
      .where('status', '=', 'waiting')
      .executeTakeFirst();
    if (!row) {
      return { found: [], done: [] };
    }
    const hopeless = row.attempts > MOST_ATTEMPTS;
    await freeRows(tx, hopeless ? { held: [], hopeless: [row.id] } : { held: [row.id], hopeless: [] });
    const done = [hopeless ? '停止了没有结果的重试' : '放开了被占着的通知'];
    await appendAudit(tx, {
      at: deps.clock.businessNow(),
      kind: 'case.repaired',
      personId,
      subject: rowId,
      data: { done },
      areaId: row.area_id,
    });
    afterCommit(tx, deps.wake);
    return { found: [], done };
  });
}
