import { z } from 'zod';
import type { ContactChange } from '../port.ts';
import { jsonOrNull } from '../common/json.ts';

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
