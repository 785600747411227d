/** Late: what is past due, why, and whose move it is, for those who watch. The only door of this folder. */
import type { LateFilter, LateGroupPage, LateItemPage, LateSummary } from '@minqing/shared/contract';
import type { Actor, Decision } from '@minqing/shared/workflow';
import type { Tx } from '../store/index.ts';
import { lateTable } from './csv.ts';
import { recordRunning, remakeRunning } from './running.ts';
import {
  listGroups,
  listItems,
  summarize,
  type GroupQuery,
  type ItemQuery,
  type WatchDeps,
} from './watch.ts';

export interface Late {
  /** Keeps what is watched beside the case, in the decision's own transaction. */
  record(tx: Tx, change: { decision: Decision }): Promise<void>;
  /** Makes what is watched anew when it was made by other rules; answers how many rows. */
  remake(): Promise<number>;
  summary(viewer: Actor, filter: LateFilter): Promise<LateSummary>;
  groups(viewer: Actor, query: GroupQuery): Promise<LateGroupPage>;
  items(viewer: Actor, query: ItemQuery): Promise<LateItemPage>;
  /** As CSV, in pieces. Throws at once, not midway, when the viewer may not watch there. */
  table(viewer: Actor, filter: LateFilter): AsyncIterable<string>;
}

export function createLate(deps: WatchDeps): Late {
  return {
    record: (tx, { decision }) => recordRunning(tx, deps.calendars, decision),
    remake: () => remakeRunning(deps.store, deps.calendars),
    summary: (viewer, filter) => summarize(deps, viewer, filter),
    groups: (viewer, query) => listGroups(deps, viewer, query),
    items: (viewer, query) => listItems(deps, viewer, query),
    table: (viewer, filter) => lateTable(deps, viewer, filter),
  };
}
