/** The one way into the outbox. */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Host, NoticeContent } from '../hosts/index.ts';
import { uuidv7, type Tx } from '../store/index.ts';
import { FAR } from '../store/tables.ts';
import type { Recipient } from './audience.ts';
import { renderedFor, type Elsewhere } from './elsewhere.ts';

export interface QueuedRow {
  kind: 'notice' | 'card' | 'todo';
  notice: string;
  caseId: string | null;
  personId: string;
  accountId: string;
  hostId: string;
  cardId: string | null;
  payload?: string;
  waitMs?: number;
  /** Business time before which it is not sent. */
  heldUntil?: number;
  /** How it travels, where that is not simply its kind. */
  channel?: 'actionCard';
  /** No line of its own in the delivery log unless it fails: it goes with another row, or brings one up to date. */
  quiet?: boolean;
  /** Whose administrators answer for it; the case's area where there is a case. */
  areaId?: string;
  /** The unit and role the recipient is told in. */
  unitId?: string | null;
  toRole?: string;
  /** The row this one stands in for. */
  originId?: string;
  /** How it would go to the recipient's other accounts. */
  others?: readonly Elsewhere[];
}

/** Payload of a card's row: show it even though the host seems to have just that. */
export const AGAIN = 'again';

/** One row of the outbox. Rows with the same bytes for the same host share a batch key and go out in one call. */
export async function queueRow(tx: Tx, deps: { clock: Clock }, row: QueuedRow): Promise<void> {
  const payload = row.payload ?? '';
  const machineNow = deps.clock.machineNow();
  await tx
    .insertInto('outbox')
    .values((eb) => ({
      id: uuidv7(),
      kind: row.kind,
      host_id: row.hostId,
      case_id: row.caseId,
      notice: row.notice,
      person_id: row.personId,
      account_id: row.accountId,
      card_id: row.cardId,
      batch_key:
        row.kind === 'notice'
          ? createHash('sha256').update(`${row.hostId} ${payload}`).digest('hex').slice(0, 40)
          : (row.cardId ?? ''),
      payload,
      status: 'waiting',
      attempts: 0,
      not_before: machineNow + (row.waitMs ?? 0),
      held_until: row.heldUntil ?? 0,
      lease_owner: null,
      lease_until: 0,
      fence: 0,
      task_id: null,
      checked: 0,
      last_error: null,
      created_at: deps.clock.businessNow(),
      sent_at: null,
      queued_at: machineNow,
      channel: row.channel ?? row.kind,
      logged: row.quiet ? 0 : 1,
      area_id: eb.fn.coalesce(
        row.areaId === undefined
          ? eb
              .selectFrom('cases')
              .select('cases.area_id')
              .where('cases.id', '=', row.caseId ?? '')
          : eb.val(row.areaId),
        eb.val(''),
      ),
      unit_id: row.unitId ?? null,
      to_role: row.toRole ?? '',
      error_kind: null,
      read_at: null,
      look_at: FAR,
      looks: 0,
      closing: '',
      closed_at: null,
      closed_by: null,
      closing_json: null,
      origin_id: row.originId ?? null,
      others_json: row.others?.length ? JSON.stringify(row.others) : null,
    }))
    .execute();
}

/** One notice to several people: the same bytes for everybody at one host, so that they go out in one call. */
export async function queueNotice(
  tx: Tx,
  deps: { clock: Clock; hosts: ReadonlyMap<string, Host> },
  told: Pick<QueuedRow, 'notice' | 'caseId' | 'areaId' | 'heldUntil'> & { content: NoticeContent },
  people: readonly Recipient[],
): Promise<void> {
  const { content, ...row } = told;
  for (const { personId, account, others, unitId, role } of people) {
    const host = deps.hosts.get(account.hostId);
    if (!host) {
      continue;
    }
    // Decided here, not when sending: a second try may go to fewer people than the first, and must send the same bytes.
    const together = people.filter((p) => p.account.hostId === host.id).length;
    const bar = together <= (host.limits.statusBarRecipients ?? Infinity);
    await queueRow(tx, deps, {
      ...row,
      kind: 'notice',
      personId,
      accountId: account.id,
      hostId: account.hostId,
      cardId: null,
      unitId,
      toRole: role,
      payload: host.renderNotice(bar ? content : { ...content, status: null }),
      others: renderedFor(deps.hosts, others, content),
    });
  }
}
