/** Which running clocks a calendar would move: case by case, never to an earlier moment. */
import { isPlatforms, mayRecount, type Case, type Clock } from '@minqing/shared/workflow';
import type { Store } from '../store/index.ts';
import type { CalendarsByArea } from './calendars.ts';

const PAGE = 200;

export interface MovedClock {
  clock: Clock;
  from: number;
  to: number;
}

export interface MovedCase {
  case: Case;
  clocks: MovedClock[];
}

/** The clocks of a case that the calendars would move. One that is overdue stays so. */
export function movedClocks(c: Case, calendars: CalendarsByArea): MovedClock[] {
  const calendar = calendars.of(c.areaId);
  return c.clocks
    .filter((k) => mayRecount(k) && !isPlatforms(c, k))
    .flatMap((clock) => {
      const { startedAt: startAt, limit, dueAt, moves } = clock;
      const to = calendar.recount({ startAt, limit, dueAt, moves });
      return to === dueAt ? [] : [{ clock, from: dueAt, to }];
    });
}

/** Every case of the areas with such a clock, in pages, so that a large database stays at its ease. */
export async function* movedCases(
  store: Pick<Store, 'read'>,
  areaIds: readonly string[],
  calendars: CalendarsByArea,
): AsyncGenerator<MovedCase> {
  for (let after = ''; ;) {
    const rows = await store.read((db) =>
      db
        .selectFrom('cases')
        .select(['id', 'body_json'])
        .where('area_id', 'in', [...areaIds])
        .where('id', '>', after)
        // A clock that runs has a timer; cases without one are never read.
        .where('id', 'in', (eb) =>
          eb.selectFrom('timer').select('timer.case_id').where('case_id', '>', after),
        )
        .orderBy('id')
        .limit(PAGE)
        .execute(),
    );
    for (const row of rows) {
      const c = JSON.parse(row.body_json) as Case;
      const clocks = movedClocks(c, calendars);
      if (clocks.length > 0) {
        yield { case: c, clocks };
      }
    }
    const last = rows.at(-1)?.id;
    if (last === undefined || rows.length < PAGE) {
      return;
    }
    after = last;
  }
}
