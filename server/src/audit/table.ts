/** The audit log as a sheet of a workbook, read page by page. */
import type { AuditFilter } from '@minqing/shared/contract';
import { AUDIT_GROUPS } from '@minqing/shared/words';
import { appendAudit } from '../ledger/index.ts';
import type { Cell, Column, Sheet } from '../workbook/index.ts';
import type { Administering } from '../people/index.ts';
import { pageOf } from '../store/index.ts';
import type { AuditDeps } from './index.ts';
import { namingOf, presentAudit } from './present.ts';
import { linesOf, within } from './query.ts';

const PAGE = 500;
const COLUMNS: readonly Column[] = [
  { head: '台账序号', width: 10, kind: 'count' },
  { head: '时间', width: 17, kind: 'moment' },
  { head: '谁', width: 18 },
  { head: '类别', width: 12 },
  { head: '做了什么', width: 18 },
  { head: '关于', width: 24 },
  { head: '内容', width: 60, kind: 'wrapped' },
  { head: '编号', width: 38 },
  { head: '摘要', width: 66 },
];

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
  return { name: '操作审计', columns: COLUMNS, pages: pages(deps, scope, filter, now) };
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
      const lines = page.rows.map((row): Cell[] => {
        const item = presentAudit(row, naming);
        return [
          item.seq,
          row.at,
          item.who,
          AUDIT_GROUPS[item.group],
          item.label,
          item.subject,
          item.details.map(({ label, value }) => `${label}：${value}`).join('；'),
          row.id,
          row.hash,
        ];
      });
      return { lines, next: page.next };
    });
    yield lines;
    if (next === undefined) {
      return;
    }
    after = next;
  }
}
