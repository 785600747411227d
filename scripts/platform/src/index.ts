/** A stand-in for the connected platform, 三服务小管家: its own store, its own words, nothing of the product in it. */
export { startPlatform, type RunningPlatform } from './server.ts';
export { DEMO_UNITS, optionsFromEnvironment, type PlatformOptions } from './options.ts';
