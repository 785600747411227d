/** What a limit would mean before dispatching: the due time, the sign-by time, and the days in between. */
import type { DispatchPreview } from '@minqing/shared/contract';
import { restsBetween, restText, type Limit } from '@minqing/shared/calendar';
import {
  dateOfDay,
  dayNumberOf,
  deadlineText,
  isoShanghaiFull,
  localTime,
  shanghaiDate,
  startOfDay,
  weekdayText,
} from '@minqing/shared/time';
import type { Case } from '@minqing/shared/workflow';
import type { Calendars, Policies } from './world.ts';

const STRIP_DAYS = 15;

/** How long a unit may be given: what the action's input takes. */
export type ReplyLimit = DispatchPreview['limit'];

/** Of the case at business time `now`; `wanted` null is what the policy of its area, category and urgency gives. */
export function previewDispatch(
  { calendars, policies }: { calendars: Calendars; policies: Policies },
  c: Case,
  now: number,
  wanted: ReplyLimit | null,
): DispatchPreview {
  const calendar = calendars.of(c.areaId);
  const about = { categoryId: c.content.categoryId, urgency: c.urgency };
  const usual = inWorkingTime(policies.limitOf(c.areaId, 'reply', about));
  const limit = wanted ?? usual;
  const due = calendar.due(now, limit);
  const signDueAt = calendar.due(now, policies.limitOf(c.areaId, 'sign', about)).dueAt;
  const first = dayNumberOf(now);
  const length = Math.max(STRIP_DAYS, dayNumberOf(due.dueAt) - first + 2);
  const days = Array.from({ length }, (_, i) => {
    const date = dateOfDay(first + i);
    const info = calendar.dayKind(date);
    const step = due.working.find((s) => s.date === date);
    const marks = [
      i === 0 ? '交办' : '',
      date === shanghaiDate(signDueAt) ? '签收' : '',
      date === shanghaiDate(due.dueAt - 1) ? '答复' : '',
    ].filter(Boolean);
    return {
      date,
      label: String(localTime(startOfDay(first + i)).day),
      weekday: weekdayText(info.weekday),
      kind: info.kind,
      name: info.reason === 'weekday' || info.reason === 'weekend' ? '' : info.name,
      counted: step?.day ?? null,
      mark: marks.join(' · '),
    };
  });
  return {
    limit,
    usual,
    dueAt: isoShanghaiFull(due.dueAt),
    dueText: `${deadlineText(due.dueAt, now)} 前答复`,
    noteText: `${deadlineText(signDueAt, now)} 前签收，${restText(restsBetween(calendar, now, due.dueAt), now)}`,
    signDueAt: isoShanghaiFull(signDueAt),
    days,
    provisional: due.provisional,
  };
}

/** Policies take no natural days for replies; the type of all limits has them. */
function inWorkingTime(limit: Limit): ReplyLimit {
  if (limit.unit === 'naturalDays') {
    throw new Error('a reply is never counted by the almanac');
  }
  return { unit: limit.unit, amount: limit.amount };
}
