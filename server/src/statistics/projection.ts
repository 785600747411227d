/**
 * Keeps the figures by following the ledger: exactly the events up to the position it stores in the same transaction.
 * A case is counted as it stood at the last of its events that were taken, so a figure names one place in the history.
 */
import { dayNumberOf, dayOfDate } from '@minqing/shared/time';
import { followLedger, ledgerPosition, type Follower, type LedgerEntry } from '../ledger/index.ts';
import { shareRuns } from '../loop.ts';
import type { Reader, Store, Tx } from '../store/index.ts';
import { casesAt, countCases, OF_MEMBERS, versionsAt, versionsIn, type FactSources } from './facts.ts';
import { followerName, liveGeneration, wantRebuild } from './generation.ts';
import { replaceTallies } from './tally.repository.ts';

export interface ProjectionDeps extends FactSources {
  store: Store;
  /** Settings other processes changed. */
  refresh(): Promise<void>;
}

const BATCH = 200;
const AT_ONCE = 200;

/** Takes a generation on by at most a batch; answers how many entries. */
export async function stepOn(deps: ProjectionDeps, genOf: (db: Reader) => Promise<number>): Promise<number> {
  return deps.store.transact(async (tx) => {
    const gen = await genOf(tx);
    const name = followerName(gen);
    const entries = await followLedger(tx, name, await ledgerPosition(tx, name), BATCH);
    if (entries.length > 0) {
      await takeIn(tx, deps, gen, entries);
    }
    return entries.length;
  });
}

async function takeIn(
  tx: Tx,
  deps: ProjectionDeps,
  gen: number,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const versions = versionsIn(entries);
  const audits = entries.filter((entry) => entry.source === 'audit').map((entry) => entry.eventId);
  for (const personId of await membersIn(tx, audits)) {
    await addCasesOf(tx, gen, personId, versions);
  }
  const cases = await casesAt(tx, versions);
  await replaceTallies(tx, gen, await countCases(tx, deps, cases));
}

/** Members the acts are about; what changes days that lie behind asks for everything to be counted anew. */
async function membersIn(tx: Tx, auditIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < auditIds.length; i += AT_ONCE) {
    const rows = await tx
      .selectFrom('audit')
      .select(['kind', 'subject', 'at', 'data_json'])
      .where('id', 'in', auditIds.slice(i, i + AT_ONCE))
      .execute();
    for (const { kind, subject, at, data_json } of rows) {
      if (OF_MEMBERS.has(kind)) {
        found.push(subject);
      } else if (kind === 'roster' || (kind === 'calendarChanged' && reachesBack(data_json, at))) {
        await wantRebuild(tx);
      }
    }
  }
  return [...new Set(found)];
}

/** Whether a change of the calendar touches a day that is not over or ahead: what was timed then took another time. */
function reachesBack(dataJson: string, at: number): boolean {
  const { change } = JSON.parse(dataJson) as { change?: { date?: string; validFrom?: string } };
  const first = dayOfDate(change?.date ?? change?.validFrom ?? '');
  return first === null || first <= dayNumberOf(at);
}

/** Their cases that are counted already, at the version they are counted at; the others come with their own events. */
async function addCasesOf(
  tx: Tx,
  gen: number,
  personId: string,
  versions: Map<string, number>,
): Promise<void> {
  const rows = await tx
    .selectFrom('case_author')
    .select('case_id')
    .distinct()
    .where('person_id', '=', personId)
    .execute();
  const position = await ledgerPosition(tx, followerName(gen));
  const others = rows.map((row) => row.case_id).filter((id) => !versions.has(id));
  (await versionsAt(tx, others, position)).forEach((version, id) => versions.set(id, version));
}

/** The follower of whichever generation is read. */
export function createProjection(deps: ProjectionDeps): Follower {
  const { store } = deps;

  const behind = (): Promise<number> =>
    store.read(async (db) => {
      const last = await db
        .selectFrom('ledger')
        .select('seq')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return (last?.seq ?? 0) - (await ledgerPosition(db, followerName(await liveGeneration(db))));
    });

  async function run(stopped: () => boolean): Promise<number> {
    if ((await behind()) === 0) {
      return 0; // an idle system writes nothing
    }
    await deps.refresh();
    let total = 0;
    for (;;) {
      const taken = await stepOn(deps, liveGeneration);
      total += taken;
      if (taken < BATCH || stopped()) {
        return total;
      }
    }
  }

  return { ...shareRuns(run), behind, restart: () => store.transact(wantRebuild) };
}
