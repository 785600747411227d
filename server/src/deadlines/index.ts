/** Deadlines: the calendars of the areas and the timers that watch every clock. */
export { createCalendars, type AreaCalendars } from './calendars.ts';
export { createTimersWorker, type TimersWorker } from './timers.worker.ts';
