/** Late: what is past due, why, and whose move it is, for those who watch. The only door of this folder. */
import type {
  LateFilter,
  LateGroupPage,
  LateItemPage,
  LateSummary,
  UrgePreview,
  UrgesView,
} from '@minqing/shared/contract';
import type { Actor, Decision } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Tx } from '../store/index.ts';
import type { Sheet } from '../workbook/index.ts';
import { lateTable } from './table.ts';
import { recordRunning, remakeRunning } from './running.ts';
import { previewUrges, type Selection } from './urge.select.ts';
import { createUrgeWorker, URGES_DOOR, type UrgeWorker, type UrgeWorkerDeps } from './urge.worker.ts';
import { startUrges, viewUrges, type Wish } from './urges.ts';
import { listGroups, listItems, summarize, type GroupQuery, type ItemQuery } from './watch.ts';

export interface Late {
  /** Keeps what is watched beside the case, in the decision's own transaction. */
  record(tx: Tx, change: { decision: Decision }): Promise<void>;
  /** Makes what is watched anew when it was made by other rules; answers how many rows. */
  remake(): Promise<number>;
  summary(viewer: Actor, filter: LateFilter): Promise<LateSummary>;
  groups(viewer: Actor, query: GroupQuery): Promise<LateGroupPage>;
  items(viewer: Actor, query: ItemQuery): Promise<LateItemPage>;
  /** As CSV, in pieces. Throws at once, not midway, when the viewer may not watch there. */
  table(viewer: Actor, filter: LateFilter): Sheet;
  /** What an urge of these cases would say and whom it would reach; nothing is sent. */
  previewUrges(viewer: Actor, selection: Selection): Promise<UrgePreview>;
  /** Keeps the wish to urge; the worker does it. The same key and wish answer the first again. */
  startUrges(viewer: Actor, wish: Wish, key: string): Promise<UrgesView>;
  /** How far a wish of the viewer's has come. */
  urges(viewer: Actor, id: string): Promise<UrgesView>;
  worker: UrgeWorker;
}

/** `directory` is told platforms' names by whoever connects them. */
export function createLate({
  directory,
  platformName,
  ...more
}: Omit<UrgeWorkerDeps, 'directory'> & {
  directory: Directory;
  platformName(id: string): string;
}): Late {
  const deps: UrgeWorkerDeps = { ...more, directory: { ...directory, platform: platformName } };
  const worker = createUrgeWorker(deps);
  return {
    record: (tx, { decision }) => recordRunning(tx, deps.calendars, decision),
    remake: () => remakeRunning(deps.store, deps.calendars),
    summary: (viewer, filter) => summarize(deps, viewer, filter),
    groups: (viewer, query) => listGroups(deps, viewer, query),
    items: (viewer, query) => listItems(deps, viewer, query),
    table: (viewer, filter) => lateTable(deps, viewer, filter),
    previewUrges: (viewer, selection) => previewUrges(deps, viewer, selection),
    async startUrges(viewer, wish, key) {
      const view = await startUrges(deps, viewer, wish, key);
      worker.wake();
      return view;
    },
    urges: (viewer, id) => viewUrges(deps, viewer, id),
    worker,
  };
}

/** What one urge of many tells by itself: nothing, since its unit hears of all of them in one notice. */
export function ownTells<T extends { decision: Decision; request: { door: string } }>(change: T): T {
  return change.request.door === URGES_DOOR
    ? { ...change, decision: { ...change.decision, tells: [] } }
    : change;
}
