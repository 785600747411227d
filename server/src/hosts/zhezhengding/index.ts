export { callerAddress } from './caller.ts';
export { createZhezhengdingChecks } from './checks.ts';
export { createZhezhengdingHost } from './host.ts';
export type { CodeMeaning, Dialect, ZhezhengdingOptions } from './options.ts';
