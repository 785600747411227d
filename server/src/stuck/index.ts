/** What stands still and would not move by itself: finding it, telling it, putting it right. The only door of this folder. */
import type { StuckPage, StuckRepaired } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import { GOVERNMENT_STATES, type Actor } from '@minqing/shared/workflow';
import type { CaseState } from '@minqing/shared/words';
import { conflict, notFound } from '../errors.ts';
import { administering, type Administering } from '../people/index.ts';
import {
  changeOnce,
  decodeCursor,
  keyset,
  pageOf,
  type ChangeRequest,
  type KeysetColumn,
} from '../store/index.ts';
import { findStuck } from './find.ts';
import { createStuckJob, type Scan, type StuckJob } from './job.ts';
import { STUCK_KINDS, type CheckDeps, type Finding, type StuckDeps, type StuckKind } from './model.ts';
import { keepFindings } from './records.ts';
import { repairCase, repairRow, type Repaired } from './repair.ts';

export { STUCK_BOOK } from './table.ts';
export { findAllStuck, findStuck } from './find.ts';
export { STUCK_KINDS, type CheckDeps, type Finding } from './model.ts';
export type { Repaired } from './repair.ts';

/** Everything is of the viewer's areas. Throws forbidden unless the viewer is an administrator. */
export interface Stuck {
  list(viewer: Actor, after?: string): Promise<StuckPage>;
  count(viewer: Actor): Promise<number>;
  /** Goes through everything open, in the background. */
  ask(viewer: Actor): Promise<StuckPage>;
  /** Puts right what can be, of these subjects or of all: at most a hundred a call. */
  repair(viewer: Actor, subjects: readonly string[] | 'all', request: ChangeRequest): Promise<StuckRepaired>;
  /** For the command: nobody asks, every area. What is left is told as well. */
  repairSubject(subject: Subject): Promise<Repaired & { left: Finding[] }>;
  job: StuckJob;
  /** What it looks with, for the command. */
  deps: CheckDeps;
  /** Things that stand still now, for the metrics. */
  total(): Promise<number>;
}

interface Subject {
  subject: string;
  case_id: string | null;
}

const PAGE = 50;
const MOST_AT_ONCE = 100;
/** Counted exactly up to here; a larger number says nothing more. */
const COUNT_CAP = 999;
const OLDEST: readonly KeysetColumn[] = [
  { column: 'stuck.since', direction: 'asc', type: 'number' },
  { column: 'stuck.subject', direction: 'asc', type: 'string' },
  { column: 'stuck.kind', direction: 'asc', type: 'string' },
];

export function createStuck(deps: StuckDeps): Stuck {
  const { store, clock, directory } = deps;
  const job = createStuckJob(deps);
  const scopeOf = (viewer: Actor): Administering => administering(viewer, directory);
  /** What belongs to no area any more is for those who administer a topmost one. */
  const areasOf = (scope: Administering): string[] =>
    directory.areas().some((area) => area.parentId === null && scope.covers(area.id))
      ? [...scope.areaIds, '']
      : [...scope.areaIds];

  async function list(viewer: Actor, after?: string): Promise<StuckPage> {
    const scope = scopeOf(viewer);
    if (after !== undefined) {
      decodeCursor(after, OLDEST);
    }
    const now = clock.businessNow();
    const scan = await job.scan();
    return store.read(async (db) => {
      const query = db
        .selectFrom('stuck')
        .leftJoin('cases', 'cases.id', 'stuck.case_id')
        .selectAll('stuck')
        .select(['cases.number', 'cases.title', 'cases.state'])
        .where('stuck.area_id', 'in', areasOf(scope));
      const { rows, next } = pageOf(await keyset(query, OLDEST, PAGE, after).execute(), PAGE, (row) => [
        row.since,
        row.subject,
        row.kind,
      ]);
      return {
        items: rows.map((row) => ({
          subject: row.subject,
          caseId: row.case_id,
          number: row.number ?? '',
          title: GOVERNMENT_STATES.includes(row.state as CaseState) ? (row.title ?? '') : '',
          area: directory.area(row.area_id)?.name ?? '',
          kind: row.kind as StuckKind,
          kindLabel: STUCK_KINDS[row.kind as StuckKind],
          what: row.what,
          repair: row.repair,
          fixable: row.fixable === 1,
          since: isoShanghaiFull(row.since),
          sinceText: momentText(row.since, now),
        })),
        after: next ?? null,
        total: await countIn(scope),
        running: scan.cursor !== null,
        sentence: sentenceOf(scan, now),
      };
    });
  }

  async function countIn(scope: Administering): Promise<number> {
    const rows = await store.read((db) =>
      db
        .selectFrom('stuck')
        .select('subject')
        .distinct()
        .where('area_id', 'in', areasOf(scope))
        .limit(COUNT_CAP)
        .execute(),
    );
    return rows.length;
  }

  async function subjectsOf(scope: Administering, subjects: readonly string[] | 'all'): Promise<Subject[]> {
    const rows = await store.read((db) =>
      db
        .selectFrom('stuck')
        .select(['subject', 'case_id'])
        .distinct()
        .where('area_id', 'in', areasOf(scope))
        .$if(subjects === 'all', (qb) => qb.where('fixable', '=', 1))
        .$if(subjects !== 'all', (qb) => qb.where('subject', 'in', [...subjects]))
        .orderBy('subject')
        .limit(MOST_AT_ONCE + 1)
        .execute(),
    );
    if (subjects !== 'all' && rows.length === 0) {
      throw notFound('它已经好了，或不归您管');
    }
    return rows;
  }

  /** One subject put right, and what is kept of it brought up to date. */
  async function repairOne(
    { subject, case_id }: Subject,
    personId: string | null,
  ): Promise<Repaired & { left: Finding[] }> {
    const repaired =
      case_id === null ? await repairRow(deps, subject, personId) : await repairCase(deps, case_id, personId);
    const left = case_id === null ? [] : await findStuck(deps, case_id);
    await store.transact((tx) => keepFindings(tx, subject, left, clock.businessNow()));
    return { ...repaired, left };
  }

  return {
    job,
    deps,
    list,
    count: async (viewer) => countIn(scopeOf(viewer)),
    async ask(viewer) {
      scopeOf(viewer);
      if ((await job.scan()).cursor !== null) {
        throw conflict('正在检查，请等它结束');
      }
      await job.ask();
      return list(viewer);
    },
    async repair(viewer, subjects, request) {
      const scope = scopeOf(viewer);
      const found = await subjectsOf(scope, subjects);
      // Repairing twice is repairing once, so the work itself stands outside the memory of what was done.
      await changeOnce(store, request, clock.machineNow(), async () => 'repair');
      const lines: StuckRepaired['lines'] = [];
      for (const one of found.slice(0, MOST_AT_ONCE)) {
        const { done, left } = await repairOne(one, scope.personId);
        lines.push({ subject: one.subject, done, left: left.map((f) => f.what) });
      }
      return {
        repaired: lines.filter((line) => line.done.length > 0).length,
        left: lines.filter((line) => line.left.length > 0).length,
        lines,
        more: found.length > MOST_AT_ONCE,
      };
    },
    repairSubject: (subject) => repairOne(subject, null),
    async total() {
      const { n } = await store.read((db) =>
        db
          .selectFrom('stuck')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow(),
      );
      return Number(n);
    },
  };
}

function sentenceOf(scan: Scan, now: number): string {
  if (scan.cursor !== null) {
    return `正在检查，已看 ${scan.looked.toLocaleString('en-US')} 件，不影响办理。`;
  }
  if (scan.endedAt === null) {
    return '还没有全面检查过。新近有变化的民情每分钟检查一次。';
  }
  return `${momentText(scan.endedAt, now)} 全面检查过，看了 ${scan.looked.toLocaleString('en-US')} 件；新近有变化的每分钟检查一次。`;
}
