/** Rows of policy versions. */
import type { PolicyDocument } from '@minqing/shared/policies';
import type { Selectable } from 'kysely';
import type { Reader } from '../store/index.ts';
import type { PolicyVersionTable } from '../store/tables.deadlines.ts';

export type PolicyVersion = Omit<Selectable<PolicyVersionTable>, 'document_json'> & {
  document: PolicyDocument;
};

/** The version in force of every area that has one. */
export async function readPolicies(db: Reader): Promise<Map<string, PolicyDocument>> {
  const rows = await db
    .selectFrom('policy_version as v')
    .select(['v.area_id', 'v.document_json'])
    .where('v.state', '=', 'published')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('policy_version as later')
            .select('later.id')
            .whereRef('later.area_id', '=', 'v.area_id')
            .where('later.state', '=', 'published')
            .whereRef('later.number', '>', 'v.number'),
        ),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.area_id, JSON.parse(row.document_json) as PolicyDocument]));
}

/** The area's versions, the newest first; the draft, if there is one, is the first. */
export async function versionsOf(db: Reader, areaId: string, limit: number): Promise<PolicyVersion[]> {
  const rows = await db
    .selectFrom('policy_version')
    .selectAll()
    .where('area_id', '=', areaId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ document_json, ...row }) => ({
    ...row,
    document: JSON.parse(document_json) as PolicyDocument,
  }));
}
