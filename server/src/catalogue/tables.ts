/** What areas set, as workbooks: categories with their questions, reasons, reply phrases, the dispatch catalogue. */
import type { CategoriesAdmin, DispatchAdmin, PhrasesAdmin, ReasonsAdmin } from '@minqing/shared/contract';
import { linesCell, part, yesCell, type Book, type ColumnOf, type Part } from '../workbook/index.ts';

type Question = CategoriesAdmin['items'][number]['questions'][number];
const QUESTION_KINDS: Record<Question['kind'], string> = { text: '填写', choice: '单选', date: '日期' };

/** The last changes, as every page of settings shows them. */
export function changesPart<A extends { changes: CategoriesAdmin['changes'] }>(): Part<A> {
  return part('最近的改动', ({ changes }: A) => changes, [
    ['时间', 20, (change) => change.atText],
    ['谁', 14, (change) => change.who],
    ['改了什么', 60, (change) => change.what, 'wrapped'],
    ['已撤销', 8, (change) => yesCell(change.undone)],
  ]);
}

/** 本地设置, 浙江省, 产品自带. */
export const origin: ColumnOf<{ from: { name: string } | null; own: boolean }> = [
  '出自',
  14,
  ({ from, own }) => (own ? '本地设置' : (from?.name ?? '产品自带')),
];

export const CATEGORY_BOOK: Book<CategoriesAdmin> = {
  name: '类别与问题',
  parts: [
    part('类别', ({ items }) => items, [
      ['类别', 18, (one) => one.name],
      ['状态', 8, (one) => (one.active ? '在用' : '已停用')],
      origin,
      ['提示', 10, (one) => (one.notice ? { info: '只提示', stop: '不收' }[one.notice.kind] : null)],
      ['提示的话', 50, (one) => one.notice?.text ?? null, 'wrapped'],
      ['问题数', 8, (one) => one.questions.length, 'count'],
      ['编号', 26, (one) => one.id],
    ]),
    part('问题', ({ items }) => items.flatMap((one) => one.questions.map((asked) => ({ one, asked }))), [
      ['类别', 18, ({ one }) => one.name],
      ['问题', 40, ({ asked }) => asked.label, 'wrapped'],
      ['怎么答', 8, ({ asked }) => QUESTION_KINDS[asked.kind]],
      ['选项', 40, ({ asked }) => linesCell(asked.choices), 'wrapped'],
      ['必填', 8, ({ asked }) => yesCell(asked.required)],
    ]),
    changesPart(),
  ],
};

export const REASON_BOOK: Book<ReasonsAdmin> = {
  name: '理由',
  parts: [
    part('理由', ({ items }) => items.flatMap((one) => one.reasons.map((reason) => ({ one, reason }))), [
      ['用在哪里', 22, ({ one }) => one.label],
      ['谁来选', 18, ({ one }) => one.who],
      ['理由', 44, ({ reason }) => reason, 'wrapped'],
      ['出自', 14, ({ one }) => origin[2](one)],
    ]),
    changesPart(),
  ],
};

export const PHRASE_BOOK: Book<PhrasesAdmin> = {
  name: '答复常用语',
  parts: [
    part('答复常用语', ({ items }) => items, [
      ['给哪个单位', 26, ({ unit }) => unit?.name ?? '所有单位'],
      ['常用语', 70, ({ text }) => text, 'wrapped'],
      origin,
    ]),
    changesPart(),
  ],
};

export const DISPATCH_BOOK: Book<DispatchAdmin> = {
  name: '派单目录',
  parts: [
    part('派单目录', ({ items }) => items, [
      ['类别', 18, (one) => one.category],
      ['关键词', 30, (one) => one.keywords.join('、'), 'wrapped'],
      ['地点', 14, (one) => one.place?.name ?? null],
      ['承办单位', 28, (one) => one.unit.name],
      ['职责依据', 60, (one) => one.basis, 'wrapped'],
      origin,
      ['问题', 30, (one) => one.fault, 'wrapped'],
    ]),
    changesPart(),
  ],
};
