/**
 * Excel workbooks, written row by row into a ZIP as they are read: whatever their length, no more than a page of rows is
 * in memory, and a slow reader slows the reading down.
 */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { noFormula } from './formula.ts';
import { ZipFile } from 'yazl';
import {
  columnName,
  FORMAT,
  frame,
  sheetFoot,
  sheetHead,
  sheetName,
  xmlText,
  type Column,
} from './workbook.parts.ts';

export type { Column } from './workbook.parts.ts';

/** null leaves the cell empty. */
export type Cell = string | number | null;

export interface Sheet {
  name: string;
  columns: readonly Column[];
  /** Pages of rows, in the order of the columns. */
  pages: AsyncIterable<Cell[][]> | Iterable<Cell[][]>;
}

/** Excel holds 1,048,576 rows; what is more goes on in another sheet. */
const MOST_ROWS = 1_000_000;
/** Excel refuses a file with a longer text in one cell. */
const LONGEST_TEXT = 32_000;
const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;
/** Day 0 of Excel's calendar (1899-12-30), counted from 1970-01-01. */
const FIRST_DAY = 25_569;

/** The workbook's bytes. Destroying the stream stops the reading; what reading throws destroys the stream. */
export function workbook(sheets: readonly Sheet[], mostRows = MOST_ROWS): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const stopped = new AbortController();
  const fail = (error: unknown): void => {
    stopped.abort();
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  out.once('close', () => stopped.abort());
  zip.on('error', fail);
  (zip.outputStream as Readable).on('error', fail).pipe(out);
  write(zip, sheets, mostRows, stopped.signal).catch(fail);
  return out;
}

async function write(
  zip: ZipFile,
  sheets: readonly Sheet[],
  mostRows: number,
  signal: AbortSignal,
): Promise<void> {
  const written: { name: string; columns: readonly Column[]; rows: number }[] = [];
  for (const { name, columns, pages } of sheets) {
    let part = 0;
    let rows = 0;
    let sheet: PassThrough | undefined;
    const begin = async (): Promise<PassThrough> => {
      part += 1;
      rows = 1;
      written.push({ name: sheetName(part === 1 ? name : `${name} (${part})`), columns, rows });
      const fresh = new PassThrough();
      zip.addReadStream(fresh, `xl/worksheets/sheet${written.length}.xml`);
      await push(fresh, sheetHead(columns), signal);
      return fresh;
    };
    const end = async (open: PassThrough): Promise<void> => {
      (written.at(-1) as { rows: number }).rows = rows;
      await push(open, sheetFoot(columns, rows), signal);
      open.end();
    };
    sheet = await begin();
    for await (const page of pages) {
      let text = '';
      for (const cells of page) {
        if (rows > mostRows) {
          await push(sheet, text, signal);
          text = '';
          await end(sheet);
          sheet = await begin();
        }
        rows += 1;
        text += rowText(rows, columns, cells);
      }
      await push(sheet, text, signal);
    }
    await end(sheet);
  }
  for (const [path, text] of frame(written)) {
    zip.addBuffer(Buffer.from(text, 'utf8'), path);
  }
  zip.end();
}

/** Writes, and waits while whoever reads has not caught up. */
async function push(to: PassThrough, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (text !== '' && !to.write(text)) {
    await once(to, 'drain', { signal });
  }
}

function rowText(row: number, columns: readonly Column[], cells: readonly Cell[]): string {
  const found = columns.map(({ kind = 'text' }, i) => {
    const cell = cells[i] ?? null;
    if (cell === null || cell === '') {
      return '';
    }
    const at = `r="${columnName(i)}${row}" s="${FORMAT[kind]}"`;
    if (typeof cell === 'number') {
      const value = kind === 'moment' || kind === 'date' ? dayNumber(cell, kind === 'date') : cell;
      return Number.isFinite(value) ? `<c ${at}><v>${value}</v></c>` : '';
    }
    const text = xmlText(noFormula(cell).slice(0, LONGEST_TEXT));
    return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
  });
  return `<row r="${row}">${found.join('')}</row>`;
}

/** An instant as Excel counts it: days of Shanghai's time, to the minute. */
function dayNumber(ms: number, whole: boolean): number {
  const days = (ms + SHANGHAI_MS) / DAY_MS + FIRST_DAY;
  return whole ? Math.floor(days) : Math.floor(days * 1_440 + 1e-6) / 1_440;
}
