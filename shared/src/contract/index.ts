export * from './catalogue.ts';
export * from './errors.ts';
export * from './views.ts';
export * from './people.ts';
export * from './late.ts';
export * from './substitutes.ts';
export * from './similar.ts';
export * from './deliveries.ts';
