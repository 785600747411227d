import type { HttpDeps } from './deps.ts';

/** Whether an address is a page of ours for this host organisation: only those get a signature of its JSAPI. */
export async function isOwnPage(
  address: string,
  hostId: string,
  { config, origins }: Pick<HttpDeps, 'config' | 'origins'>,
): Promise<boolean> {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return false;
  }
  if (url.origin === config.publicUrl || (await origins.belongsTo(hostId, url.origin))) {
    return true;
  }
  // The local messenger shows the app under an address of each phone's own.
  return (
    config.mode !== 'production' && (url.hostname === '127.0.0.1' || /(^|\.)localhost$/.test(url.hostname))
  );
}
