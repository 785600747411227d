/** The working calendar of each area; areas with the same settings share one, since calendars remember their days. */
import {
  createCalendar,
  inheritCalendar,
  type AreaCalendar,
  type WorkingCalendar,
} from '@minqing/shared/calendar';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { readCalendars } from './calendar.repository.ts';
import { revisionOf } from './revision.ts';

export interface CalendarsByArea {
  of(areaId: string): WorkingCalendar;
}

export interface AreaCalendars extends CalendarsByArea {
  /** Reads the settings again if they changed, here or in another process. */
  refresh(): Promise<void>;
  /** What the area itself has set. */
  settingsOf(areaId: string): AreaCalendar;
  /** The calendars as they would be with other settings of one area. */
  supposing(areaId: string, settings: AreaCalendar): CalendarsByArea;
}

type Settings = ReadonlyMap<string, AreaCalendar>;

const NOTHING_SET: AreaCalendar = { hours: [], overrides: [], notices: [] };

/**
 * Each setting comes from the area itself or from the nearest area above that has it; without any, national holidays
 * and the default office hours.
 */
export async function createCalendars(
  store: Pick<Store, 'read'>,
  directory: Pick<Directory, 'areaChain'>,
): Promise<AreaCalendars> {
  let revision: string | undefined;
  let settings: Settings = new Map();
  let calendars = calendarsOf(settings, directory);
  async function refresh(): Promise<void> {
    const now = await store.read((db) => revisionOf(db, 'calendarRevision'));
    if (now === revision) {
      return;
    }
    settings = await store.read(readCalendars);
    calendars = calendarsOf(settings, directory);
    revision = now;
  }
  await refresh();
  return {
    refresh,
    of: (areaId) => calendars.of(areaId),
    settingsOf: (areaId) => settings.get(areaId) ?? NOTHING_SET,
    supposing: (areaId, own) => calendarsOf(new Map([...settings, [areaId, own]]), directory),
  };
}

function calendarsOf(settings: Settings, directory: Pick<Directory, 'areaChain'>): CalendarsByArea {
  const made = new Map<string, WorkingCalendar>();
  return {
    of(areaId) {
      const sources = directory.areaChain(areaId).filter((id) => settings.has(id));
      const key = sources.join('/');
      const known =
        made.get(key) ??
        createCalendar(inheritCalendar(sources.map((id) => settings.get(id) ?? NOTHING_SET)));
      made.set(key, known);
      return known;
    },
  };
}
