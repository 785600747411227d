/**
 * What each figure means, once. Everything that shows a number calls these; each names what it counts and what it leaves
 * out, and comes from cases as the workflow knows them, so a figure can always be traced to the cases behind it.
 */
export * from './figures.ts';
export * from './flow.ts';
export * from './period.ts';
export * from './monthly.ts';
export * from './points.ts';
export * from './tallies.ts';
export * from './year.ts';
export * from './late.ts';
export * from './delivery.ts';
