/**
 * Who acts for whom at a moment. Somebody away hands their duties to a substitute, who may be away as well: the last
 * one of the chain has them. Roles that are personal (member) or that give roles away (admin) are never handed on.
 */
import type { Role } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';

/** Roles a substitute takes over. */
export const HANDED_ON: readonly Role[] = [
  'reviewer',
  'dispatcher',
  'handler',
  'head',
  'inspector',
  'leader',
];

/** More links than any office makes; a guard, since naming a substitute refuses circles. */
const LONGEST_CHAIN = 12;

/** True for a role that goes to the substitute while its holder is away. */
export function isHandedOn(role: string): boolean {
  return (HANDED_ON as readonly string[]).includes(role);
}

/** Substitutions that are running at business time `at`, out of those with one of `ids` in `column`. */
function running(db: Reader, column: 'person_id' | 'substitute_id', ids: readonly string[], at: number) {
  return db
    .selectFrom('substitution')
    .select(['person_id', 'substitute_id'])
    .where(column, 'in', [...ids])
    .where('from_at', '<=', at)
    .where('to_at', '>', at)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('id')
    .execute();
}

/**
 * Of those people who are away at `at`, who stands in for them: their substitute first, the last of the chain last.
 * Who is not away is not in the map.
 */
export async function standInsOf(
  db: Reader,
  personIds: readonly string[],
  at: number,
): Promise<Map<string, string[]>> {
  const next = new Map<string, string>();
  let asked = [...new Set(personIds)];
  for (let link = 0; asked.length > 0 && link < LONGEST_CHAIN; link += 1) {
    const rows = await running(db, 'person_id', asked, at);
    rows.forEach((row) => next.set(row.person_id, row.substitute_id));
    asked = [...new Set(rows.map((row) => row.substitute_id))].filter((id) => !next.has(id));
  }
  const chains = new Map<string, string[]>();
  for (const personId of new Set(personIds)) {
    const chain: string[] = [];
    for (let at = next.get(personId); at !== undefined && at !== personId; at = next.get(at)) {
      if (chain.includes(at)) {
        break;
      }
      chain.push(at);
    }
    if (chain.length > 0) {
      chains.set(personId, chain);
    }
  }
  return chains;
}

/** For whom this person acts at `at`: everybody whose chain ends with them. Nobody, while they are away themselves. */
export async function principalsOf(db: Reader, personId: string, at: number): Promise<string[]> {
  const found = await upstreamOf(db, personId, at);
  return found.length > 0 && (await running(db, 'person_id', [personId], at)).length > 0 ? [] : found;
}

/** Everybody whose chain passes through this person at `at`, wherever it ends. */
export async function upstreamOf(db: Reader, personId: string, at: number): Promise<string[]> {
  const found: string[] = [];
  let asked = [personId];
  for (let link = 0; asked.length > 0 && link < LONGEST_CHAIN; link += 1) {
    const rows = await running(db, 'substitute_id', asked, at);
    asked = [...new Set(rows.map((row) => row.person_id))].filter(
      (id) => id !== personId && !found.includes(id),
    );
    found.push(...asked);
  }
  return found;
}
