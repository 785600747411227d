/** The delivery log as a sheet of a workbook, read page by page. */
import type { DeliveryFilter } from '@minqing/shared/contract';
import { appendAudit } from '../ledger/index.ts';
import type { Cell, Column, Sheet } from '../workbook/index.ts';
import type { Administering } from '../people/index.ts';
import { presentItem } from './delivery.item.ts';
import { loggedRows, type ListDeps } from './delivery.list.ts';

const PAGE = 500;
const COLUMNS: readonly Column[] = [
  { head: '时间', width: 17, kind: 'moment' },
  { head: '通知', width: 20 },
  { head: '关于', width: 34 },
  { head: '收件人', width: 14 },
  { head: '单位或角色', width: 20 },
  { head: '方式', width: 12 },
  { head: '试了几次', width: 9, kind: 'count' },
  { head: '状态', width: 10 },
  { head: '结果', width: 36, kind: 'wrapped' },
];

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
  return { name: '投递记录', columns: COLUMNS, pages: pages(deps, scope, filter) };
}

async function* pages(
  deps: ListDeps,
  scope: Administering,
  filter: DeliveryFilter,
): AsyncGenerator<Cell[][], void, undefined> {
  for await (const rows of loggedRows(deps, scope, filter, PAGE)) {
    yield rows.map((row): Cell[] => {
      const item = presentItem(deps, row);
      return [
        row.created_at,
        item.noticeLabel,
        item.about,
        item.recipient.name,
        item.recipient.unit,
        item.channelLabel,
        item.attempts,
        item.stateLabel,
        item.result,
      ];
    });
  }
}
