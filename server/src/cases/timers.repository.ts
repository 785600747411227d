/** The rows that wake a case: kept equal to what the case's clocks want, in the same transaction as the change. */
import { timersOf, type Case, type Timer } from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { Tx } from '../store/index.ts';

export async function saveTimers(
  tx: Tx,
  before: Case | null,
  next: Case,
  calendar: WorkingCalendar,
): Promise<void> {
  const of = (c: Case) => timersOf(c, calendar);
  const key = (t: { clockId: string; step: string; at: number; clockVersion: number }): string =>
    `${t.clockId}/${t.step}/${t.at}/${t.clockVersion}`;
  const had = before ? of(before) : [];
  const wanted = of(next);
  const wantedKeys = new Set(wanted.map(key));
  const hadKeys = new Set(had.map(key));
  for (const timer of had.filter((t) => !wantedKeys.has(key(t)))) {
    await tx
      .deleteFrom('timer')
      .where('case_id', '=', next.id)
      .where('clock_id', '=', timer.clockId)
      .where('step', '=', timer.step)
      .execute();
  }
  const added = wanted.filter((t) => !hadKeys.has(key(t)));
  await insertTimers(tx, next.id, added);
}

/** Timers that nobody has claimed yet. */
export async function insertTimers(tx: Tx, caseId: string, timers: readonly Timer[]): Promise<void> {
  if (timers.length > 0) {
    await tx
      .insertInto('timer')
      .values(
        timers.map((t) => ({
          case_id: caseId,
          clock_id: t.clockId,
          step: t.step,
          fire_at: t.at,
          clock_version: t.clockVersion,
          lease_owner: null,
          lease_until: 0,
          fence: 0,
        })),
      )
      .execute();
  }
}
