/** Two people who may be one are noted for an administrator; nothing is joined here. */
import { insertIgnore, uuidv7, type Tx } from '../../store/index.ts';

/** More people with one number than a family shares are a mistake in the contacts: no use in every pair of them. */
const MOST_PAIRS = 5;

/** The row of two people, whichever way round; null for one and the same. */
export function pairOf(a: string, b: string): { one_id: string; other_id: string } | null {
  return a === b ? null : a < b ? { one_id: a, other_id: b } : { one_id: b, other_id: a };
}

/**
 * Proposes that this person and whoever else has their number are one. Nothing is joined: a number may be a secretary's,
 * a mistake, or somebody's who gave it up. What was proposed once, and refused, is not proposed again.
 */
export async function proposeByPhone(
  tx: Tx,
  personId: string,
  phoneIndex: string,
  now: number,
): Promise<void> {
  const others = await tx
    .selectFrom('person')
    .select('id')
    .where('phone_index', '=', phoneIndex)
    .where('active', '=', 1)
    .where('id', '!=', personId)
    .orderBy('id')
    .limit(MOST_PAIRS)
    .execute();
  for (const other of others) {
    if (!(await shareHost(tx, personId, other.id))) {
      await propose(tx, personId, other.id, 'phone', now);
    }
  }
}

/** Writes the pair as proposed, unless it has a row already. */
export async function propose(
  tx: Tx,
  a: string,
  b: string,
  way: 'phone' | 'code',
  now: number,
): Promise<void> {
  const pair = pairOf(a, b);
  if (pair) {
    await insertIgnore(tx, 'person_link', {
      id: uuidv7(),
      ...pair,
      way,
      state: 'proposed',
      created_at: now,
      decided_at: null,
      decided_by: null,
      kept_id: null,
      moved_json: '{}',
    });
  }
}

/** Two accounts in one organisation belong to two people: its own directory says so. */
async function shareHost(tx: Tx, a: string, b: string): Promise<boolean> {
  const rows = await tx
    .selectFrom('account')
    .select(['person_id', 'host_id'])
    .where('person_id', 'in', [a, b])
    .where('active', '=', 1)
    .execute();
  const hosts = (id: string): string[] => rows.filter((r) => r.person_id === id).map((r) => r.host_id);
  return hosts(a).some((host) => hosts(b).includes(host));
}
