/**
 * From which moment on other people hold a duty. Written in the transaction that changes it; notices/ reads what is up
 * and brings the cards of open duties to whoever holds them now. A moment may lie ahead: nothing else has to wake then.
 */
import { uuidv7, type Reader, type Tx } from '../store/index.ts';
import { HANDED_ON, isHandedOn, upstreamOf } from './stand-ins.ts';

/** Why: a grant began or ended, somebody went away or came back, somebody left or returned. */
export type HoldingCause = 'grant' | 'begin' | 'end' | 'left';

export interface HoldingChange {
  id: string;
  at: number;
  cause: HoldingCause;
  personId: string;
  substitutionId: string | null;
  /** Where cards may have to move. */
  places: readonly Place[];
  /** The last case that was looked at before a process died; empty at the beginning. */
  progress: string;
}

/** A role held in one unit, or in an area and everything below it. */
export interface Place {
  role: string;
  unitId: string | null;
  areaId: string;
}

/** Notes that from `at` on somebody else may hold `place`, or everything the person holds. */
export async function noteHoldingChange(
  tx: Tx,
  change: {
    at: number;
    cause: HoldingCause;
    personId: string;
    place?: Place | undefined;
    substitutionId?: string | undefined;
  },
): Promise<void> {
  // No duty hangs on what is not handed on either: authors keep their cases, administrators have none.
  if (change.place && !isHandedOn(change.place.role)) {
    return;
  }
  await tx
    .insertInto('holding_change')
    .values({
      id: uuidv7(),
      at: change.at,
      cause: change.cause,
      person_id: change.personId,
      role: change.place?.role ?? null,
      unit_id: change.place?.unitId ?? null,
      area_id: change.place?.areaId ?? null,
      substitution_id: change.substitutionId ?? null,
      progress: '',
    })
    .execute();
}

/** The earliest change that is up at business time `at`; null for none. */
export async function nextHoldingChange(db: Reader, at: number): Promise<HoldingChange | null> {
  const row = await db
    .selectFrom('holding_change')
    .selectAll()
    .where('at', '<=', at)
    .orderBy('at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (!row) {
    return null;
  }
  const places =
    row.role !== null
      ? [{ role: row.role, unitId: row.unit_id, areaId: row.area_id ?? '' }]
      : await placesOf(db, [row.person_id, ...(await upstreamOf(db, row.person_id, row.at))]);
  return {
    id: row.id,
    at: row.at,
    cause: row.cause as HoldingCause,
    personId: row.person_id,
    substitutionId: row.substitution_id,
    places,
    progress: row.progress,
  };
}

/** Keeps how far a change was followed. */
export async function keepProgress(tx: Tx, id: string, caseId: string): Promise<void> {
  await tx.updateTable('holding_change').set({ progress: caseId }).where('id', '=', id).execute();
}

/** The change has been followed to the end. */
export async function dropHoldingChange(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('holding_change').where('id', '=', id).execute();
}

/** Every place these people held or hold: looking at one too many changes nothing. */
async function placesOf(db: Reader, personIds: readonly string[]): Promise<Place[]> {
  const rows = await db
    .selectFrom('role_grant')
    .select(['role', 'unit_id', 'area_id'])
    .distinct()
    .where('person_id', 'in', [...personIds])
    .where('role', 'in', [...HANDED_ON])
    .execute();
  return rows.map((row) => ({ role: row.role, unitId: row.unit_id, areaId: row.area_id }));
}
