/** One notice to one person in a role of theirs, of no case. */
import type { Role } from '@minqing/shared/words';
import type { NoticeContent } from '../hosts/index.ts';
import { reachable } from '../people/index.ts';
import type { Tx } from '../store/index.ts';
import { addressOf } from './elsewhere.ts';
import { afterQuietHours } from './moments.ts';
import { queueNotice } from './queue.ts';
import type { RecordDeps } from './record.ts';

export interface ToPerson {
  notice: string;
  areaId: string;
  personId: string;
  role: Role;
  content: NoticeContent;
}

/** Queues it in this transaction, held through the quiet hours; false for whoever has no account in a messenger we speak to. */
export async function tellPerson(
  tx: Tx,
  deps: Pick<RecordDeps, 'clock' | 'hosts'>,
  { notice, areaId, personId, role, content }: ToPerson,
): Promise<boolean> {
  const [holder] = await reachable(tx, [personId]);
  const address = holder && addressOf(holder.accounts, (id) => deps.hosts.has(id));
  if (!address) {
    return false;
  }
  const heldUntil = afterQuietHours(deps.clock.businessNow());
  await queueNotice(tx, deps, { notice, caseId: null, areaId, content, heldUntil }, [
    { personId, ...address, unitId: null, role },
  ]);
  return true;
}
