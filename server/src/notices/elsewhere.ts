/**
 * Somebody with accounts in several messengers is told where they were last seen; this is how the others step in when
 * that one cannot be reached for good. Never while it may still answer: a notice twice is worse than one that is late.
 */
import { randomBytes } from 'node:crypto';
import type { Host, HostError, NoticeContent } from '../hosts/index.ts';
import { reachable, type AccountFacts } from '../people/index.ts';
import type { Reader, Tx } from '../store/index.ts';
import type { CardRow, OutboxRow } from '../store/tables.ts';

/** A notice as it would go to another account, rendered when the first was queued. */
export interface Elsewhere {
  accountId: string;
  hostId: string;
  payload: string;
}

type Hosts = ReadonlyMap<string, Host>;

/** The account to tell somebody at, and those that could stand in; null when no messenger we speak to has them. */
export function addressOf(
  accounts: readonly AccountFacts[],
  hasHost: (hostId: string) => boolean,
): { account: AccountFacts; others: AccountFacts[] } | null {
  const [account, ...others] = accounts.filter((each) => hasHost(each.hostId));
  return account ? { account, others } : null;
}

/** The same words for the other accounts, each in its messenger's own form. */
export function renderedFor(
  hosts: Hosts,
  others: readonly AccountFacts[],
  content: NoticeContent,
): Elsewhere[] {
  return others.flatMap(({ id, hostId }) => {
    const host = hosts.get(hostId);
    return host ? [{ accountId: id, hostId, payload: host.renderNotice(content) }] : [];
  });
}

/** What stands in for a notice that is given up: the next account that is still there, and those after it. */
export async function nextNotice(
  db: Reader,
  hosts: Hosts,
  row: Pick<OutboxRow, 'others_json'>,
  error: HostError,
): Promise<{ next: Elsewhere; rest: Elsewhere[] } | null> {
  // "Had the same words today" means that they have been read, or can be.
  if (row.others_json === null || error.kind === 'duplicate') {
    return null;
  }
  const others = JSON.parse(row.others_json) as Elsewhere[];
  for (const [at, next] of others.entries()) {
    const active = await db
      .selectFrom('account')
      .select('id')
      .where('id', '=', next.accountId)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (active && hosts.has(next.hostId)) {
      return { next, rest: others.slice(at + 1) };
    }
  }
  return null;
}

/** Another account of the card's person, in a messenger we speak to. */
export async function otherAccountOf(db: Reader, hosts: Hosts, card: CardRow): Promise<AccountFacts | null> {
  const [person] = await reachable(db, [card.person_id]);
  return person?.accounts.find((each) => each.id !== card.account_id && hosts.has(each.hostId)) ?? null;
}

/** Takes a card nobody can get where it is to another account. False when it has moved, or its duty is over. */
export async function moveCard(tx: Tx, card: CardRow, to: AccountFacts): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('card')
    .set({
      account_id: to.id,
      host_id: to.hostId,
      out_track_id: randomBytes(16).toString('hex'),
      rev: 1,
      sent_hash: null,
      delivered: 0,
      todo_task_id: null,
      todo_state: 'none',
    })
    .where('id', '=', card.id)
    .where('account_id', '=', card.account_id)
    .where('live', '=', 1)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}
