import type { TestProject } from 'vitest/node';
import { startMariaDb } from './mariadb.ts';
import type { PrivateMariaDb } from './mariadb.ts';
import type {} from './stores.ts';

type Shared = { server: Promise<PrivateMariaDb>; users: number };

/** Where the projects of one run find the one server; each project loads this file by itself. */
const holder = globalThis as typeof globalThis & { minqingMariaDb?: Shared };

/** Before a project's tests: starts the run's one MariaDB, or joins it. */
export async function setup(project: TestProject): Promise<void> {
  holder.minqingMariaDb ??= { server: startMariaDb(), users: 0 };
  holder.minqingMariaDb.users += 1;
  const { url, pid } = await holder.minqingMariaDb.server;
  project.provide('mariaDbUrl', url);
  project.provide('mariaDbPid', pid);
}

/** After a project's tests: the last one stops the server, and fails the run when it had died before. */
export async function teardown(): Promise<void> {
  const shared = holder.minqingMariaDb;
  if (!shared) {
    return;
  }
  shared.users -= 1;
  if (shared.users === 0) {
    delete holder.minqingMariaDb;
    await (await shared.server).stop();
  }
}
