/** A case whose last days this database has lost: made whole again from what our messages carried sealed to the platform. */
import { shanghaiDate } from '@minqing/shared/time';
import { recordedEvents, type RecordedEvent } from '../ledger/index.ts';
import { afterCommit, insertIgnore, type Store, type Tx } from '../store/index.ts';
import type { History, Kept } from './history.ts';
import type { Inbound } from './inbound.ts';
import type { Partner } from './partners.ts';

export interface RestoreDeps {
  store: Pick<Store, 'transact'>;
  history: Pick<History, 'openAll'>;
  inbound: Pick<Inbound, 'effected'>;
  /** Puts events back into the case they belong to, in the transaction at hand. */
  restoreEvents(tx: Tx, caseId: string, events: readonly RecordedEvent[]): Promise<void>;
  /** Called after COMMIT, for what stands beside the case: cards, lists. */
  afterRestored(caseId: string): void;
}

/**
 * `restored`: the history is as long as what was told; `whole`: it was so before; `diverged`: something else happened
 * here since; `unknown`: what the platform kept does not tell it.
 */
export type Restored = 'restored' | 'whole' | 'diverged' | 'unknown';

/** `ours` and `theirs`: all messages of the case, as the platform has them. */
export type Restore = (
  partner: Partner,
  caseId: string,
  ours: readonly { id: string; sealed?: unknown }[],
  theirs: readonly { id: string }[],
) => Promise<Restored>;

export function createRestore(deps: RestoreDeps): Restore {
  return async (partner, caseId, ours, theirs) => {
    const kept = deps.history.openAll(partner.id, caseId, ours);
    if (!kept || kept.events.length === 0) {
      return 'unknown';
    }
    return deps.store.transact(async (tx) => {
      const here = await recordedEvents(tx, caseId);
      if (here.some((event, i) => kept.events[i] !== undefined && kept.events[i].id !== event.id)) {
        return 'diverged';
      }
      const lost = kept.events.slice(here.length);
      if (lost.length > 0) {
        await deps.restoreEvents(tx, caseId, lost);
        afterCommit(tx, () => deps.afterRestored(caseId));
      }
      await openAgain(tx, partner, caseId, kept);
      const versions = new Map(kept.applied);
      for (const message of theirs) {
        const version = versions.get(message.id);
        if (version !== undefined) {
          await deps.inbound.effected(tx, partner, message, version);
        }
      }
      return lost.length > 0 ? 'restored' : 'whole';
    });
  };
}

/** The case stands with the platform since it was handed over first. */
async function openAgain(tx: Tx, partner: Partner, caseId: string, { events }: Kept): Promise<void> {
  const handed = events.find((e) => e.action === 'accept' && e.data['handledBy'] === partner.id);
  if (handed) {
    await insertIgnore(tx, 'exchange_case', {
      partner_id: partner.id,
      case_id: caseId,
      day: shanghaiDate(handed.at),
      open: 1,
      state_code: '',
      out_seq: 0,
      in_seq: 0,
    });
  }
}
