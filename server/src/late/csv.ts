/** All late cases as a table for a spreadsheet, read page by page. */
import { lateUnitId } from '@minqing/shared/statistics';
import type { LateFilter } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { BOM, csvLine } from '../csv.ts';
import { isUnits, presentLate } from './present.ts';
import { pageCases, type Watching } from './queries.ts';
import { watching, type WatchDeps } from './watch.ts';

const PAGE = 200;
const HEAD = [
  '编号',
  '标题',
  '地区',
  '单位',
  '环节',
  '超期',
  '时限',
  '原因',
  '单位的责任',
  '轮到谁',
  '轮次',
  '催办',
];
/** The table in pieces, so that neither side ever holds all of it. Throws when the viewer may not watch there. */
export function lateTable(deps: WatchDeps, viewer: Actor, filter: LateFilter): AsyncIterable<string> {
  // Before the first piece: a refusal after it could only cut the file short.
  return pieces(deps, viewer, watching(deps, viewer, filter));
}

async function* pieces(deps: WatchDeps, viewer: Actor, w: Watching): AsyncGenerator<string, void, undefined> {
  yield BOM + csvLine(HEAD);
  for (let after: string | undefined; ;) {
    const page = await pageCases(deps, w, { limit: PAGE, after });
    const lines = page.rows.flatMap((row) => {
      const item = presentLate(row, viewer, { ...deps, now: w.now, mayUrge: false });
      if (!item) {
        return [];
      }
      const unit = deps.directory.unit(lateUnitId(row.c) ?? '')?.name ?? '';
      return [
        csvLine([
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
          String(row.c.round),
          item.urgedText,
        ]),
      ];
    });
    yield lines.join('');
    if (page.next === undefined) {
      return;
    }
    after = page.next;
  }
}
