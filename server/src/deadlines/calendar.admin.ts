/** 工作日历: what an administrator may ask and change. A change is previewed, audited, and followed by a recount. */
import type { CalendarPreview, CalendarView } from '@minqing/shared/contract';
import { localTime, momentText } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { namesOf } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { afterCommit, uuidv7, type Reader, type Store } from '../store/index.ts';
import { changeCalendar, requireReason, sameCalendar, type Change, type Changed } from './calendar.change.ts';
import { previewChange } from './calendar.preview.ts';
import { readCalendars, writeCalendar } from './calendar.repository.ts';
import { yearOf } from './calendar.view.ts';
import type { AreaCalendars } from './calendars.ts';
import { orderSweeps } from './recount.repository.ts';

const LATEST_CHANGES = 8;

export interface CalendarAdmin {
  /** This year's, or another's. */
  year(viewer: Actor, areaId: string, year?: number): Promise<CalendarView>;
  /** What would change, which running clocks would move and whom that concerns; changes nothing. */
  preview(viewer: Actor, areaId: string, change: Change): Promise<CalendarPreview>;
  /** Saves the change; running clocks are counted anew soon after. The same change twice is kept once. */
  save(viewer: Actor, areaId: string, change: Change): Promise<{ words: string }>;
}

export interface CalendarAdminDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: AreaCalendars;
  /** Called after COMMIT: wakes the recounting. */
  wake(): void;
}

export function createCalendarAdmin(deps: CalendarAdminDeps): CalendarAdmin {
  const { store, clock, directory, calendars } = deps;
  return {
    async year(viewer, areaId, year) {
      administering(viewer, directory).require(areaId);
      await calendars.refresh();
      const now = clock.businessNow();
      const sources = { directory, settingsOf: calendars.settingsOf, calendar: calendars.of(areaId) };
      return {
        ...yearOf(sources, areaId, year ?? localTime(now).year, now),
        changes: await store.read((db) => latestChanges(db, directory, areaId, now)),
      };
    },

    async preview(viewer, areaId, change) {
      administering(viewer, directory).require(areaId);
      await calendars.refresh();
      const before = calendars.settingsOf(areaId);
      const now = clock.businessNow();
      const changed = changeCalendar(before, change, now);
      const changes = !sameCalendar(before, changed.after);
      const then = changes ? calendars.supposing(areaId, changed.after) : calendars;
      return previewChange({ store, directory }, areaId, { ...changed, changes }, then, now);
    },

    async save(viewer, areaId, change) {
      const scope = administering(viewer, directory);
      scope.require(areaId);
      requireReason(change);
      const id = uuidv7();
      const now = clock.businessNow();
      const changed = await store.transact(
        async (tx): Promise<Changed> => {
          const before = (await readCalendars(tx)).get(areaId) ?? { hours: [], overrides: [], notices: [] };
          const made = changeCalendar(before, change, now);
          if (sameCalendar(before, made.after)) {
            return made;
          }
          await writeCalendar(tx, areaId, before, made.after);
          await orderSweeps(tx, { id, areaId, at: now, personId: scope.personId, words: made.words });
          await appendAudit(tx, {
            at: now,
            kind: 'calendarChanged',
            personId: scope.personId,
            subject: areaId,
            data: { changeId: id, words: made.words, change: { ...change } },
          });
          afterCommit(tx, deps.wake);
          return made;
        },
        { settle: (db) => kept(db, id) },
      );
      await calendars.refresh();
      return { words: changed.words };
    },
  };
}

/** After a COMMIT whose outcome is unknown: the change, if it was kept. */
async function kept(db: Reader, id: string): Promise<Changed | undefined> {
  const row = await db.selectFrom('calendar_change').select('words').where('id', '=', id).executeTakeFirst();
  return row && { words: row.words, after: { hours: [], overrides: [], notices: [] }, days: [] };
}

/** The latest changes that reach the area, or an area in it, with what became of running clocks. */
async function latestChanges(
  db: Reader,
  directory: Directory,
  areaId: string,
  now: number,
): Promise<CalendarView['changes']> {
  const areaIds = [...new Set([...directory.areaChain(areaId), ...directory.areasWithin(areaId)])];
  const changes = await db
    .selectFrom('calendar_change')
    .select(['id', 'area_id', 'at', 'person_id', 'words', 'sweeps'])
    .where('area_id', 'in', areaIds)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LATEST_CHANGES)
    .execute();
  if (changes.length === 0) {
    return [];
  }
  const counts = await db
    .selectFrom('recount')
    .select((eb) => ['change_id', 'state', 'moved', eb.fn.countAll<number>().as('n')])
    .where(
      'change_id',
      'in',
      changes.map((change) => change.id),
    )
    .groupBy(['change_id', 'state', 'moved'])
    .execute();
  const names = await namesOf(
    db,
    changes.map((change) => change.person_id),
  );
  return changes.map((change) => {
    const own = counts.filter((row) => row.change_id === change.id);
    const sum = (rows: typeof own): number => rows.reduce((total, row) => total + Number(row.n), 0);
    const waiting = sum(own.filter((row) => row.state === 'waiting'));
    const moved = sum(own.filter((row) => row.moved === 1));
    const running = waiting > 0 || change.sweeps > 0;
    const where = change.area_id === areaId ? '' : `${directory.area(change.area_id)?.name ?? ''}：`;
    return {
      id: change.id,
      words: `${where}${change.words}`,
      who: `${names(change.person_id).name}，${momentText(change.at, now)}`,
      effect: effectOf(running, waiting, moved),
      running,
    };
  });
}

function effectOf(running: boolean, waiting: number, moved: number): string {
  const done = moved > 0 ? `${moved} 件的时限已顺延` : '没有时限变动';
  if (!running) {
    return done;
  }
  return waiting > 0
    ? `正在重算，还有 ${waiting} 件`
    : moved > 0
      ? `${done}，正在复查`
      : '正在查看在办的时限';
}
