/** The delivery log as an administrator sees it: what did not arrive, why, and sending it again. */
import type { Actor } from '@minqing/shared/workflow';
import type { DeliveryPage } from '@minqing/shared/contract';
import { isoShanghaiFull } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { decodeCursor, encodeCursor, type KeysetColumn, type Store } from '../store/index.ts';

const PAGE = 50;
const CURSOR: readonly KeysetColumn[] = [{ column: 'outbox.id', direction: 'desc', type: 'string' }];

export interface Deliveries {
  /** Newest first. Throws forbidden unless the viewer is an administrator. */
  list(
    viewer: Actor,
    query: { status: 'waiting' | 'done' | 'dead'; after?: string | undefined },
  ): Promise<DeliveryPage>;
  /** Puts a dead letter back in the queue, with its attempts counted anew. Throws notFound when it is not one. */
  resend(viewer: Actor, id: string): Promise<void>;
}

export function createDeliveries({
  store,
  clock,
  directory,
  wake,
}: {
  store: Store;
  clock: Clock;
  directory: Pick<Directory, 'areasWithin'>;
  wake(): void;
}): Deliveries {
  return {
    async list(viewer, query) {
      administering(viewer, directory);
      const [before] = query.after ? decodeCursor(query.after, CURSOR) : [];
      const rows = await store.read((db) =>
        db
          .selectFrom('outbox')
          .innerJoin('person', 'person.id', 'outbox.person_id')
          .select([
            'outbox.id',
            'outbox.kind',
            'outbox.notice',
            'outbox.case_id',
            'outbox.status',
            'outbox.attempts',
            'outbox.last_error',
            'outbox.created_at',
            'person.name',
          ])
          .where('outbox.status', '=', query.status)
          .$if(before !== undefined, (qb) => qb.where('outbox.id', '<', String(before)))
          .orderBy('outbox.id', 'desc')
          .limit(PAGE + 1)
          .execute(),
      );
      const page = rows.slice(0, PAGE);
      const last = page.at(-1);
      return {
        items: page.map((r) => ({
          id: r.id,
          kind: r.kind as 'notice' | 'card' | 'todo',
          notice: r.notice,
          caseId: r.case_id,
          recipient: r.name,
          status: r.status,
          attempts: r.attempts,
          error: r.last_error,
          createdAt: isoShanghaiFull(r.created_at),
        })),
        after: rows.length > PAGE && last ? encodeCursor([last.id]) : null,
      };
    },
    async resend(viewer, id) {
      const { personId } = administering(viewer, directory);
      await store.transact(async (tx) => {
        const changed = await tx
          .updateTable('outbox')
          .set({ status: 'waiting', attempts: 0, not_before: clock.machineNow(), checked: 0, task_id: null })
          .where('id', '=', id)
          .where('status', '=', 'dead')
          .executeTakeFirst();
        if (Number(changed.numUpdatedRows) !== 1) {
          throw notFound('没有这条没送达的通知');
        }
        await appendAudit(tx, { at: clock.businessNow(), kind: 'resend', personId, subject: id, data: {} });
      });
      wake();
    },
  };
}
