/** Writing down what a platform says, each message once and in its place. */
import type { InboundMessage } from '@minqing/shared/exchange';
import { digestOf, insertIgnore, type Tx } from '../store/index.ts';
import { ExchangeRefusal, type InRow } from './model.ts';
import type { Partner } from './partners.ts';

/** Of messages that have not taken effect and were not given up. */
export const OPEN_STATUSES = ['new', 'waiting', 'held'];

/** Writes the message down, in its place; says whether it is to be applied now. */
export async function keep(
  tx: Tx,
  partner: Partner,
  message: InboundMessage,
  machineNow: number,
): Promise<'new' | 'known' | 'waiting'> {
  const digest = digestOf(withoutLinks(message));
  const known = await tx
    .selectFrom('exchange_in')
    .select(['digest', 'status', 'error_code', 'error_text'])
    .where('partner_id', '=', partner.id)
    .where('message_id', '=', message.id)
    .executeTakeFirst();
  if (known) {
    return repeated(known, digest);
  }
  const place = await tx
    .selectFrom('exchange_case')
    .select('in_seq')
    .where('partner_id', '=', partner.id)
    .where('case_id', '=', message.caseId)
    .executeTakeFirst();
  if (!place) {
    throw new ExchangeRefusal('unknownCase');
  }
  const expected = place.in_seq + 1;
  if (message.seq !== expected) {
    throw new ExchangeRefusal(message.seq > expected ? 'outOfOrder' : 'sequenceTaken', { expected });
  }
  const before = await tx
    .selectFrom('exchange_in')
    .select('message_id')
    .where('partner_id', '=', partner.id)
    .where('case_id', '=', message.caseId)
    .where('status', 'in', OPEN_STATUSES)
    .limit(1)
    .executeTakeFirst();
  const status = before ? 'waiting' : 'new';
  const inserted = await insertIgnore(tx, 'exchange_in', {
    ...rowFor(partner, message, machineNow),
    status,
  });
  if (!inserted) {
    throw new ExchangeRefusal('unavailable'); // the same came twice at once: the other one is at it
  }
  await tx
    .updateTable('exchange_case')
    .set({ in_seq: message.seq })
    .where('partner_id', '=', partner.id)
    .where('case_id', '=', message.caseId)
    .execute();
  return status;
}

function repeated(
  known: Pick<InRow, 'digest' | 'status' | 'error_code' | 'error_text'>,
  digest: string,
): 'new' | 'known' | 'waiting' {
  if (known.digest !== digest) {
    throw new ExchangeRefusal('idReused');
  }
  if (known.status === 'held') {
    throw new ExchangeRefusal(known.error_code as ExchangeRefusal['code'], {
      detail: known.error_text,
      kept: true,
    });
  }
  return known.status === 'new' ? 'new' : known.status === 'waiting' ? 'waiting' : 'known';
}

/** The message as it is compared: links are made anew at each sending. */
export function withoutLinks(message: InboundMessage): unknown {
  return 'files' in message.data
    ? {
        ...message,
        data: { ...message.data, files: message.data.files.map(({ href: _href, ...file }) => file) },
      }
    : message;
}

/** Writes down as applied what took effect before our record of it was lost; `version` is what it made of the case. */
export async function effected(
  tx: Tx,
  partner: Partner,
  message: InboundMessage,
  version: number,
  machineNow: number,
): Promise<void> {
  const done = { status: 'applied', version, error_code: '', error_text: '', done_at: machineNow };
  const inserted = await insertIgnore(tx, 'exchange_in', {
    ...rowFor(partner, message, machineNow),
    ...done,
  });
  const [marked] = inserted
    ? []
    : await tx
        .updateTable('exchange_in')
        .set(done)
        .where('partner_id', '=', partner.id)
        .where('message_id', '=', message.id)
        .where('status', 'in', OPEN_STATUSES)
        .execute();
  const place = tx
    .updateTable('exchange_case')
    .where('partner_id', '=', partner.id)
    .where('case_id', '=', message.caseId);
  await place.set({ in_seq: message.seq }).where('in_seq', '<', message.seq).execute();
  if (inserted || Number(marked?.numUpdatedRows) > 0) {
    // Also where it had been kept before the backup and was done after it.
    await place.set({ state_code: message.state }).execute();
  }
}

/** As it stands before it is applied. */
const rowFor = (partner: Partner, message: InboundMessage, machineNow: number): InRow => ({
  partner_id: partner.id,
  message_id: message.id,
  case_id: message.caseId,
  seq: message.seq,
  type: message.type,
  body_json: JSON.stringify(message),
  digest: digestOf(withoutLinks(message)),
  status: 'new',
  error_code: '',
  error_text: '',
  received_at: machineNow,
  done_at: 0,
  version: 0,
});
