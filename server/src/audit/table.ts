/** The audit log as a sheet of a workbook, read page by page. */
import type { AuditFilter, AuditItem } from '@minqing/shared/contract';
import { AUDIT_GROUPS } from '@minqing/shared/words';
import { appendAudit } from '../ledger/index.ts';
import { momentCell, part, type Cell, type Sheet } from '../workbook/index.ts';
import type { Administering } from '../people/index.ts';
import { pageOf } from '../store/index.ts';
import type { AuditDeps } from './index.ts';
import { namingOf, presentAudit } from './present.ts';
import { linesOf, within } from './query.ts';

const PAGE = 500;

/** A line of the log, with the digest the ledger keeps of it. */
export interface AuditRow {
  item: AuditItem;
  hash: string;
}

export const AUDIT = part('操作审计', (rows: readonly AuditRow[]) => rows, [
  ['台账序号', 10, ({ item }) => item.seq, 'count'],
  ['时间', 17, ({ item }) => momentCell(item.at), 'moment'],
  ['谁', 18, ({ item }) => item.who],
  ['类别', 12, ({ item }) => AUDIT_GROUPS[item.group]],
  ['做了什么', 18, ({ item }) => item.label],
  ['关于', 24, ({ item }) => item.subject],
  [
    '内容',
    60,
    ({ item }) => item.details.map(({ label, value }) => `${label}：${value}`).join('；'),
    'wrapped',
  ],
  ['编号', 38, ({ item }) => item.id],
  ['摘要', 66, ({ hash }) => hash],
]);

/** Records who took what, then gives the sheet; its pages are read while it is written. */
export async function exportAudit(
  deps: AuditDeps,
  scope: Administering,
  filter: AuditFilter,
): Promise<Sheet> {
  const now = deps.clock.businessNow();
  await deps.store.transact((tx) =>
    appendAudit(tx, {
      at: now,
      kind: 'audit.exported',
      personId: scope.personId,
      subject: scope.personId,
      data: { filter },
    }),
  );
  return { ...AUDIT, pages: pages(deps, scope, filter, now) };
}

async function* pages(
  deps: AuditDeps,
  scope: Administering,
  filter: AuditFilter,
  now: number,
): AsyncGenerator<Cell[][], void, undefined> {
  const { store, directory } = deps;
  const where = await store.read((db) => within(db, directory, scope, filter, now));
  for (let after: string | undefined; ;) {
    const cursor = after;
    const { lines, next } = await store.read(async (db) => {
      const page = pageOf(await linesOf(db, where, PAGE, cursor), PAGE, (r) => [r.at, r.id]);
      const naming = await namingOf(db, directory, page.rows, now);
      const lines = AUDIT.cells(
        page.rows.map((row) => ({ item: presentAudit(row, naming), hash: row.hash })),
      );
      return { lines, next: page.next };
    });
    yield lines;
    if (next === undefined) {
      return;
    }
    after = next;
  }
}
