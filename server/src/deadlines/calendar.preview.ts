/** What a change of a calendar would do to running clocks, before anybody saves it. */
import type { Holiday } from '@minqing/shared/calendar';
import type { CalendarPreview } from '@minqing/shared/contract';
import { deadlineText } from '@minqing/shared/time';
import { ROLES } from '@minqing/shared/words';
import { CLOCKS, duties, leadAssignment, type Case, type Clock } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { dateWords, type Changed } from './calendar.change.ts';
import type { CalendarsByArea } from './calendars.ts';
import { movedCases } from './moved.ts';

/** So many cases are named; the rest is counted. */
const NAMED = 20;

export interface PreviewSources {
  store: Pick<Store, 'read'>;
  directory: Pick<Directory, 'unit' | 'areasWithin'>;
}

/** Looks through every running case of the area and below. */
export async function previewChange(
  sources: PreviewSources,
  areaId: string,
  changed: Changed & { changes: boolean },
  calendars: CalendarsByArea,
  now: number,
): Promise<CalendarPreview> {
  const named: { to: number; item: CalendarPreview['items'][number] }[] = [];
  let [caseCount, latest] = [0, 0];
  const areaIds = sources.directory.areasWithin(areaId);
  for await (const moved of movedCases(sources.store, areaIds, calendars)) {
    caseCount += 1;
    for (const { clock, from, to } of moved.clocks) {
      latest = Math.max(latest, to);
      named.push({ to: from, item: itemOf(moved.case, clock, from, to, now, sources.directory) });
    }
    named.sort((a, b) => a.to - b.to).splice(NAMED);
  }
  return {
    words: changed.words,
    sentence: sentenceOf(changed.changes, caseCount, latest, now),
    changes: changed.changes,
    caseCount,
    items: named.map(({ item }) => item),
    holidays: holidayRuns(changed.days),
  };
}

function sentenceOf(changes: boolean, caseCount: number, latest: number, now: number): string {
  if (!changes) {
    return '和现在一样，没有要保存的改动。';
  }
  if (caseCount === 0) {
    return '正在走的时限都不变。';
  }
  return `${caseCount} 件的时限顺延，最晚到 ${deadlineText(latest, now)}，对应的人会收到新时限。已答复的不变。`;
}

function itemOf(
  c: Case,
  clock: Clock,
  from: number,
  to: number,
  now: number,
  directory: Pick<Directory, 'unit'>,
): CalendarPreview['items'][number] {
  return {
    caseId: c.id,
    number: c.number,
    title: c.content.title,
    clock: CLOCKS[clock.kind].label,
    whom: whomOf(c, clock, directory),
    fromText: deadlineText(from, now),
    toText: deadlineText(to, now),
  };
}

/** Whom the clock drives: its duty's unit or side, else the unit that answers for the case. */
function whomOf(c: Case, clock: Clock, directory: Pick<Directory, 'unit'>): string {
  const unitName = (id: string | null | undefined): string => (id ? directory.unit(id)?.shortName : '') ?? '';
  const audience = duties(c).find((duty) => duty.clockId === clock.id)?.audience;
  switch (audience?.to) {
    case 'unit':
      return unitName(audience.unitId);
    case 'reviewers':
      return unitName(c.committeeId);
    case 'dispatchers':
      return unitName(c.dispatchOfficeId);
    case 'inspectors':
      return ROLES.inspector;
    case 'authors':
    case 'firstAuthor':
    case 'person':
      return ROLES.member;
    default:
      return unitName(clock.unitId ?? leadAssignment(c)?.unitId ?? c.dispatchOfficeId);
  }
}

/** 春节: 2月5日 至 11日，共 7 天; 补班 2月20日 周六. */
function holidayRuns(days: readonly Holiday[]): CalendarPreview['holidays'] {
  const names = [...new Set(days.map((day) => day.name))];
  return names.map((name) => {
    const off = days.filter((day) => day.name === name && day.kind === 'off');
    const work = days.filter((day) => day.name === name && day.kind === 'work');
    const [first, last] = [off[0]?.date, off.at(-1)?.date];
    const year = Number(days.at(-1)?.date.slice(0, 4));
    const range =
      first === undefined || last === undefined
        ? '不放假'
        : first === last
          ? dateWords(first, year)
          : `${dateWords(first, year)} 至 ${dateWords(last, year)}`;
    return {
      name,
      text: off.length > 1 ? `${range}，共 ${off.length} 天` : range,
      makeUp: work.map((day) => dateWords(day.date, year)).join('、'),
    };
  });
}
