/** Which of the chosen cases an urge reaches, and what it would say: nothing is sent here. */
import { MOST_URGED, type UrgePreview, type urgeSelection } from '@minqing/shared/contract';
import type { Actor, Case } from '@minqing/shared/workflow';
import type { z } from 'zod';
import { forbidden, invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { COLUMN_OF, unitMoves, type Watching } from './queries.ts';
import { every, narrowed, pastDue, watched } from './scope.ts';
import { confirmSentence, notLateAnyMore, partyName, partyOf, type UnitCount } from './urge.words.ts';
import { mayUrgeAt, watching, type WatchDeps } from './watch.ts';

export type Selection = z.output<typeof urgeSelection>;

/** A chosen case: one this desk sees, and why it would not be urged; unseen ones have no case. */
export interface Chosen {
  id: string;
  c: Case | null;
  why: string | null;
}

/** The desk the viewer urges from. Throws forbidden where they may only watch. */
function urging(deps: WatchDeps, viewer: Actor, selection: Selection): Watching {
  const w = watching(deps, viewer, {
    desk: selection.desk,
    reason: selection.reason,
    area: selection.area,
    mover: selection.mover,
  });
  if (!mayUrgeAt(w.desk)) {
    throw forbidden('催办由督查发出，您在这里只能查看');
  }
  return w;
}

/** Ids in the order chosen: those of groups oldest miss first, then those named. */
async function chosenIds(
  db: Reader,
  deps: WatchDeps,
  w: Watching,
  { by, groups, caseIds }: Selection,
): Promise<string[]> {
  const found: string[] = [];
  for (const { key, except } of groups) {
    const rows = await db
      .selectFrom('running_case')
      .select('case_id')
      .where(every(watched(w.desk, deps.directory), pastDue(w.now), narrowed(w.filter), unitMoves))
      .where(`running_case.${COLUMN_OF[by]}`, '=', key)
      .orderBy('due_at')
      .orderBy('case_id')
      .limit(MOST_URGED + 1)
      .execute();
    const out = new Set(except);
    found.push(...rows.map((row) => row.case_id).filter((id) => !out.has(id)));
  }
  const ids = [...new Set([...found, ...caseIds])];
  if (ids.length > MOST_URGED) {
    throw invalidInput([
      { path: 'groups', message: `一次最多催 ${MOST_URGED} 件，现在选了 ${ids.length} 件以上，请分几次催` },
    ]);
  }
  if (ids.length === 0) {
    throw invalidInput([{ path: 'caseIds', message: '请先选要催的民情' }]);
  }
  return ids;
}

/** Every chosen case with what stands in the way of urging it. */
export async function choose(deps: WatchDeps, viewer: Actor, selection: Selection): Promise<Chosen[]> {
  const w = urging(deps, viewer, selection);
  return deps.store.read(async (db) => {
    const ids = await chosenIds(db, deps, w, selection);
    const rows = await db
      .selectFrom('cases')
      .innerJoin('running_case', 'running_case.case_id', 'cases.id')
      .select(['cases.id', 'cases.body_json'])
      .where('cases.id', 'in', ids)
      .where(every(watched(w.desk, deps.directory)))
      .execute();
    const seen = new Map(rows.map((row) => [row.id, JSON.parse(row.body_json) as Case]));
    return ids.map((id) => {
      const c = seen.get(id) ?? null;
      return { id, c, why: c ? notLateAnyMore(c, w.now) : '已经办结，或您不能查看' };
    });
  });
}

/** How many cases each party is urged for, most first. */
export function countParties(
  cases: readonly Case[],
  directory: Parameters<typeof partyName>[1],
): UnitCount[] {
  const counts = new Map<string, number>();
  for (const c of cases) {
    const name = partyName(partyOf(c), directory);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count);
}

/** The sentence to confirm, and exactly the cases it is about. */
export async function previewUrges(
  deps: WatchDeps,
  viewer: Actor,
  selection: Selection,
): Promise<UrgePreview> {
  const chosen = await choose(deps, viewer, selection);
  const kept = chosen.flatMap(({ c, why }) => (c && why === null ? [c] : []));
  const units = countParties(kept, deps.directory);
  return {
    sentence:
      kept.length > 0
        ? confirmSentence(
            units,
            kept.map((c) => c.content.title),
          )
        : '选的都不能催了，请看原因',
    count: kept.length,
    caseIds: kept.map((c) => c.id),
    units,
    leftOut: chosen.flatMap(({ id, c, why }) =>
      why === null ? [] : [{ id, title: c?.content.title ?? '', why }],
    ),
  };
}
