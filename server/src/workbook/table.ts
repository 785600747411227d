/** What a list's workbook is: beside the list stands which columns it has and what of a row each holds. */
import type { Cell, Column, Sheet } from './workbook.ts';
import type { ColumnKind } from './workbook.parts.ts';

/** Head, width in characters (a Chinese one takes two), what stands in the cell, and its kind where it is not plain text. */
export type ColumnOf<Row> = readonly [
  head: string,
  width: number,
  cell: (row: Row) => Cell,
  kind?: ColumnKind,
];

/** One sheet of a list: which rows an answer of the list holds, and their cells. */
export interface Part<Answer> {
  name: string;
  columns: readonly Column[];
  cells(answer: Answer): Cell[][];
}

/** The workbook of a list. An answer that is a page has one sheet, which goes on with the pages that follow. */
export interface Book<Answer> {
  /** Of the file, and of the list in the audit log. */
  name: string;
  parts: readonly [Part<Answer>, ...Part<Answer>[]];
}

/** Defines a sheet. */
export function part<Answer, Row>(
  name: string,
  rowsOf: (answer: Answer) => readonly Row[],
  columns: readonly ColumnOf<Row>[],
): Part<Answer> {
  return {
    name,
    columns: columns.map(([head, width, , kind = 'text']) => ({ head, width, kind })),
    cells: (answer) => rowsOf(answer).map((row) => columns.map(([, , cell]) => cell(row))),
  };
}

/** An instant as a cell of kind `moment` or `date` takes it; empty where there is none. */
export const momentCell = (iso: string | null): Cell => (iso === null ? null : Date.parse(iso));
export const yesCell = (yes: boolean): Cell => (yes ? '是' : '否');
/** Several texts in one cell, a line each. */
export const linesCell = (lines: readonly string[]): Cell => lines.join('\n');

/**
 * The sheets of a list: its first answer, and where that is a page, those behind it, each read when it is written.
 * `read` gets the cursor of the page before.
 */
export function sheetsOf<Answer extends object>(
  { parts: [first, ...others] }: Book<Answer>,
  answer: Answer,
  read: (after: string) => Promise<Answer>,
): Sheet[] {
  return [
    { ...first, pages: pagesFrom(first, answer, read) },
    ...others.map((one) => ({ ...one, pages: [one.cells(answer)] })),
  ];
}

async function* pagesFrom<Answer extends object>(
  one: Part<Answer>,
  answer: Answer,
  read: (after: string) => Promise<Answer>,
): AsyncGenerator<Cell[][], void, undefined> {
  for (let page = answer; ;) {
    yield one.cells(page);
    const after = cursorOf(page);
    if (after === null) {
      return;
    }
    page = await read(after);
  }
}

/** Pages carry the cursor of the next one as `after`. */
const cursorOf = (page: object): string | null =>
  'after' in page && typeof page.after === 'string' ? page.after : null;
