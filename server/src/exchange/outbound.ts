/** Follows the ledger: what happens to a case that was handed over becomes messages, in the case's own order. */
import { isoShanghaiFull, shanghaiDate } from '@minqing/shared/time';
import { replay, type Case, type CaseEvent } from '@minqing/shared/workflow';
import { eventsOf, namesOf } from '../cases/index.ts';
import { ledgerOfCase, type LedgerEntry, type RecordedEvent } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { Tx } from '../store/index.ts';
import { insertIgnore } from '../store/index.ts';
import type { History } from './history.ts';
import { draftOf, messageIdOf, type Drafted } from './messages.ts';
import type { Partner, Partners } from './partners.ts';

export interface OutboundDeps {
  partners: Pick<Partners, 'one'>;
  directory: Pick<Directory, 'area'>;
  phoneOf(personId: string): Promise<string | null>;
  machineNow(): number;
  history: Pick<History, 'besides'>;
}

/** Acts that take a case back from the platform: later ones are not told. */
const TAKEN_BACK: ReadonlySet<CaseEvent['action']> = new Set<CaseEvent['action']>([
  'withdraw',
  'merge',
  'escalate',
  'delegate',
  'sendBack',
]);

/** Writes the messages a batch of the ledger brings about. */
export async function enqueue(tx: Tx, deps: OutboundDeps, entries: readonly LedgerEntry[]): Promise<void> {
  const handed = await casesOf(tx, entries);
  for (const { event } of entries) {
    if (!event) {
      continue;
    }
    const by = (event.data as { handledBy?: string }).handledBy;
    if (event.action === 'accept' && by !== undefined) {
      await openCase(tx, by, event);
      handed.set(event.caseId, by);
    }
    const partnerId = handed.get(event.caseId);
    if (partnerId !== undefined) {
      await enqueueOne(tx, deps, partnerId, event);
    }
    if (TAKEN_BACK.has(event.action) && partnerId !== undefined) {
      await tx
        .updateTable('exchange_case')
        .set({ open: 0 })
        .where('partner_id', '=', partnerId)
        .where('case_id', '=', event.caseId)
        .execute();
      handed.delete(event.caseId);
    }
  }
}

/** Of the cases in the batch, those that stand with a platform. */
async function casesOf(tx: Tx, entries: readonly LedgerEntry[]): Promise<Map<string, string>> {
  const ids = [...new Set(entries.flatMap(({ event }) => (event ? [event.caseId] : [])))];
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await tx
    .selectFrom('exchange_case')
    .select(['case_id', 'partner_id'])
    .where('case_id', 'in', ids)
    .where('open', '=', 1)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.partner_id]));
}

/**
 * Makes the queue of a case anew from its history. False, and nothing done, when it was never handed to this platform
 * or has its queue: the ledger's follower may have come first.
 */
export async function enqueueAnew(
  tx: Tx,
  deps: OutboundDeps,
  partnerId: string,
  caseId: string,
): Promise<boolean> {
  const entries = await ledgerOfCase(tx, caseId);
  const handed = entries
    .map(({ event }) => event)
    .find((event) => event?.action === 'accept' && event.data['handledBy'] === partnerId);
  if (!handed || !(await openCase(tx, partnerId, handed))) {
    return false;
  }
  await tx
    .deleteFrom('exchange_out')
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .execute();
  await enqueue(tx, deps, entries);
  return true;
}

/** True when it never stood with this platform before. */
async function openCase(tx: Tx, partnerId: string, event: CaseEvent): Promise<boolean> {
  const heard = await tx
    .selectFrom('exchange_in')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', event.caseId)
    .executeTakeFirst();
  const isNew = await insertIgnore(tx, 'exchange_case', {
    partner_id: partnerId,
    case_id: event.caseId,
    day: shanghaiDate(event.at),
    open: 1,
    state_code: '',
    out_seq: 0,
    in_seq: Number(heard?.seq ?? 0),
  });
  await tx
    .updateTable('exchange_case')
    .set({ open: 1 })
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', event.caseId)
    .execute();
  return isNew;
}

async function enqueueOne(
  tx: Tx,
  deps: OutboundDeps,
  partnerId: string,
  event: RecordedEvent,
): Promise<void> {
  const partner = deps.partners.one(partnerId) ?? {
    id: partnerId,
    sharePhone: false,
    sealHistory: false,
  };
  if (event.capacity.kind === 'platform') {
    return; // it did that itself
  }
  const id = messageIdOf(partnerId, event.id);
  const drafted = (await isTold(tx, id)) ? null : await draftFor(tx, deps, partner, event);
  if (drafted === null) {
    return;
  }
  const row = await tx
    .selectFrom('exchange_case')
    .select('out_seq')
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', event.caseId)
    .executeTakeFirstOrThrow();
  const seq = row.out_seq + 1;
  const { type, data, fileIds } = drafted;
  const besides = await deps.history.besides(tx, partner, event);
  await tx
    .insertInto('exchange_out')
    .values({
      id,
      partner_id: partnerId,
      case_id: event.caseId,
      seq,
      type,
      body_json: JSON.stringify({
        message: { id, caseId: event.caseId, seq, type, at: isoShanghaiFull(event.at), data, ...besides },
        fileIds,
      }),
      status: 'waiting',
      attempts: 0,
      next_at: 0,
      error_code: '',
      error_text: '',
      created_at: deps.machineNow(),
      sent_at: 0,
    })
    .execute();
  await tx
    .updateTable('exchange_case')
    .set({ out_seq: seq })
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', event.caseId)
    .execute();
}

/** True for an event that came back with the message it had become. */
const isTold = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.selectFrom('exchange_out').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;

/** The message of one event, made from the case as its history stood then. */
async function draftFor(
  tx: Tx,
  deps: OutboundDeps,
  partner: Pick<Partner, 'id' | 'sharePhone'>,
  event: RecordedEvent,
): Promise<Drafted | null> {
  const history = (await eventsOf(tx, event.caseId)).filter((e) => e.version <= event.version);
  const c: Case | null = replay(history);
  if (c === null) {
    return null;
  }
  return draftOf(event, {
    db: tx,
    partner,
    c,
    area: (id) => ({ code: id, name: deps.directory.area(id)?.name ?? '' }),
    nameOf: async (personId) => (await namesOf(tx, [personId]))(personId).name,
    phoneOf: deps.phoneOf,
  });
}
