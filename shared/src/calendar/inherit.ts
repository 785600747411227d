/** One calendar out of what an area and the areas above it have set: the nearest setting leads, day by day. */
import { DEFAULT_SPANS } from './days.ts';
import type { CalendarData, DayRule, OfficeHours, YearNotice } from './types.ts';

/** Office hours as an area sets them: null gives the area back to those of the area above from that date on. */
export interface AreaHours {
  validFrom: string;
  spans: OfficeHours['spans'] | null;
}

/** What one area has set for itself. */
export interface AreaCalendar {
  hours: readonly AreaHours[];
  overrides: readonly DayRule[];
  notices: readonly YearNotice[];
}

/** The calendar of an area; `chain` holds its own settings first, then those of each area above. */
export function inheritCalendar(chain: readonly AreaCalendar[]): CalendarData {
  const days = new Map<string, DayRule>();
  const notices = new Map<number, YearNotice>();
  let hours: OfficeHours[] = [];
  for (const area of [...chain].reverse()) {
    hours = layHours(hours, area.hours);
    area.overrides.forEach((rule) => days.set(rule.date, rule));
    area.notices.forEach((notice) => notices.set(notice.year, notice));
  }
  return { hours, overrides: [...days.values()], notices: [...notices.values()] };
}

/** Before the first hours of its own an area keeps those above; from then on its own, until it gives them back. */
function layHours(above: readonly OfficeHours[], own: readonly AreaHours[]): OfficeHours[] {
  const sorted = [...own].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  const first = sorted[0]?.validFrom;
  if (first === undefined) {
    return [...above];
  }
  const result = above.filter((entry) => entry.validFrom < first);
  sorted.forEach(({ validFrom, spans }, index) => {
    const until = sorted[index + 1]?.validFrom;
    result.push(
      ...(spans ? [{ validFrom, spans }] : hoursFromAbove(above, validFrom)).filter(
        (entry) => until === undefined || entry.validFrom < until,
      ),
    );
  });
  return result;
}

function hoursFromAbove(above: readonly OfficeHours[], from: string): OfficeHours[] {
  const inForce = above
    .filter((entry) => entry.validFrom <= from)
    .sort(byDate)
    .at(-1);
  const later = above.filter((entry) => entry.validFrom > from);
  return [{ validFrom: from, spans: inForce?.spans ?? [...DEFAULT_SPANS] }, ...later];
}

const byDate = (a: OfficeHours, b: OfficeHours): number => (a.validFrom < b.validFrom ? -1 : 1);
