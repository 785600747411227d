/** What stands still as a workbook. */
import type { StuckPage } from '@minqing/shared/contract';
import { momentCell, part, yesCell, type Book } from '../workbook/index.ts';

export const STUCK_BOOK: Book<StuckPage> = {
  name: '卡住的民情',
  parts: [
    part('卡住的民情', ({ items }) => items, [
      ['编号', 18, (item) => item.number],
      ['标题', 44, (item) => item.title, 'wrapped'],
      ['地区', 12, (item) => item.area],
      ['哪一类', 16, (item) => item.kindLabel],
      ['怎么了', 44, (item) => item.what, 'wrapped'],
      ['怎么修', 30, (item) => item.repair, 'wrapped'],
      ['能自动修', 10, (item) => yesCell(item.fixable)],
      ['从什么时候起', 18, (item) => momentCell(item.since), 'moment'],
      ['对象编号', 40, (item) => item.subject],
    ]),
  ],
};
