import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean,
 *   peer?: boolean, os?: string[], cpu?: string[] }} LockEntry
 */

/**
 * Compares what npm says it installed (`node_modules/.package-lock.json`, written as the last act of an install)
 * with `package-lock.json`. Both are npm's own, so an install made by hand with a bare `npm ci` counts as well, and
 * one that was cut off does not.
 * @param {string} root the repository
 * @returns {string | undefined} undefined when they fit, else what does not, in a few words
 */
export function misfit(root) {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) {
    return 'node_modules';
  }
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(installedFile);
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes('node_modules/')) {
      continue;
    }
    const present = installed[path];
    if (!present) {
      if (entry.optional || entry.devOptional || entry.peer) {
        continue;
      }
      return path;
    }
    if (present.version !== entry.version || present.integrity !== entry.integrity) {
      return `${path} ${entry.version ?? ''}`.trim();
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}
