/** The units a case is with, and the narrow row each of them has of it: what a unit's lists are read from. */
import type { Assignment, Case } from '@minqing/shared/workflow';
import { upsert, type Tx } from '../store/index.ts';
import type { NewCaseRow, UnitCaseTable } from '../store/tables.ts';

type Own = Pick<UnitCaseTable, 'part' | 'opinion_open'>;

/** Its unit still has the case: it was neither given back nor taken away. */
export const mayAct = (a: Assignment): boolean => a.state !== 'returned' && a.state !== 'cancelled';

/** The unit that leads or last led: a case given back shows none. */
export function leadUnitId(c: Case): string | null {
  return c.assignments.findLast((a) => a.part === 'lead' && mayAct(a))?.unitId ?? null;
}

function unitCases(c: Case): Map<string, Own> {
  const lead = leadUnitId(c);
  const found = new Map<string, Own>();
  for (const a of c.assignments.filter(mayAct)) {
    const open = a.part === 'co' && (a.state === 'unsigned' || a.state === 'handling');
    found.set(a.unitId, {
      part: a.unitId === lead ? 'lead' : 'co',
      opinion_open: open || found.get(a.unitId)?.opinion_open === 1 ? 1 : 0,
    });
  }
  return found;
}

/** Writes the rows of the units that have the case now, and takes those of the others away. */
export async function saveUnitCases(
  tx: Tx,
  before: Case | null,
  next: Case,
  { state, due_at, submitted_at }: Pick<NewCaseRow, 'state' | 'due_at' | 'submitted_at'>,
): Promise<void> {
  const has = unitCases(next);
  const gone = before ? [...unitCases(before).keys()].filter((unitId) => !has.has(unitId)) : [];
  if (gone.length > 0) {
    await tx.deleteFrom('unit_case').where('case_id', '=', next.id).where('unit_id', 'in', gone).execute();
  }
  const rows = [...has].map(([unit_id, own]) => ({
    unit_id,
    case_id: next.id,
    ...own,
    state,
    due_at,
    submitted_at,
  }));
  await upsert(tx, 'unit_case', rows, { key: ['case_id', 'unit_id'] });
}
