import type { Config } from '../config.ts';

/** Whether an address is a page of ours: only those get a signature of the JSAPI. */
export function isOwnPage(
  address: string,
  config: Pick<Config, 'publicUrl' | 'frontendOrigins' | 'mode'>,
): boolean {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return false;
  }
  if (url.origin === config.publicUrl || config.frontendOrigins.includes(url.origin)) {
    return true;
  }
  // The local messenger shows the app under an address of each phone's own.
  return (
    config.mode !== 'production' && (url.hostname === '127.0.0.1' || /(^|\.)localhost$/.test(url.hostname))
  );
}
