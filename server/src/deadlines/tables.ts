/** 工作日历 and 时限与规则 as workbooks. */
import type { CalendarView, PolicyView } from '@minqing/shared/contract';
import { POLICY_KINDS } from '@minqing/shared/policies';
import { weekdayText } from '@minqing/shared/time';
import { CLOCKS } from '@minqing/shared/workflow';
import { linesCell, part, yesCell, type Book, type ColumnOf } from '../workbook/index.ts';

type Day = CalendarView['months'][number]['days'][number];
const KINDS: Record<Day['kind'], string> = { work: '上班', half: '半天', off: '不上班' };

export const CALENDAR_BOOK: Book<CalendarView> = {
  name: '工作日历',
  parts: [
    part('全年', ({ months }) => months.flatMap((month) => month.days), [
      ['日期', 14, (day) => day.date],
      ['星期', 8, (day) => weekdayText(day.weekday)],
      ['上不上班', 10, (day) => KINDS[day.kind]],
      ['是什么日子', 24, (day) => day.name],
      [
        '本地改动',
        12,
        (day) => (day.local === 'own' ? '本地改的' : day.local === 'above' ? '上级改的' : null),
      ],
    ]),
    part('每月', ({ months }) => months, [
      ['月', 8, (month) => month.month, 'count'],
      ['工作日', 10, (month) => month.workDays, 'decimal'],
      ['假日', 40, (month) => month.holidays, 'wrapped'],
    ]),
    part('本地改动', ({ localDays }) => localDays, [
      ['日期', 14, (day) => day.date],
      ['哪一天', 20, (day) => day.dateText],
      ['改成', 10, (day) => day.kindText],
      ['说明', 30, (day) => day.reason, 'wrapped'],
      ['哪里改的', 16, (day) => day.area.name],
    ]),
    part('办公时间', ({ hours }) => hours.entries, [
      ['从哪天起', 18, (one) => one.fromText],
      ['办公时间', 44, (one) => one.text, 'wrapped'],
      ['哪里定的', 16, (one) => one.area?.name ?? '产品自带'],
      ['现在用', 8, (one) => yesCell(one.inForce)],
    ]),
    part('最近的改动', ({ changes }) => changes, [
      ['谁', 26, (change) => change.who],
      ['改了什么', 50, (change) => change.words, 'wrapped'],
      ['影响', 30, (change) => change.effect, 'wrapped'],
    ]),
  ],
};

type LimitRow = PolicyView['rows'][number];
const limits = POLICY_KINDS.map((kind): ColumnOf<LimitRow> => [
  CLOCKS[kind].label,
  18,
  ({ cells }) => {
    const cell = cells.find((one) => one.kind === kind);
    return cell ? `${cell.text}${cell.own ? '' : `（${cell.from}）`}` : null;
  },
  'wrapped',
]);

export const POLICY_BOOK: Book<PolicyView> = {
  name: '时限与规则',
  parts: [
    part('时限', ({ rows }) => rows, [['适用', 24, (row) => row.label], ...limits]),
    part('规则', ({ rules }) => rules, [
      ['规则', 26, (rule) => rule.label],
      ['现在', 12, ({ value }) => (typeof value === 'boolean' ? yesCell(value) : `${value}%`)],
      ['出自', 16, (rule) => (rule.own ? '本地设置' : rule.from)],
      ['说明', 60, (rule) => rule.hint, 'wrapped'],
    ]),
    part('版本', ({ versions }) => versions, [
      ['版本', 8, (version) => version.number, 'count'],
      ['发布', 40, (version) => version.text],
      ['说明', 36, (version) => version.note, 'wrapped'],
      ['改了什么', 60, (version) => linesCell(version.changes), 'wrapped'],
    ]),
  ],
};
