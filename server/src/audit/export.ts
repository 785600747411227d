/** The audit log as a table for a spreadsheet, read page by page. */
import type { AuditFilter } from '@minqing/shared/contract';
import { isoShanghaiFull } from '@minqing/shared/time';
import { AUDIT_GROUPS } from '@minqing/shared/words';
import { BOM, csvLine } from '../csv.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Administering } from '../people/index.ts';
import { pageOf } from '../store/index.ts';
import type { AuditDeps } from './index.ts';
import { namingOf, presentAudit } from './present.ts';
import { linesOf, within } from './query.ts';

const PAGE = 500;
const HEAD = ['台账序号', '时间', '谁', '类别', '做了什么', '关于', '内容', '编号', '摘要'];

/** Records who took what, then gives the table in pieces, so that neither side ever holds all of it. */
export async function exportAudit(
  deps: AuditDeps,
  scope: Administering,
  filter: AuditFilter,
): Promise<AsyncIterable<string>> {
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
  return pieces(deps, scope, filter, now);
}

async function* pieces(
  deps: AuditDeps,
  scope: Administering,
  filter: AuditFilter,
  now: number,
): AsyncGenerator<string, void, undefined> {
  const { store, directory } = deps;
  yield BOM + csvLine(HEAD);
  const where = await store.read((db) => within(db, directory, scope, filter, now));
  for (let after: string | undefined; ;) {
    const cursor = after;
    const { text, next } = await store.read(async (db) => {
      const page = pageOf(await linesOf(db, where, PAGE, cursor), PAGE, (r) => [r.at, r.id]);
      const naming = await namingOf(db, directory, page.rows, now);
      const lines = page.rows.map((row) => {
        const item = presentAudit(row, naming);
        return csvLine([
          item.seq === null ? '' : String(item.seq),
          isoShanghaiFull(row.at),
          item.who,
          AUDIT_GROUPS[item.group],
          item.label,
          item.subject,
          item.details.map(({ label, value }) => `${label}：${value}`).join('；'),
          row.id,
          row.hash,
        ]);
      });
      return { text: lines.join(''), next: page.next };
    });
    yield text;
    if (next === undefined) {
      return;
    }
    after = next;
  }
}
