/** All late cases as a sheet of a workbook, read page by page. */
import { lateUnitId } from '@minqing/shared/statistics';
import type { LateFilter } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Cell, Column, Sheet } from '../workbook/index.ts';
import { isUnits, presentLate } from './present.ts';
import { pageCases, type Watching } from './queries.ts';
import { watching, type WatchDeps } from './watch.ts';

const PAGE = 200;
const COLUMNS: readonly Column[] = [
  { head: '编号', width: 16 },
  { head: '标题', width: 44, kind: 'wrapped' },
  { head: '地区', width: 10 },
  { head: '单位', width: 22 },
  { head: '环节', width: 12 },
  { head: '超期', width: 16 },
  { head: '时限', width: 40 },
  { head: '原因', width: 14 },
  { head: '单位的责任', width: 12 },
  { head: '轮到谁', width: 26 },
  { head: '轮次', width: 6, kind: 'count' },
  { head: '催办', width: 26, kind: 'wrapped' },
];

/** The sheet; its pages are read while it is written. Throws when the viewer may not watch there. */
export function lateTable(deps: WatchDeps, viewer: Actor, filter: LateFilter): Sheet {
  // Before the first piece: a refusal after it could only cut the file short.
  return { name: '超期', columns: COLUMNS, pages: pages(deps, viewer, watching(deps, viewer, filter)) };
}

async function* pages(
  deps: WatchDeps,
  viewer: Actor,
  w: Watching,
): AsyncGenerator<Cell[][], void, undefined> {
  for (let after: string | undefined; ;) {
    const page = await pageCases(deps, w, { limit: PAGE, after });
    yield page.rows.flatMap((row): Cell[][] => {
      const item = presentLate(row, viewer, { ...deps, now: w.now, mayUrge: false });
      if (!item) {
        return [];
      }
      const unit = deps.directory.unit(lateUnitId(row.c) ?? '')?.name ?? '';
      return [
        [
          item.number,
          item.title,
          item.area,
          unit,
          item.stageText,
          item.overText,
          item.dueText,
          item.tag,
          isUnits(row.c, item.reason) ? '是' : '否',
          item.moveText,
          row.c.round,
          item.urgedText,
        ],
      ];
    });
    if (page.next === undefined) {
      return;
    }
    after = page.next;
  }
}
