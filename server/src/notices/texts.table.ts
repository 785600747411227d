/** The words of notices and cards as a workbook. */
import type { TextsAdmin } from '@minqing/shared/contract';
import { part, yesCell, type Book } from '../workbook/index.ts';

export const TEXT_BOOK: Book<TextsAdmin> = {
  name: '通知与卡片文字',
  parts: [
    part('文字', ({ items }) => items.flatMap((one) => one.fields.map((field) => ({ one, field }))), [
      ['哪一条', 26, ({ one }) => one.name],
      ['发给', 18, ({ one }) => one.to],
      ['方式', 8, ({ one }) => (one.channel === 'card' ? '卡片' : '通知')],
      ['哪一处', 12, ({ field }) => field.label],
      ['现在的文字', 60, ({ field }) => field.words, 'wrapped'],
      ['原样', 60, ({ field }) => field.standard, 'wrapped'],
      ['改过', 8, ({ field }) => yesCell(field.words !== field.standard)],
      ['出自', 14, ({ one }) => (one.own ? '本地设置' : (one.from?.name ?? '产品自带'))],
      ['最多几个字', 10, ({ field }) => field.max, 'count'],
    ]),
  ],
};
