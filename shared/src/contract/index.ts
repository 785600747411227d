export * from './errors.ts';
export * from './views.ts';
