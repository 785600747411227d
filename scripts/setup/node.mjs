import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

/** The oldest major that runs this project's TypeScript as it stands and has `node:sqlite`. */
export const NODE_MAJOR = 24;

/** Whether this computer is one of those for which the lock file pins a Node of its own.
 * @param {string} root the repository
 */
export function pinnedNode(root) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', file);
}

/**
 * The Node that runs the project: the one under node_modules, else the machine's own when it is new enough.
 * @param {string} root the repository
 * @returns {string | undefined} a path, or undefined when there is none
 */
export function findNode(root) {
  const candidates = [pinnedNode(root), process.execPath, machineNode(root)];
  return candidates.find((path) => path && majorOf(path) >= NODE_MAJOR);
}

/**
 * The first `node` on the PATH that is not ours: an install replaces node_modules and must not stand on it.
 * @param {string} root the repository
 * @returns {string | undefined}
 */
export function machineNode(root) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return withoutOurs(root)
    .map((folder) => join(folder, file))
    .find((path) => existsSync(path));
}

/**
 * The folders of the PATH outside this repository's node_modules.
 * @param {string} root the repository
 */
export function withoutOurs(root) {
  const ours = join(root, 'node_modules') + sep;
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder && !folder.startsWith(ours));
}

/** @param {string} path */
function majorOf(path) {
  if (path === process.execPath) {
    return Number(process.versions.node.split('.')[0]);
  }
  if (!existsSync(path)) {
    return 0;
  }
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return answer.status === 0 ? Number(/^v(\d+)\./.exec(answer.stdout)?.[1] ?? 0) : 0;
}
