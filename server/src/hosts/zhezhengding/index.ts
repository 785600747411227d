export { callerAddress } from './caller.ts';
export { createZhezhengdingHost } from './host.ts';
export type { CodeMeaning, Dialect, ZhezhengdingOptions } from './options.ts';
