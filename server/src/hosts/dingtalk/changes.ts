import { z } from 'zod';
import type { ContactChange } from '../port.ts';
import { jsonOrNull } from './json.ts';
import type { HostLogger } from './options.ts';

/** Contact events by type (通讯录事件): what they name and whether it is gone. Other events are none of ours. */
const KINDS: Readonly<Record<string, Pick<ContactChange, 'kind' | 'removed'>>> = {
  user_add_org: { kind: 'people', removed: false },
  user_modify_org: { kind: 'people', removed: false },
  user_active_org: { kind: 'people', removed: false },
  user_leave_org: { kind: 'people', removed: true },
  org_dept_create: { kind: 'departments', removed: false },
  org_dept_modify: { kind: 'departments', removed: false },
  org_dept_remove: { kind: 'departments', removed: true },
};

const idList = z
  .union([z.array(z.union([z.string(), z.number()])), z.string(), z.number()])
  .transform((value) => [value].flat().map(String));
const EVENT = z.object({ userId: idList.optional(), deptId: idList.optional() });

/** The change an event frame tells of, or null when it tells of none. `data` is the frame's JSON text. */
export function parseChange(hostId: string, eventType: string, data: string): ContactChange | null {
  const known = Object.hasOwn(KINDS, eventType) ? KINDS[eventType] : undefined;
  if (known === undefined) {
    return null;
  }
  const event = EVENT.safeParse(jsonOrNull(data));
  if (!event.success) {
    return null;
  }
  const ids = (known.kind === 'people' ? event.data.userId : event.data.deptId) ?? [];
  return ids.length === 0 ? null : { hostId, ...known, ids };
}

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
