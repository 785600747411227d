/** A list of cases as a workbook: the rows the list shows, with the moments and words a table is wanted for. */
import type { CaseItem } from '@minqing/shared/contract';
import { MINUTES_PER_WORKING_DAY } from '@minqing/shared/time';
import { clockThatMatters, type Actor } from '@minqing/shared/workflow';
import { RESULT_CLASSES } from '@minqing/shared/words';
import { namesOf, unitMinutes, type Listed, type ListQuery, type Names } from '../cases/index.ts';
import type { OutputDeps } from './index.ts';
import { part, type Cell, type Sheet } from '../workbook/index.ts';

/** A case as its row tells it; times in epoch ms. */
export interface CaseLine {
  item: CaseItem;
  place: string;
  authors: string;
  coUnits: string;
  round: number;
  dueAt: number | null;
  submittedAt: number | null;
  dispatchedAt: number | null;
  repliedAt: number | null;
  closedAt: number | null;
  /** Minutes of working time the unit took. */
  used: number | null;
  result: string | null;
}

export const CASES = part('民情', (lines: readonly CaseLine[]) => lines, [
  ['编号', 16, ({ item }) => item.number],
  ['标题', 44, ({ item }) => item.title, 'wrapped'],
  ['状态', 10, ({ item }) => item.stateLabel],
  ['下一步', 24, ({ item }) => item.next],
  ['地区', 10, ({ item }) => item.area.name],
  ['类别', 12, ({ item }) => item.category],
  ['地点', 28, (line) => line.place, 'wrapped'],
  ['委员', 16, (line) => line.authors],
  ['提交时间', 17, (line) => line.submittedAt, 'moment'],
  ['交办时间', 17, (line) => line.dispatchedAt, 'moment'],
  ['主办单位', 22, ({ item }) => item.lead?.name ?? null],
  ['协办单位', 22, (line) => line.coUnits, 'wrapped'],
  ['轮次', 6, (line) => line.round, 'count'],
  ['时限', 17, (line) => line.dueAt, 'moment'],
  ['还剩或超期', 16, ({ item }) => item.left?.text ?? null],
  ['答复时间', 17, (line) => line.repliedAt, 'moment'],
  ['部门用时（工作日）', 18, ({ used }) => (used === null ? null : workingDays(used)), 'decimal'],
  ['答复结果', 12, (line) => line.result],
  ['办结时间', 17, (line) => line.closedAt, 'moment'],
  ['评价（星）', 10, ({ item }) => item.rating, 'count'],
]);

const workingDays = (minutes: number): number => Math.round((minutes / MINUTES_PER_WORKING_DAY) * 10) / 10;

/** The sheet of the list; its pages are read while it is written. Throws when the viewer does not sit at that desk. */
export function caseSheet(deps: OutputDeps, viewer: Actor, query: ListQuery): Sheet {
  return { ...CASES, pages: pages(deps, deps.cases.every(viewer, query)) };
}

async function* pages(
  deps: OutputDeps,
  listed: AsyncIterable<Listed[]>,
): AsyncGenerator<Cell[][], void, undefined> {
  for await (const page of listed) {
    const authors = page.flatMap(({ c }) => c.authors.map((a) => a.personId));
    const names = await deps.store.read((db) => namesOf(db, authors));
    yield CASES.cells(page.map((row) => lineOf(row, names)));
  }
}

function lineOf({ item, c, sight, world }: Listed, names: Names): CaseLine {
  const clock = clockThatMatters(c);
  const reply = c.releasedAt === null ? undefined : c.replies.at(-1);
  const authors = c.authors.filter((a) => a.joined !== 'declined' && a.joined !== 'left');
  const co = c.assignments.filter((a) => a.part === 'co' && a.round === c.round && a.state !== 'cancelled');
  return {
    item,
    place: c.content.place.text,
    authors: sight.names ? authors.map((a) => names(a.personId).name).join('、') : '匿名委员',
    coUnits: co.map((a) => world.unit(a.unitId)?.name ?? '（已撤销单位）').join('、'),
    round: c.round,
    dueAt: clock && clock.pausedAt === null ? clock.dueAt : null,
    submittedAt: c.submittedAt,
    dispatchedAt: c.firstDispatchedAt,
    repliedAt: c.releasedAt,
    closedAt: c.closedAt,
    used: unitMinutes(c, world.calendar)?.used ?? null,
    result: reply ? RESULT_CLASSES[reply.class] : null,
  };
}
