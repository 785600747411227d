/** Held messages whose reason is gone are applied from where they stand, each with what waits behind it. */
import type { CodeReplayed } from '@minqing/shared/contract';
import type { Store } from '../store/index.ts';
import type { Inbound } from './inbound.ts';
import { ExchangeRefusal } from './model.ts';

/** More than these are left for the next time: somebody waits for the answer. */
const MOST = 100;

/** Of one platform, everything that is held with this cause; the oldest first. */
export async function replayHeld(
  { store, inbound }: { store: Pick<Store, 'read'>; inbound: Pick<Inbound, 'retry'> },
  partnerId: string,
  cause: string,
): Promise<CodeReplayed> {
  const rows = await store.read((db) =>
    db
      .selectFrom('exchange_in')
      .selectAll()
      .where('partner_id', '=', partnerId)
      .where('status', '=', 'held')
      .where('error_code', '=', 'unknownCode')
      .where('error_text', '=', cause)
      .orderBy('received_at')
      .orderBy('seq')
      .execute(),
  );
  let done = 0;
  for (const row of rows.slice(0, MOST)) {
    try {
      await inbound.retry(row);
      done += 1;
    } catch (error) {
      if (!(error instanceof ExchangeRefusal)) {
        throw error;
      }
    }
  }
  const left = rows.length - done;
  return { done, left, sentence: sentenceOf(done, left) };
}

function sentenceOf(done: number, left: number): string {
  if (done + left === 0) {
    return '没有消息在等这个代码';
  }
  if (left === 0) {
    return `${done} 件民情的消息已接着处理`;
  }
  return done === 0
    ? `${left} 件还不能处理，原因写在每条消息下`
    : `${done} 件已接着处理，${left} 件还不能，原因写在每条消息下`;
}
