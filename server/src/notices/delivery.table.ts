/** The delivery log as a sheet of a workbook, read page by page. */
import type { DeliveryFilter, DeliveryItem } from '@minqing/shared/contract';
import { appendAudit } from '../ledger/index.ts';
import { momentCell, part, type Cell, type Sheet } from '../workbook/index.ts';
import type { Administering } from '../people/index.ts';
import { presentItem } from './delivery.item.ts';
import { loggedRows, type ListDeps } from './delivery.list.ts';

const PAGE = 500;

export const DELIVERY = part('投递记录', (items: readonly DeliveryItem[]) => items, [
  ['时间', 17, (item) => momentCell(item.createdAt), 'moment'],
  ['通知', 20, (item) => item.noticeLabel],
  ['关于', 34, (item) => item.about],
  ['收件人', 14, (item) => item.recipient.name],
  ['单位或角色', 20, (item) => item.recipient.unit],
  ['方式', 12, (item) => item.channelLabel],
  ['试了几次', 9, (item) => item.attempts, 'count'],
  ['状态', 10, (item) => item.stateLabel],
  ['结果', 36, (item) => item.result, 'wrapped'],
]);

/** Records who took what, then gives the sheet; its pages are read while it is written. */
export async function exportDeliveries(
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
): Promise<Sheet> {
  await deps.store.transact((tx) =>
    appendAudit(tx, {
      at: deps.clock.businessNow(),
      kind: 'deliveries.exported',
      personId: scope.personId,
      subject: scope.personId,
      data: { filter },
    }),
  );
  return { ...DELIVERY, pages: pages(deps, scope, filter) };
}

async function* pages(
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
): AsyncGenerator<Cell[][], void, undefined> {
  for await (const rows of loggedRows(deps, scope, filter, PAGE)) {
    yield DELIVERY.cells(rows.map((row) => presentItem(deps, row)));
  }
}
