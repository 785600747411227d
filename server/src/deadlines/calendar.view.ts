/** The year of an area as the calendar page shows it. */
import {
  DEFAULT_SPANS,
  noticeYears,
  type AreaCalendar,
  type WorkingCalendar,
} from '@minqing/shared/calendar';
import type { CalendarDayView, CalendarView } from '@minqing/shared/contract';
import {
  clockText,
  dateOfDay,
  dayOfDate,
  endClockText,
  hoursText,
  localTime,
  MINUTE_MS,
  shanghaiDate,
} from '@minqing/shared/time';
import type { Directory } from '../people/index.ts';
import { dateWords, KIND_WORDS, spanWords } from './calendar.change.ts';

/** Everything about a year but the record of changes. */
export type YearView = Omit<CalendarView, 'changes'>;

export interface YearSources {
  directory: Pick<Directory, 'area' | 'areaChain' | 'areasWithin'>;
  settingsOf(areaId: string): AreaCalendar;
  calendar: WorkingCalendar;
}

/** The whole year: months with their working days, what was set by hand, office hours, and where the holidays are from. */
export function yearOf(sources: YearSources, areaId: string, year: number, now: number): YearView {
  const { calendar, settingsOf, directory } = sources;
  const above = directory.areaChain(areaId).slice(1);
  const own = new Set(settingsOf(areaId).overrides.map((rule) => rule.date));
  const inherited = new Set(above.flatMap((id) => settingsOf(id).overrides.map((rule) => rule.date)));
  const months = Array.from({ length: 12 }, (_, index) => monthOf(calendar, year, index + 1, own, inherited));
  const noticeFrom = [areaId, ...above].find((id) => settingsOf(id).notices.some((n) => n.year === year));
  const provisional = noticeFrom === undefined && !noticeYears.includes(year);
  const thisYear = localTime(now).year;
  return {
    area: refOf(directory, areaId),
    year,
    years: [thisYear - 1, thisYear, thisYear + 1, thisYear + 2],
    today: shanghaiDate(now),
    workDays: months.reduce((sum, month) => sum + month.workDays, 0),
    sourceText: provisional
      ? `${year} 年放假安排未公布，先按法定节日推算，暂定`
      : noticeFrom === undefined
        ? `来源：国务院办公厅 ${year} 年放假安排`
        : `来源：${refOf(directory, noticeFrom).name}导入的 ${year} 年放假安排`,
    provisional,
    ownNotice: noticeFrom === areaId,
    months,
    localDays: localDaysOf(sources, areaId, above, year),
    hours: hoursOf(sources, areaId, above, year === thisYear ? shanghaiDate(now) : `${year}-01-01`),
  };
}

function monthOf(
  calendar: WorkingCalendar,
  year: number,
  month: number,
  own: ReadonlySet<string>,
  inherited: ReadonlySet<string>,
): CalendarView['months'][number] {
  const first = dayOfDate(`${year}-${pad(month)}-01`) ?? 0;
  const next = dayOfDate(month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`) ?? first;
  const days = Array.from({ length: next - first }, (_, index): CalendarDayView => {
    const { provisional: _provisional, ...info } = calendar.dayKind(dateOfDay(first + index));
    return { ...info, local: own.has(info.date) ? 'own' : inherited.has(info.date) ? 'above' : null };
  });
  const named = days.filter((day) => day.reason === 'holiday').map((day) => day.name);
  return {
    month,
    holidays: [...new Set(named)].join('、'),
    workDays: days.reduce((sum, day) => sum + { work: 1, half: 0.5, off: 0 }[day.kind], 0),
    days,
  };
}

function localDaysOf(
  { settingsOf, directory }: YearSources,
  areaId: string,
  above: readonly string[],
  year: number,
): CalendarView['localDays'] {
  return [...directory.areasWithin(areaId), ...above]
    .flatMap((id) =>
      settingsOf(id)
        .overrides.filter((rule) => rule.date.startsWith(`${year}-`))
        .map((rule) => ({
          area: refOf(directory, id),
          own: id === areaId,
          date: rule.date,
          dateText: dateWords(rule.date, year),
          kind: rule.kind,
          kindText: KIND_WORDS[rule.kind],
          reason: rule.name ?? '',
        })),
    )
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

type HoursEntry = CalendarView['hours']['entries'][number];

/** Every entry that has a say here: the area's own, and those above it. */
function hoursOf(
  { settingsOf, directory, calendar }: YearSources,
  areaId: string,
  above: readonly string[],
  date: string,
): CalendarView['hours'] {
  const open = calendar.spansOf(openDate(calendar, date));
  const minutes = open.reduce((sum, [from, to]) => sum + (to - from) / MINUTE_MS, 0);
  const labels = open.length === 2 ? ['上午', '下午'] : open.map((_, index) => `第 ${index + 1} 段`);
  const set = [areaId, ...above].flatMap((id) =>
    settingsOf(id).hours.map((entry): HoursEntry => ({
      area: refOf(directory, id),
      own: id === areaId,
      validFrom: entry.validFrom,
      fromText: `${dateWords(entry.validFrom)}起`,
      spans: entry.spans,
      text: entry.spans ? spanWords(entry.spans) : '按上级',
      inForce: false,
    })),
  );
  const plain: HoursEntry = {
    area: null,
    own: false,
    validFrom: null,
    fromText: '没有另设时',
    spans: [...DEFAULT_SPANS],
    text: spanWords([...DEFAULT_SPANS]),
    inForce: false,
  };
  const entries = [...set, plain];
  const inForce = entryInForce(entries, [areaId, ...above], date);
  return {
    now: open.map(([from, to], index) => ({
      label: labels[index] ?? '',
      text: `${clockText(from)} – ${endClockText(to)}`,
    })),
    lengthText: hoursText(minutes),
    entries: entries.map((entry) => ({ ...entry, inForce: entry === inForce })),
  };
}

/** The entry whose hours hold on the date: of the nearest area whose latest entry does not give way to those above. */
function entryInForce(entries: HoursEntry[], chain: readonly string[], date: string): HoursEntry | undefined {
  for (const id of chain) {
    const latest = entries
      .filter((entry) => entry.area?.id === id && entry.validFrom !== null && entry.validFrom <= date)
      .sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
      .at(-1);
    if (latest?.spans) {
      return latest;
    }
  }
  return entries.at(-1);
}

/** A whole working day near the date, where office hours show. */
function openDate(calendar: WorkingCalendar, date: string): string {
  return calendar.dayKind(date).kind === 'work' ? date : calendar.nextWorkingDay(date);
}

function refOf(directory: Pick<Directory, 'area'>, id: string): { id: string; name: string } {
  return { id, name: directory.area(id)?.name ?? '' };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
