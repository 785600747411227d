export { HostError } from './port.ts';
export type * from './port.ts';
