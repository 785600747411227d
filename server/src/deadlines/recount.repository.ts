/** Rows of calendar changes and of the cases to be counted anew for them. */
import { insertIgnore, type Reader, type Tx } from '../store/index.ts';

/**
 * Running cases are looked through twice: at once, and again when every process has seen the new calendar, for clocks
 * that started on the old one meanwhile.
 */
const SWEEPS = 2;
export const SECOND_SWEEP_MS = 15_000;

export interface CalendarChanged {
  id: string;
  areaId: string;
  at: number;
  personId: string;
  words: string;
}

/** Records a change, in its transaction, with the order to look through running cases. */
export async function orderSweeps(tx: Tx, change: CalendarChanged): Promise<void> {
  await tx
    .insertInto('calendar_change')
    .values({
      id: change.id,
      area_id: change.areaId,
      at: change.at,
      person_id: change.personId,
      words: change.words,
      sweeps: SWEEPS,
      sweep_at: 0,
      lease_owner: null,
      lease_until: 0,
      fence: 0,
    })
    .execute();
}

/** Puts the cases in line; one that was counted already for this change is counted again. */
export async function orderRecounts(tx: Tx, changeId: string, caseIds: readonly string[]): Promise<void> {
  for (const caseId of caseIds) {
    const row = {
      change_id: changeId,
      case_id: caseId,
      state: 'waiting',
      moved: 0 as const,
      attempts: 0,
      not_before: 0,
      lease_owner: null,
      lease_until: 0,
      fence: 0,
    };
    if (!(await insertIgnore(tx, 'recount', row))) {
      await tx
        .updateTable('recount')
        .set({ state: 'waiting', not_before: 0 })
        .where('change_id', '=', changeId)
        .where('case_id', '=', caseId)
        .execute();
    }
  }
}

/** How many cases wait to be counted anew. */
export async function waitingRecounts(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('recount')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.n);
}
