/** Reading what is late: the sentence, the groups, the cases of one group, and all of them as a table. */
import type {
  LateFilter,
  LateGroupPage,
  LateGrouping,
  LateItemPage,
  LateSummary,
} from '@minqing/shared/contract';
import { LATE_REASONS, MOVERS, type LateMover } from '@minqing/shared/statistics';
import { isoShanghaiFull } from '@minqing/shared/time';
import { spec, type Actor } from '@minqing/shared/workflow';
import type { Desk } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/index.ts';
import { presentGroup, presentLate, type Presenting } from './present.ts';
import {
  countGroups,
  countLate,
  countRunning,
  lateParts,
  pageCases,
  pageGroups,
  stageCounts,
  tallyLate,
  type Watching,
} from './queries.ts';
import { watchDesk, watchDesks } from './scope.ts';
import { asOfText, detailOf, isUnitReason, reasonCounts, sentenceOf } from './words.ts';

export interface WatchDeps extends Presenting {
  store: Store;
  clock: Clock;
}

export interface GroupQuery extends LateFilter {
  by: LateGrouping;
  /** Also groups that have cases and nothing late. */
  all: boolean;
  after?: string | undefined;
}

export interface ItemQuery extends LateFilter {
  by: LateGrouping;
  key: string;
  after?: string | undefined;
  limit?: number | undefined;
}

const GROUPS = 20;
const ITEMS = 20;
const MOST_ITEMS = 50;

/** Whether somebody at this desk may urge at all: the workflow's to say. */
export const mayUrgeAt = (desk: Pick<Desk, 'role'>): boolean =>
  (spec('urge').who as readonly string[]).includes(desk.role);

/** The filter at a desk of the viewer, at this moment. Throws forbidden for a desk that is not theirs. */
export function watching(deps: Pick<WatchDeps, 'clock'>, viewer: Actor, filter: LateFilter): Watching {
  const { desk, ...narrow } = filter;
  return { desk: watchDesk(viewer, desk), now: deps.clock.businessNow(), filter: narrow };
}

const titleOf = (deps: WatchDeps, desk: Desk): string =>
  (desk.unitId && desk.role !== 'inspector' && desk.role !== 'leader'
    ? deps.directory.unit(desk.unitId)?.name
    : deps.directory.area(desk.areaId)?.name) ?? '';

/** The sentence, why, where and whose move, from one tally. */
export async function summarize(deps: WatchDeps, viewer: Actor, filter: LateFilter): Promise<LateSummary> {
  const w = watching(deps, viewer, filter);
  const [tallies, { running, soon }] = await Promise.all([tallyLate(deps, w), countRunning(deps, w)]);
  const narrowed = tallies.filter(
    (t) => (!filter.area || t.area === filter.area) && (!filter.mover || t.mover === filter.mover),
  );
  const reasons = reasonCounts(narrowed);
  const late = reasons.reduce((sum, r) => sum + r.count, 0);
  const notUnit = narrowed.reduce(
    (sum, t) => sum + (isUnitReason(t.reason) && t.mover !== 'platform' ? 0 : t.count),
    0,
  );
  const sums = (of: 'area' | 'mover'): [string, number][] => {
    const found = new Map<string, number>();
    tallies.forEach((t) => found.set(t[of], (found.get(t[of]) ?? 0) + t.count));
    return [...found].toSorted((a, b) => b[1] - a[1]);
  };
  return {
    desk: {
      id: w.desk.id,
      title: titleOf(deps, w.desk),
      area: deps.directory.area(w.desk.areaId)?.name ?? '',
    },
    desks: watchDesks(viewer).map((desk) => ({ id: desk.id, title: titleOf(deps, desk) })),
    sentence: sentenceOf(late, notUnit),
    detail: detailOf(running, soon, reasons),
    late,
    notUnit,
    running,
    soon,
    reasons: reasons.map(({ id, count }) => {
      const { label, unit } = LATE_REASONS[id];
      return { id, label, count, unit };
    }),
    areas: sums('area').map(([id, count]) => ({ id, name: deps.directory.area(id)?.name ?? '', count })),
    movers: sums('mover').flatMap(([id, count]) =>
      id in MOVERS ? [{ id: id as LateMover, label: MOVERS[id as LateMover], count }] : [],
    ),
    mayUrge: mayUrgeAt(w.desk),
    asOf: isoShanghaiFull(w.now),
    asOfText: asOfText(w.now),
  };
}

/** A page of groups. */
export async function listGroups(deps: WatchDeps, viewer: Actor, query: GroupQuery): Promise<LateGroupPage> {
  const { by, all, after, ...filter } = query;
  const w = watching(deps, viewer, filter);
  const page = await pageGroups(deps, w, { by, all, after, limit: GROUPS });
  const keys = page.rows.map((row) => row.key);
  const [parts, stages, total] = await Promise.all([
    lateParts(deps, w, by, keys),
    stageCounts(deps, w, by, keys),
    countGroups(deps, w, by),
  ]);
  return {
    items: page.rows.map((row) => presentGroup(by, row, parts, stages, { ...deps, now: w.now })),
    after: page.next ?? null,
    total,
  };
}

/** A page of the late cases of one group, the oldest miss first. */
export async function listItems(deps: WatchDeps, viewer: Actor, query: ItemQuery): Promise<LateItemPage> {
  const { by, key, after, limit, ...filter } = query;
  const w = watching(deps, viewer, filter);
  const page = await pageCases(deps, w, {
    in: { by, key },
    after,
    limit: Math.min(limit ?? ITEMS, MOST_ITEMS),
  });
  const p = { ...deps, now: w.now, mayUrge: mayUrgeAt(w.desk) };
  return {
    items: page.rows.flatMap((row) => presentLate(row, viewer, p) ?? []),
    after: page.next ?? null,
    total: await countLate(deps, w, { by, key }),
  };
}
