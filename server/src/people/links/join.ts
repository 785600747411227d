/** Two people become one, and two again: accounts, roles and memberships go over; what was done stays with who did it. */
import type { Tx } from '../../store/index.ts';
import type { PersonLinkTable } from '../../store/tables.linking.ts';
import { noteHoldingChange } from '../holding-changes.ts';
import { closeSessionsOf } from '../sessions.ts';
import type { Side } from './sides.ts';

/** What went over with a link, by id. */
interface Moved {
  accounts: string[];
  grants: string[];
  memberships: string[];
}

/** Moves everything of `give` to `keep` and ends the sessions of `give`. Answers what went over, as JSON. */
export async function join(tx: Tx, keep: Side, give: Side, now: number): Promise<string> {
  const memberships = await tx
    .selectFrom('membership')
    .select('id')
    .where('person_id', '=', give.personId)
    .execute();
  const accounts = await tx
    .selectFrom('account')
    .select('id')
    .where('person_id', '=', give.personId)
    .execute();
  const moved: Moved = {
    accounts: accounts.map((row) => row.id),
    grants: give.grants.map((row) => row.id),
    memberships: memberships.map((row) => row.id),
  };
  await move(tx, moved, give.personId, keep.personId, 1);
  await tx.updateTable('person').set({ active: 0 }).where('id', '=', give.personId).execute();
  await closeSessionsOf(tx, [give.personId]);
  await tx.deleteFrom('link_code').where('person_id', 'in', [give.personId, keep.personId]).execute();
  // Cards of the roles that came over go to the one who holds them now.
  await noteHoldingChange(tx, { at: now, cause: 'left', personId: keep.personId });
  return JSON.stringify(moved);
}

type LinkedRow = Pick<PersonLinkTable, 'one_id' | 'other_id' | 'kept_id' | 'moved_json'>;

/** The person of a link who is not the one kept. */
export const givenOf = (link: Pick<PersonLinkTable, 'one_id' | 'other_id' | 'kept_id'>): string =>
  link.kept_id === link.one_id ? link.other_id : link.one_id;

/** Whether roles came over with the accounts: then only an administrator takes it back. */
export const broughtRoles = (link: Pick<PersonLinkTable, 'moved_json'>): boolean =>
  (JSON.parse(link.moved_json) as Moved).grants.length > 0;

export const broughtAccount = (link: Pick<PersonLinkTable, 'moved_json'>, accountId: string): boolean =>
  (JSON.parse(link.moved_json) as Moved).accounts.includes(accountId);

/** Takes a link back: what came over and is still there goes home, and its sessions end. */
export async function separate(tx: Tx, link: LinkedRow, now: number): Promise<void> {
  const keptId = link.kept_id ?? '';
  const givenId = givenOf(link);
  const moved = JSON.parse(link.moved_json) as Moved;
  await tx
    .deleteFrom('session')
    .where('account_id', 'in', [...moved.accounts, ''])
    .execute();
  await move(tx, moved, keptId, givenId, 0);
  await tx.deleteFrom('link_code').where('person_id', 'in', [givenId, keptId]).execute();
  for (const personId of [givenId, keptId]) {
    const account = await tx
      .selectFrom('account')
      .select('id')
      .where('person_id', '=', personId)
      .where('active', '=', 1)
      .limit(1)
      .executeTakeFirst();
    await tx
      .updateTable('person')
      .set({ active: account ? 1 : 0 })
      .where('id', '=', personId)
      .execute();
    if (!account) {
      await closeSessionsOf(tx, [personId]);
    }
    await noteHoldingChange(tx, { at: now, cause: 'left', personId });
  }
}

async function move(tx: Tx, moved: Moved, fromId: string, toId: string, linked: 0 | 1): Promise<void> {
  await tx
    .updateTable('account')
    .set({ person_id: toId, linked })
    .where('id', 'in', [...moved.accounts, ''])
    .where('person_id', '=', fromId)
    .execute();
  await tx
    .updateTable('role_grant')
    .set({ person_id: toId })
    .where('id', 'in', [...moved.grants, ''])
    .where('person_id', '=', fromId)
    .execute();
  await tx
    .updateTable('membership')
    .set({ person_id: toId })
    .where('id', 'in', [...moved.memberships, ''])
    .where('person_id', '=', fromId)
    .execute();
}
