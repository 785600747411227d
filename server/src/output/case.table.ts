/** A list of cases as a workbook: the rows the list shows, with the moments and words a table is wanted for. */
import { MINUTES_PER_WORKING_DAY } from '@minqing/shared/time';
import { clockThatMatters, type Actor } from '@minqing/shared/workflow';
import { RESULT_CLASSES } from '@minqing/shared/words';
import { namesOf, unitMinutes, type Listed, type ListQuery, type Names } from '../cases/index.ts';
import type { OutputDeps } from './index.ts';
import type { Cell, Column, Sheet } from '../workbook/index.ts';

const COLUMNS: readonly Column[] = [
  { head: '编号', width: 16 },
  { head: '标题', width: 44, kind: 'wrapped' },
  { head: '状态', width: 10 },
  { head: '下一步', width: 24 },
  { head: '地区', width: 10 },
  { head: '类别', width: 12 },
  { head: '地点', width: 28, kind: 'wrapped' },
  { head: '委员', width: 16 },
  { head: '提交时间', width: 17, kind: 'moment' },
  { head: '交办时间', width: 17, kind: 'moment' },
  { head: '主办单位', width: 22 },
  { head: '协办单位', width: 22, kind: 'wrapped' },
  { head: '轮次', width: 6, kind: 'count' },
  { head: '时限', width: 17, kind: 'moment' },
  { head: '还剩或超期', width: 16 },
  { head: '答复时间', width: 17, kind: 'moment' },
  { head: '部门用时（工作日）', width: 18, kind: 'decimal' },
  { head: '答复结果', width: 12 },
  { head: '办结时间', width: 17, kind: 'moment' },
  { head: '评价（星）', width: 10, kind: 'count' },
];

/** The sheet of the list; its pages are read while it is written. Throws when the viewer does not sit at that desk. */
export function caseSheet(deps: OutputDeps, viewer: Actor, query: ListQuery): Sheet {
  return { name: '民情', columns: COLUMNS, pages: pages(deps, deps.cases.every(viewer, query)) };
}

async function* pages(
  deps: OutputDeps,
  listed: AsyncIterable<Listed[]>,
): AsyncGenerator<Cell[][], void, undefined> {
  for await (const page of listed) {
    const authors = page.flatMap(({ c }) => c.authors.map((a) => a.personId));
    const names = await deps.store.read((db) => namesOf(db, authors));
    yield page.map((row) => cellsOf(row, names));
  }
}

function cellsOf({ item, c, sight, world }: Listed, names: Names): Cell[] {
  const clock = clockThatMatters(c);
  const used = unitMinutes(c, world.calendar)?.used;
  const reply = c.releasedAt === null ? undefined : c.replies.at(-1);
  const authors = c.authors.filter((a) => a.joined !== 'declined' && a.joined !== 'left');
  const co = c.assignments.filter((a) => a.part === 'co' && a.round === c.round && a.state !== 'cancelled');
  return [
    item.number,
    item.title,
    item.stateLabel,
    item.next,
    item.area.name,
    item.category,
    c.content.place.text,
    sight.names ? authors.map((a) => names(a.personId).name).join('、') : '匿名委员',
    c.submittedAt,
    c.firstDispatchedAt,
    item.lead?.name ?? null,
    co.map((a) => world.unit(a.unitId)?.name ?? '（已撤销单位）').join('、'),
    c.round,
    clock && clock.pausedAt === null ? clock.dueAt : null,
    item.left?.text ?? null,
    c.releasedAt,
    used === undefined ? null : Math.round((used / MINUTES_PER_WORKING_DAY) * 10) / 10,
    reply ? RESULT_CLASSES[reply.class] : null,
    c.closedAt,
    item.rating,
  ];
}
