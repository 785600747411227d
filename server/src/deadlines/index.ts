/** Deadlines: the calendars and policies of the areas, and the timers that watch every clock. */
export { createCalendars, type AreaCalendars, type CalendarsByArea } from './calendars.ts';
export { createPolicies, type Policies } from './policies.ts';
export { createTimersWorker, type TimersWorker } from './timers.worker.ts';
