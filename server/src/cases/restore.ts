/** Puts back into the history what this database lost and somebody else kept; what stands beside it is made anew. */
import { replay } from '@minqing/shared/workflow';
import { shanghaiDate } from '@minqing/shared/time';
import { appendEvent, type RecordedEvent } from '../ledger/index.ts';
import { insertIgnore, type Tx } from '../store/index.ts';
import { eventsOf, findCase, nameFiles, saveCase } from './case.repository.ts';
import { saveTimers } from './timers.repository.ts';
import type { Calendars } from './world.ts';

/**
 * Appends the events, which follow on the last one that is here, under the ids and moments they had. Nobody is told
 * anew. Throws when they do not follow, `Stale` when the case moved meanwhile.
 */
export async function restoreEvents(
  tx: Tx,
  calendars: Calendars,
  caseId: string,
  events: readonly RecordedEvent[],
): Promise<void> {
  const before = await findCase(tx, caseId);
  for (const { id, recordedAt, ...event } of events) {
    await appendEvent(tx, event, { id, recordedAt });
    await nameFiles(tx, event);
  }
  const history = await eventsOf(tx, caseId);
  const next = replay(history);
  if (!next) {
    throw new Error(`case ${caseId} has no history`);
  }
  const calendar = calendars.of(next.areaId);
  await saveCase(tx, before, next, calendar);
  await saveTimers(tx, before, next, calendar);
  const filed = replay(history.slice(0, 1));
  if (!before && filed) {
    await neverAgain(tx, filed.areaId, filed.submittedAt, filed.number);
  }
}

/** The number it has is given to no other case. */
async function neverAgain(tx: Tx, areaId: string, submittedAt: number, number: string): Promise<void> {
  const year = Number(shanghaiDate(submittedAt).slice(0, 4));
  const last = Number(number.split('-').at(-1));
  await insertIgnore(tx, 'number_counter', { area_id: areaId, year, last: 0 });
  await tx
    .updateTable('number_counter')
    .set({ last })
    .where('area_id', '=', areaId)
    .where('year', '=', year)
    .where('last', '<', last)
    .execute();
}
