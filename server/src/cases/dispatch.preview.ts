/** What a limit would mean before dispatching: the due time, the sign-by time, and the days in between. */
import type { DispatchPreview } from '@minqing/shared/contract';
import { restsBetween, restText, type Limit, type WorkingCalendar } from '@minqing/shared/calendar';
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
import { defaultLimits } from '@minqing/shared/workflow';

const STRIP_DAYS = 15;

export function previewDispatch(calendar: WorkingCalendar, now: number, limit: Limit): DispatchPreview {
  const due = calendar.due(now, limit);
  const signDueAt = calendar.due(now, defaultLimits().sign).dueAt;
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
    dueAt: isoShanghaiFull(due.dueAt),
    dueText: `${deadlineText(due.dueAt, now)} 前答复`,
    noteText: `${deadlineText(signDueAt, now)} 前签收，${restText(restsBetween(calendar, now, due.dueAt), now)}`,
    signDueAt: isoShanghaiFull(signDueAt),
    days,
    provisional: due.provisional,
  };
}
