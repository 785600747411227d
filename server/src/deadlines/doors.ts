/** What the doors may ask of deadlines/. */
import { createCalendarAdmin, type CalendarAdmin, type CalendarAdminDeps } from './calendar.admin.ts';
import { createClockWorkings, type ClockWorkings } from './clock.working.ts';
import { createPolicyAdmin, type PolicyAdmin, type PolicyAdminDeps } from './policy.admin.ts';

export interface Deadlines {
  calendars: CalendarAdmin;
  policies: PolicyAdmin;
  workings: ClockWorkings;
}

/** `wakeRecounts` is called when a change of a calendar was kept. */
export function createDeadlines(
  deps: Omit<CalendarAdminDeps, 'wake'> & PolicyAdminDeps & { wakeRecounts(): void },
): Deadlines {
  return {
    calendars: createCalendarAdmin({ ...deps, wake: deps.wakeRecounts }),
    policies: createPolicyAdmin(deps),
    workings: createClockWorkings(deps),
  };
}
