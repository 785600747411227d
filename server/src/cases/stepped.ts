/**
 * 回避 with nobody left: which offices one tier up act on a case, kept beside it so that their lists show it. Who acts is
 * the workflow's rule; it changes with the case and with who holds which role.
 */
import { actingUnit, type Case, type World } from '@minqing/shared/workflow';
import type { Tx } from '../store/index.ts';

type Around = Pick<World, 'unitAbove' | 'holders'>;

/** The committee or dispatch office that acts in its own one's place; empty for nearly every case. */
export function steppedOffices(c: Case, world: Around): string[] {
  const acting = [actingUnit(c, 'reviewer', world), actingUnit(c, 'dispatcher', world)];
  return acting.filter((unitId) => unitId !== c.committeeId && unitId !== c.dispatchOfficeId);
}

/** Keeps it after an act on the case: nothing is read or written where nobody stepped up before or after. */
export async function keepStepped(tx: Tx, before: string[], c: Case, world: Around): Promise<void> {
  const now = steppedOffices(c, world);
  if (before.length > 0 || now.length > 0) {
    await replace(tx, c.id, now);
  }
}

/** The same when holders changed and the case stood still. */
export async function realignStepped(tx: Tx, c: Case, world: Around): Promise<void> {
  const was = await tx.selectFrom('case_stepped').select('unit_id').where('case_id', '=', c.id).execute();
  await keepStepped(
    tx,
    was.map((row) => row.unit_id),
    c,
    world,
  );
}

async function replace(tx: Tx, caseId: string, unitIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('case_stepped').where('case_id', '=', caseId).execute();
  if (unitIds.length > 0) {
    await tx
      .insertInto('case_stepped')
      .values(unitIds.map((unitId) => ({ case_id: caseId, unit_id: unitId })))
      .execute();
  }
}
