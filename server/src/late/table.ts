/** All late cases as a sheet of a workbook, read page by page. */
import { lateUnitId } from '@minqing/shared/statistics';
import type { LateFilter, LateItem } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { part, yesCell, type Cell, type Sheet } from '../workbook/index.ts';
import { isUnits, presentLate } from './present.ts';
import { pageCases, type Watching } from './queries.ts';
import { watching, type WatchDeps } from './watch.ts';

const PAGE = 200;
/** A late case as its row tells it. */
export interface LateLine {
  item: LateItem;
  unit: string;
  /** It is for the unit to end. */
  own: boolean;
  round: number;
}

export const LATE = part('超期', (lines: readonly LateLine[]) => lines, [
  ['编号', 16, ({ item }) => item.number],
  ['标题', 44, ({ item }) => item.title, 'wrapped'],
  ['地区', 10, ({ item }) => item.area],
  ['单位', 22, ({ unit }) => unit],
  ['环节', 12, ({ item }) => item.stageText],
  ['超期', 16, ({ item }) => item.overText],
  ['时限', 40, ({ item }) => item.dueText],
  ['原因', 14, ({ item }) => item.tag],
  ['单位的责任', 12, ({ own }) => yesCell(own)],
  ['轮到谁', 26, ({ item }) => item.moveText],
  ['轮次', 6, ({ round }) => round, 'count'],
  ['催办', 26, ({ item }) => item.urgedText, 'wrapped'],
]);

/** The sheet; its pages are read while it is written. Throws when the viewer may not watch there. */
export function lateTable(deps: WatchDeps, viewer: Actor, filter: LateFilter): Sheet {
  // Before the first piece: a refusal after it could only cut the file short.
  return { ...LATE, pages: pages(deps, viewer, watching(deps, viewer, filter)) };
}

async function* pages(
  deps: WatchDeps,
  viewer: Actor,
  w: Watching,
): AsyncGenerator<Cell[][], void, undefined> {
  for (let after: string | undefined; ;) {
    const page = await pageCases(deps, w, { limit: PAGE, after });
    yield LATE.cells(
      page.rows.flatMap((row): LateLine[] => {
        const item = presentLate(row, viewer, { ...deps, now: w.now, mayUrge: false });
        const unit = deps.directory.unit(lateUnitId(row.c) ?? '')?.name ?? '';
        return item ? [{ item, unit, own: isUnits(row.c, item.reason), round: row.c.round }] : [];
      }),
    );
    if (page.next === undefined) {
      return;
    }
    after = page.next;
  }
}
