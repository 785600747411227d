import type { HostConfig } from '../config.ts';
import { browserHost } from './browser.ts';
import { detectVendor } from './detect.ts';
import type { Host } from './port.ts';

export * from './port.ts';
export { detectVendor } from './detect.ts';

let current: Host = browserHost;

/** The messenger the page runs in; the plain browser until `loadHost` has answered. */
export function host(): Host {
  return current;
}

/**
 * Loads the package of the messenger in use and of no other; a further adapter is one more branch here.
 */
export async function loadHost(hosts: readonly HostConfig[]): Promise<Host> {
  const vendor = detectVendor(navigator.userAgent, window.name);
  if (vendor === 'dingtalk') {
    const { dingtalkHost } = await import('./dingtalk.ts');
    current = await dingtalkHost(hosts);
  } else if (vendor === 'zhezhengding') {
    const { zhezhengdingHost } = await import('./zhezhengding.ts');
    current = await zhezhengdingHost();
  }
  return current;
}
