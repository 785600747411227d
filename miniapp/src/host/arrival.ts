import { takeScanned, type Scanned } from './scan.ts';

/** Loaded before the router, which reads the address once: by then it is clean and leads where the person was going. */
let scanned: Scanned | null = takeScanned();

/** The code a login page sent us back with, once. */
export function arrival(): Scanned | null {
  const it = scanned;
  scanned = null;
  return it;
}
