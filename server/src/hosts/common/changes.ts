import type { ContactChange } from '../port.ts';
import type { HostLogger } from './surroundings.ts';

export interface Changes {
  /** Queues a change; repeats of one event id are dropped. Returns at once. */
  take(eventId: string, change: ContactChange): void;
  drained(): Promise<void>;
}

const REMEMBER_MAX = 10_000;

/**
 * Hands changes on one after the other, in the order they came. They were acknowledged before, so a failure is logged
 * and left to the next full walk of the contacts.
 */
export function createChanges(
  hostId: string,
  logger: HostLogger,
  onContactChange: (change: ContactChange) => Promise<void>,
): Changes {
  const seen = new Set<string>();
  let last: Promise<void> = Promise.resolve();

  async function hand(change: ContactChange): Promise<void> {
    try {
      await onContactChange(change);
    } catch (error) {
      logger.error({ hostId, kind: change.kind, error }, 'contact change failed');
    }
  }

  return {
    take: (eventId, change) => {
      if (eventId !== '' && seen.has(eventId)) {
        return;
      }
      seen.add(eventId);
      for (const oldest of seen) {
        if (seen.size <= REMEMBER_MAX) {
          break;
        }
        seen.delete(oldest);
      }
      last = last.then(() => hand(change));
    },
    drained: () => last,
  };
}
