export * from './client.ts';
export * from './download.ts';
export * from './endpoints.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './images.ts';
