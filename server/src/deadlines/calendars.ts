/** The working calendar of each area; one instance per area, since calendars remember the days they looked up. */
import { createCalendar, type CalendarData, type WorkingCalendar } from '@minqing/shared/calendar';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';

export interface AreaCalendars {
  of(areaId: string): WorkingCalendar;
  /** Reads the settings again after they changed. */
  refresh(): Promise<void>;
}

const NATIONAL: CalendarData = { hours: [], overrides: [], noticeYears: [] };

/**
 * An area's own settings (`calendar:<areaId>` in the settings table) lead; without any, those of the nearest area
 * above; without those, national holidays and the default office hours.
 */
export async function createCalendars(
  store: Pick<Store, 'read'>,
  directory: Pick<Directory, 'areaChain'>,
): Promise<AreaCalendars> {
  let settings = new Map<string, CalendarData>();
  let calendars = new Map<string, WorkingCalendar>();
  const national = createCalendar(NATIONAL);
  async function refresh(): Promise<void> {
    const rows = await store.read((db) =>
      db.selectFrom('setting').selectAll().where('name', 'like', 'calendar:%').execute(),
    );
    settings = new Map(
      rows.map((r) => [r.name.slice('calendar:'.length), JSON.parse(r.value_json) as CalendarData]),
    );
    calendars = new Map();
  }
  await refresh();
  return {
    refresh,
    of(areaId) {
      const source = directory.areaChain(areaId).find((id) => settings.has(id));
      if (source === undefined) {
        return national;
      }
      const known = calendars.get(source) ?? createCalendar(settings.get(source) ?? NATIONAL);
      calendars.set(source, known);
      return known;
    },
  };
}
