/** Deadlines: the calendars and policies of the areas, their administration, and the workers that watch every clock. */
export { createCalendars, type AreaCalendars, type CalendarsByArea } from './calendars.ts';
export { createDeadlines, type Deadlines } from './doors.ts';
export { createPolicies, type Policies } from './policies.ts';
export { createRecountCase } from './recount.case.ts';
export { createRecountWorker, type RecountWorker } from './recounts.worker.ts';
export { CALENDAR_BOOK, POLICY_BOOK } from './tables.ts';
export { createTimersWorker, type TimersWorker } from './timers.worker.ts';
