import { networkInterfaces } from 'node:os';

/** This machine as the vendor's SDKs describe it: the first interface that leads outside. */
export function callerAddress(): { ip: string; mac: string } {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal);
  return { ip: outside?.address ?? '127.0.0.1', mac: outside?.mac ?? '00:00:00:00:00:00' };
}
