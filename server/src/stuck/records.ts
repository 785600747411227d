/** What was found, kept until it is found sound: the page and its number read only this. */
import { upsert, type Reader, type Tx } from '../store/index.ts';
import type { StuckTable } from '../store/tables.delivery.ts';
import type { Finding } from './model.ts';

/** Replaces what is kept of a subject by what was found now; when it was first found stays. */
export async function keepFindings(
  tx: Tx,
  subject: string,
  findings: readonly Finding[],
  now: number,
): Promise<void> {
  const kinds = findings.map((f) => f.kind);
  await tx
    .deleteFrom('stuck')
    .where('subject', '=', subject)
    .$if(kinds.length > 0, (qb) => qb.where('kind', 'not in', kinds))
    .execute();
  const rows = findings.map((f) => ({
    subject,
    kind: f.kind,
    case_id: f.caseId,
    area_id: f.areaId,
    what: f.what,
    repair: f.repair,
    fixable: f.fixable ? (1 as const) : (0 as const),
    since: f.since,
    found_at: now,
  }));
  await upsert(tx, 'stuck', rows, { key: ['subject', 'kind'], keep: ['found_at'] });
}

/** Subjects with something kept, behind `after`. */
export async function keptSubjects(
  db: Reader,
  after: string,
  limit: number,
): Promise<{ subject: string; case_id: string | null }[]> {
  return db
    .selectFrom('stuck')
    .select(['subject', 'case_id'])
    .distinct()
    .where('subject', '>', after)
    .orderBy('subject')
    .limit(limit)
    .execute();
}

export type StuckRow = StuckTable;
