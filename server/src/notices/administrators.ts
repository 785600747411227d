/** One notice to those who administer an area, or the next one above that has anybody. */
import type { NoticeContent } from '../hosts/index.ts';
import { holders, type Directory } from '../people/index.ts';
import type { Tx } from '../store/index.ts';
import type { RecordDeps } from './record.ts';
import { queueRow } from './queue.ts';

export interface ToAdministrators {
  notice: string;
  areaId: string;
  content: NoticeContent;
}

/** Queues it in this transaction, as a card with its button; answers how many are told. */
export async function tellAdministrators(
  tx: Tx,
  deps: Pick<RecordDeps, 'clock' | 'hosts'> & { directory: Pick<Directory, 'areaChain'> },
  { notice, areaId, content }: ToAdministrators,
): Promise<number> {
  for (const at of deps.directory.areaChain(areaId)) {
    const people = await holders(tx, { role: 'admin', areaIds: [at] }, deps.clock.businessNow());
    let told = 0;
    for (const { personId, accounts } of people) {
      const account = accounts.find((one) => deps.hosts.has(one.hostId));
      const host = account && deps.hosts.get(account.hostId);
      if (account && host) {
        told += 1;
        await queueRow(tx, deps, {
          kind: 'notice',
          channel: 'actionCard',
          notice,
          caseId: null,
          areaId,
          personId,
          accountId: account.id,
          hostId: account.hostId,
          cardId: null,
          toRole: 'admin',
          payload: host.renderNotice(content),
        });
      }
    }
    if (told > 0) {
      return told;
    }
  }
  return 0;
}
