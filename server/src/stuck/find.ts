/** Looking for what stands still: one case consistently, or all of them. */
import type { Reader, Store } from '../store/index.ts';
import { examine } from './examine.ts';
import type { CheckDeps, Finding } from './model.ts';
import { leasedForEver, START, sweepPage, type Cursor } from './scan.ts';

const TRIES = 5;

/** What is wrong with one case. A case that moves on while it is read is read anew. */
export async function findStuck(deps: CheckDeps, caseId: string): Promise<Finding[]> {
  let findings: Finding[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { found, settled } = await deps.store.read(async (db) => {
      const before = await versionOf(db, caseId);
      const seen = await examine(db, deps, caseId);
      return { found: seen.findings, settled: before === (await versionOf(db, caseId)) };
    });
    findings = found;
    if (settled) {
      return findings;
    }
  }
  // Somebody acts on it without a pause: it does anything but stand still.
  return [];
}

async function versionOf(db: Reader, caseId: string): Promise<number | null> {
  const row = await db.selectFrom('cases').select('version').where('id', '=', caseId).executeTakeFirst();
  return row?.version ?? null;
}

/** Rows of the outbox without a case that nobody will ever send. */
export async function findLeased(store: Store): Promise<Finding[]> {
  const rows = await store.read((db) => leasedForEver(db));
  return rows
    .filter((row) => row.case_id === null)
    .map((row) => ({
      subject: row.id,
      caseId: null,
      areaId: row.area_id,
      kind: 'lease',
      what: '一条通知被占着不放，一直发不出去',
      repair: '放开，重新发送',
      fixable: true,
      since: row.created_at,
    }));
}

/** Every case that is not over and every leftover of the others, one after the other; answers how many were looked at. */
export async function findAllStuck(
  deps: CheckDeps,
  onFinding: (finding: Finding) => void | Promise<void>,
): Promise<number> {
  let looked = 0;
  // A case may be met by its state, its timers, its cards and its notices: what is wrong with it is told once.
  const told = new Set<string>();
  for (let cursor: Cursor | null = START; cursor !== null;) {
    const page = await sweepPage(deps.store, cursor);
    for (const id of page.ids.filter((each) => !told.has(each))) {
      for (const finding of await findStuck(deps, id)) {
        told.add(id);
        await onFinding(finding);
      }
      looked += 1;
    }
    cursor = page.next;
  }
  for (const finding of await findLeased(deps.store)) {
    await onFinding(finding);
  }
  return looked;
}
