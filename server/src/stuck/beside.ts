/** The detector beside a running server, for the commands: reads only, and needs nothing but the database. */
import { followClock, systemClock, type Clock } from '../clock.ts';
import { hostIdsOf, type Config } from '../config.ts';
import { createCalendars, createPolicies } from '../deadlines/index.ts';
import { createDirectory } from '../people/index.ts';
import { openStore } from '../store/index.ts';
import type { CheckDeps, Finding } from './model.ts';
import { STUCK_KINDS } from './model.ts';

export interface Beside {
  deps: CheckDeps;
  close(): Promise<void>;
}

export async function openBeside(config: Config): Promise<Beside> {
  const store = await openStore({ url: config.databaseUrl, readOnly: true });
  const following = config.clockUrl === null ? null : followClock(config.clockUrl);
  const close = async (): Promise<void> => {
    following?.stop();
    await store.close();
  };
  try {
    await following?.refresh();
    const clock: Clock = following ?? systemClock;
    const directory = await createDirectory(store);
    const calendars = await createCalendars(store, directory);
    const policies = await createPolicies(store, directory);
    const hosts = new Set(hostIdsOf(config));
    return { deps: { store, clock, directory, calendars, policies, hosts }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** One line for a person at a terminal. */
export function lineOf(finding: Finding, number: string): string {
  const since = new Date(finding.since + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  return `✗ ${number}  ${STUCK_KINDS[finding.kind]}：${finding.what}（${since} 起） → ${finding.repair}`;
}

/** The case's number, or what stands for it. */
export async function numberOf({ store }: CheckDeps, caseId: string | null): Promise<string> {
  const row = caseId
    ? await store.read((db) =>
        db.selectFrom('cases').select('number').where('id', '=', caseId).executeTakeFirst(),
      )
    : undefined;
  return row?.number ?? caseId ?? '通知';
}
