export * from './bytes.ts';
export * from './client.ts';
export * from './endpoints.ts';
export * from './errors.ts';
export * from './ids.ts';
