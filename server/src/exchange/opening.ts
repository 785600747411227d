/**
 * Before a process takes or sends anything it looks once whether the platform has more of ours than we have: a database that was restored from a
 * backup has to be made whole first, since what comes in would otherwise be done to a case that lacks its last days.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import type { Partner, Partners } from './partners.ts';
import type { Reconcile } from './reconcile.ts';

/** A platform that cannot be asked so many times in a row is worked with all the same. */
const TRIES = 5;

export interface Opening {
  /** Whether messages to and from this platform go through; the first question begins the comparison. */
  isOpen(partnerId: string): boolean;
  /** Begins nothing more; resolves when what has begun is over. */
  stop(): Promise<void>;
}

export function createOpening(deps: {
  partners: Pick<Partners, 'one'>;
  reconcile: Reconcile;
  log: Log;
  /** Pause between tries, ms. */
  paceMs: number;
  /** Called when messages may pass. */
  opened(): void;
}): Opening {
  const known = new Map<string, { open: boolean; look: Promise<void> }>();

  const stopping = new AbortController();
  const { signal } = stopping;

  async function look(partner: Partner): Promise<void> {
    for (let tries = 0; tries < TRIES && !signal.aborted;) {
      const outcome = await deps.reconcile(partner, { ifLost: true });
      if (outcome?.error === '') {
        return;
      }
      // While another process compares, nobody is asked; a dead one's turn ends with its lease.
      tries += outcome === null ? 0 : 1;
      // Whoever stops does not wait for the next try.
      await pause(deps.paceMs, undefined, { signal }).catch(() => undefined);
    }
    deps.log.warn('a platform could not be compared with at the start', { hostId: partner.id });
  }

  function begin(partner: Partner): void {
    const entry = { open: false, look: Promise.resolve() };
    known.set(partner.id, entry);
    entry.look = look(partner)
      .catch((error: unknown) =>
        deps.log.warn('the comparison at the start stumbled', { hostId: partner.id, error }),
      )
      .finally(() => {
        entry.open = true;
        deps.opened();
      });
  }

  return {
    isOpen(partnerId) {
      const partner = deps.partners.one(partnerId);
      if (partner?.active && !signal.aborted && !known.has(partnerId)) {
        begin(partner);
      }
      return known.get(partnerId)?.open ?? true;
    },
    async stop() {
      stopping.abort();
      await Promise.all([...known.values()].map((entry) => entry.look));
    },
  };
}
