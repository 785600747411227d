/** Counts the clocks of one case anew, each through `perform`, which has the last word on whether it moves. */
import { AppError } from '../errors.ts';
import { findCase, type Perform } from '../cases/index.ts';
import { digestOf, type Store } from '../store/index.ts';
import type { CalendarsByArea } from './calendars.ts';
import { movedClocks } from './moved.ts';
import type { RecountDeps } from './recounts.worker.ts';

export interface RecountCaseDeps {
  store: Pick<Store, 'read'>;
  calendars: CalendarsByArea;
  perform: Perform;
}

/** See `RecountDeps.recountCase`. */
export function createRecountCase({
  store,
  calendars,
  perform,
}: RecountCaseDeps): RecountDeps['recountCase'] {
  return async (caseId, { changeId, why }) => {
    const c = await store.read((db) => findCase(db, caseId));
    let moved = false;
    for (const { clock } of c ? movedClocks(c, calendars) : []) {
      const input = { clockId: clock.id, why };
      const request = {
        door: 'timer' as const,
        principal: 'timer',
        // A later look finds the clock at another version, so it is another request.
        key: `${changeId}:${caseId}:${clock.id}:${clock.version}`,
        digest: digestOf({ action: 'recount', input }),
      };
      try {
        await perform({ kind: 'timer' }, caseId, 'recount', input, request);
        moved = true;
      } catch (error) {
        // Refused: the clock stopped, or nothing is left to move. Anything else is tried again.
        if (!(error instanceof AppError) || error.code !== 'refused') {
          throw error;
        }
      }
    }
    return moved;
  };
}
