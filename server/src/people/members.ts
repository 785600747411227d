/** Members by name, for whoever invites one to join or files for one. */
import type { MemberRef } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { forbidden } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import type { Directory } from './directory.ts';

const MOST = 20;

/**
 * Members in office whose name contains the words, within the areas the reader's own committee lies in or above; the
 * reader is left out. Names and titles are what every member's list shows; nothing else leaves. Throws forbidden for
 * anybody but members and reviewers.
 */
export async function findMembers(
  db: Reader,
  directory: Pick<Directory, 'unit' | 'areaChain' | 'areasWithin'>,
  viewer: Actor,
  q: string,
  now: number,
): Promise<MemberRef[]> {
  const grants = viewer.kind === 'person' ? viewer.grants : [];
  const home = grants.find((g) => g.role === 'member' || g.role === 'reviewer');
  if (viewer.kind !== 'person' || !home) {
    throw forbidden('只有委员和政协工作人员可以查找委员');
  }
  const top = directory.areaChain(home.areaId).at(-1) ?? home.areaId;
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['person.id', 'person.name', 'person.title', 'role_grant.unit_id', 'role_grant.area_id'])
    .where('role_grant.role', '=', 'member')
    .where('role_grant.area_id', 'in', [...directory.areasWithin(top)])
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where('person.active', '=', 1)
    .where('person.id', '!=', viewer.personId)
    .$if(q !== '', (qb) => qb.where('person.name', 'like', `%${q.replaceAll(/[%_\\]/g, '')}%`))
    .orderBy('person.name')
    .orderBy('person.id')
    .limit(MOST * 3)
    .execute();
  const found = new Map<string, MemberRef>();
  // One's own committee first: who sits together reports together.
  for (const row of rows.toSorted(
    (a, b) => Number(b.area_id === home.areaId) - Number(a.area_id === home.areaId),
  )) {
    if (!found.has(row.id)) {
      const committee = row.unit_id ? directory.unit(row.unit_id) : undefined;
      found.set(row.id, { id: row.id, name: row.name, detail: row.title || (committee?.name ?? '') });
    }
  }
  return [...found.values()].slice(0, MOST);
}
