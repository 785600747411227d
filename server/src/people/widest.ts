/** What is a whole deployment's, not one area's: only the widest administrators may touch it. */
import type { Actor } from '@minqing/shared/workflow';
import { forbidden } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { administering, type Administering } from './administering.ts';
import type { Directory } from './directory.ts';

/**
 * What this viewer administers, if nobody administers anything that this viewer does not. Throws forbidden otherwise.
 * @param now business time
 * @param refusal what to do about it, for an administrator of a part
 */
export async function administeringAll(
  db: Reader,
  viewer: Actor,
  directory: Pick<Directory, 'areasWithin'>,
  now: number,
  refusal: string,
): Promise<Administering> {
  const scope = administering(viewer, directory);
  const others = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select('role_grant.area_id')
    .distinct()
    .where('role_grant.role', '=', 'admin')
    .where('person.active', '=', 1)
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .execute();
  if (others.some((row) => !scope.covers(row.area_id))) {
    throw forbidden(refusal);
  }
  return scope;
}
