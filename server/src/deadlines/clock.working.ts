/** The working of one clock of a case, in words: what counted, what gave time back, and where that ends. */
import {
  explainClock,
  limitText,
  RULE_TEXTS,
  workingDayText,
  type WorkingCalendar,
  type WorkingDay,
  type WorkingMove,
} from '@minqing/shared/calendar';
import type { ClockWorkingView, WorkingDayView } from '@minqing/shared/contract';
import { deadlineText, durationText, isoShanghaiFull, momentText } from '@minqing/shared/time';
import { CLOCKS, type Actor, type Case, type CaseEvent, type Clock } from '@minqing/shared/workflow';
import { eventsOf, findCase, sightOf } from '../cases/index.ts';
import { notFound } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import type { CalendarsByArea } from './calendars.ts';

export interface ClockWorkings {
  /** Throws notFound for whoever may not see the case, and for a clock it does not have. */
  of(viewer: Actor, caseId: string, clockId: string): Promise<ClockWorkingView>;
}

export interface ClockWorkingsDeps {
  store: Pick<Store, 'read'>;
  clock: { businessNow(): number };
  directory: Pick<Directory, 'areaChain'>;
  calendars: CalendarsByArea;
}

export function createClockWorkings({
  store,
  clock,
  directory,
  calendars,
}: ClockWorkingsDeps): ClockWorkings {
  return {
    async of(viewer, caseId, clockId) {
      const found = await store.read(async (db) => {
        const c = await findCase(db, caseId);
        const own = c?.clocks.find((each) => each.id === clockId);
        return c && own ? { c, own, events: await eventsOf(db, caseId) } : null;
      });
      if (!found || !sightOf(found.c, viewer, (id) => directory.areaChain(id)).any) {
        throw notFound();
      }
      return workingOf(found.c, found.own, found.events, calendars.of(found.c.areaId), clock.businessNow());
    },
  };
}

function workingOf(
  c: Case,
  clock: Clock,
  events: readonly CaseEvent[],
  calendar: WorkingCalendar,
  now: number,
): ClockWorkingView {
  const { startedAt: startAt, limit, dueAt, moves } = clock;
  const made = explainClock(calendar, { startAt, limit, dueAt, moves });
  const at = (ms: number): string => deadlineText(ms, now);
  const recounted = recountsOf(clock.id, events);
  const promised = clock.kind === 'promise';
  return {
    caseId: c.id,
    clockId: clock.id,
    title: `${CLOCKS[clock.kind].label}时限`,
    limitText: promised ? '到答复里承诺的日期' : limitText(limit),
    ruleText: promised ? '这一天下班到期，逢休息日顺延到下一个工作日' : RULE_TEXTS[limit.unit],
    startAt: isoShanghaiFull(startAt),
    startText: momentText(startAt, now),
    // What was promised begins with its date: no limit is counted to it.
    days: ((promised && made.moves[0]?.days) || made.days).map(dayView),
    firstDueText: at(promised ? (made.moves[0]?.to ?? dueAt) : made.firstDueAt),
    moves: [
      ...made.moves
        .slice(promised ? 1 : 0)
        .filter((move) => move.kind !== 'told')
        .map((move) => moveView(move, at)),
      ...recounted.map(({ why, from, to, when }) => ({
        kind: 'calendar' as const,
        title: `日历有改动：${why}`,
        text: `${momentText(when, now)} 重算，从 ${at(from)} 顺延`,
        dueText: at(to),
        days: [],
      })),
      ...made.moves.filter((move) => move.kind === 'told').map((move) => toldView(move, at)),
    ],
    dueAt: isoShanghaiFull(dueAt),
    dueText: at(dueAt),
    ...stateOf(clock, calendar, now),
    provisionalText: made.provisional
      ? '路上有放假安排还没公布的年份，先按法定节日推算，公布后只会顺延，不会提前'
      : null,
  };
}

function dayView(day: WorkingDay): WorkingDayView {
  const { date, kind, name, counted, text } = day;
  return { date, dateText: workingDayText(day), kind, name, counted, text };
}

function moveView(move: WorkingMove, at: (ms: number) => string): ClockWorkingView['moves'][number] {
  const pause = move.pause;
  return {
    kind: pause ? 'pause' : 'granted',
    title: pause ? `计时暂停，补回 ${durationText(move.minutes)}` : '同意延期',
    text: pause ? `${at(pause.from)} 到 ${at(pause.to)}` : '延到这一天下班',
    dueText: at(move.to),
    days: move.days.map(dayView),
  };
}

/** What stands is what was told; the calendar of today may give another moment. */
function toldView(move: WorkingMove, at: (ms: number) => string): ClockWorkingView['moves'][number] {
  return {
    kind: 'told',
    title: '以告知的时限为准',
    text:
      move.to > move.from
        ? `按现在的日历是 ${at(move.from)}；已经告知的时限不提前`
        : `按现在的日历是 ${at(move.from)}；这个时限另有起止，不随着变`,
    dueText: at(move.to),
    days: [],
  };
}

interface Recounted {
  why: string;
  from: number;
  to: number;
  when: number;
}

/** Changes of the calendar that moved this clock, as the case's history tells them. */
function recountsOf(clockId: string, events: readonly CaseEvent[]): Recounted[] {
  return events.flatMap((event) => {
    const data = event.data as { clockId?: string; why?: string; from?: number };
    const change = (event.clocks as { do: string; id?: string; dueAt?: number }[]).find(
      (each) => each.do === 'recount' && each.id === clockId,
    );
    return change?.dueAt === undefined || data.from === undefined
      ? []
      : [{ why: data.why ?? '', from: data.from, to: change.dueAt, when: event.at }];
  });
}

function stateOf(
  clock: Clock,
  calendar: WorkingCalendar,
  now: number,
): Pick<ClockWorkingView, 'stateText' | 'light'> {
  if (clock.stoppedAt !== null) {
    const late = clock.stoppedAt > clock.dueAt;
    const done = momentText(clock.stoppedAt, now);
    return late
      ? { stateText: `${done} 结束，已超期`, light: 'red' }
      : { stateText: `${done} 结束，没有超期`, light: 'green' };
  }
  const light = calendar.lightOf({
    now,
    startAt: clock.startedAt,
    dueAt: clock.dueAt,
    limit: clock.limit,
    paused: clock.pausedAt !== null,
    pausedMinutes: clock.pausedMinutes,
  });
  const words = { green: '计时中', amber: '快到期了', red: '已超期', paused: '计时暂停，恢复后顺延' };
  return { stateText: words[light], light };
}
