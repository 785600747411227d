/**
 * What our messages carry sealed, so that the platform's copy of them can make our own history whole again: the events
 * since the message before, and which messages of the platform they answer to.
 */
import { recordedEvents, type RecordedEvent } from '../ledger/index.ts';
import type { Tx } from '../store/index.ts';
import { messageIdOf } from './messages.ts';
import type { Partner } from './partners.ts';
import type { Vault } from './secrets.ts';

export interface Kept {
  /** Without gaps, up to the one the message tells of or further. */
  events: RecordedEvent[];
  /** Messages of the platform and the version of the case each of them made. */
  applied: [messageId: string, version: number][];
}

export interface History {
  /** What the message of this event says beside its matter: how far we had heard the platform, and the sealed history where that is agreed. */
  besides(
    tx: Tx,
    partner: Pick<Partner, 'id' | 'sealHistory'>,
    event: RecordedEvent,
  ): Promise<{ heard: number; sealed?: string }>;
  /** What all the messages of a case tell together; null when one cannot be opened or something is missing between. */
  openAll(partnerId: string, caseId: string, messages: readonly { sealed?: unknown }[]): Kept | null;
}

export function createHistory(vault: Vault<Kept>): History {
  const boundTo = (partnerId: string, caseId: string): string => `${partnerId}:${caseId}`;

  return {
    async besides(tx, { id: partnerId, sealHistory }, event) {
      const came = await appliedUpTo(tx, partnerId, event.caseId);
      const heard = Math.max(0, ...came.filter((m) => m.version < event.version).map((m) => m.seq));
      if (!sealHistory) {
        return { heard };
      }
      // All that is there by now: an act may be several events, and half an act must not come back alone.
      const events = await recordedEvents(tx, event.caseId);
      const told = await toldIds(tx, partnerId, event.caseId);
      const last = events.findLast(
        (e) => e.version < event.version && told.has(messageIdOf(partnerId, e.id)),
      );
      const from = last?.version ?? 0;
      const kept: Kept = {
        events: events.filter((e) => e.version > from),
        applied: came
          .filter((m) => m.version > from && m.version <= events.length)
          .map((m) => [m.id, m.version]),
      };
      return { heard, sealed: vault.seal(kept, boundTo(partnerId, event.caseId)) };
    },
    openAll(partnerId, caseId, messages) {
      const whole: Kept = { events: [], applied: [] };
      for (const { sealed } of messages) {
        try {
          const { events, applied } = vault.open(String(sealed), boundTo(partnerId, caseId));
          // One that was told again after a loss begins before where we are.
          whole.events.push(...events.filter((e) => e.version > whole.events.length));
          whole.applied.push(...applied);
        } catch {
          return null;
        }
      }
      return whole.events.every((e, i) => e.version === i + 1) ? whole : null;
    },
  };
}

async function toldIds(tx: Tx, partnerId: string, caseId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('exchange_out')
    .select('id')
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** The platform's messages that took effect. From where they are marked, and from the requests themselves: a dead process may have marked nothing. */
async function appliedUpTo(
  tx: Tx,
  partnerId: string,
  caseId: string,
): Promise<{ id: string; seq: number; version: number }[]> {
  const came = await tx
    .selectFrom('exchange_in')
    .leftJoin('request', (join) =>
      join
        .on('request.door', '=', 'exchange')
        .onRef('request.principal', '=', 'exchange_in.partner_id')
        .onRef('request.request_key', '=', 'exchange_in.message_id'),
    )
    .select(['exchange_in.message_id', 'exchange_in.seq', 'exchange_in.version'])
    .select('request.version as acted')
    .where('exchange_in.partner_id', '=', partnerId)
    .where('exchange_in.case_id', '=', caseId)
    .orderBy('exchange_in.seq')
    .execute();
  return came
    .map((row) => ({ id: row.message_id, seq: row.seq, version: row.version || (row.acted ?? 0) }))
    .filter(({ version }) => version > 0);
}
