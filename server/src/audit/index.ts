/** The audit log as administrators read it, and the check that it is whole. The only door of this folder. */
import type { AuditFilter, AuditPage, LedgerCheckView } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { conflict } from '../errors.ts';
import type { LedgerCheck } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { decodeCursor, pageOf, type Store } from '../store/index.ts';
import type { Sheet } from '../workbook/index.ts';
import { exportAudit } from './table.ts';
import { namingOf, presentAudit } from './present.ts';
import { linesOf, NEWEST, within } from './query.ts';
import { viewCheck } from './verification.ts';

export interface AuditDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  check: LedgerCheck;
}

/** Everything is of the viewer's areas. Throws forbidden unless the viewer is an administrator. */
export interface Audit {
  list(viewer: Actor, filter: AuditFilter, after?: string): Promise<AuditPage>;
  /** As CSV, in pieces; recorded as a reading. Throws at once, not midway. */
  table(viewer: Actor, filter: AuditFilter): Promise<Sheet>;
  verification(viewer: Actor): Promise<LedgerCheckView>;
  /** Begins a check in the background; throws conflict while one is under way. */
  verify(viewer: Actor): Promise<LedgerCheckView>;
}

const PAGE = 40;

export function createAudit(deps: AuditDeps): Audit {
  const { store, clock, directory, check } = deps;
  return {
    async list(viewer, filter, after) {
      const scope = administering(viewer, directory);
      if (after !== undefined) {
        decodeCursor(after, NEWEST);
      }
      const now = clock.businessNow();
      return store.read(async (db) => {
        const where = await within(db, directory, scope, filter, now);
        const { rows, next } = pageOf(await linesOf(db, where, PAGE, after), PAGE, (r) => [r.at, r.id]);
        const naming = await namingOf(db, directory, rows, now);
        return { items: rows.map((row) => presentAudit(row, naming)), after: next ?? null };
      });
    },
    table: (viewer, filter) => exportAudit(deps, administering(viewer, directory), filter),
    verification: async (viewer) => viewCheck(deps, administering(viewer, directory)),
    async verify(viewer) {
      const scope = administering(viewer, directory);
      if (!(await check.start(scope.personId))) {
        throw conflict('正在核验，请等它结束');
      }
      return viewCheck(deps, scope);
    },
  };
}
