/**
 * Spreadsheets in and out, behind this one file: .xlsx and .csv become rows of text with the numbers a person sees, and
 * templates become .xlsx. A workbook is read in a thread of its own, with limits on its size, time and memory.
 */
import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse/sync';
import writeXlsxFile from 'write-excel-file/node';
import type { SheetAnswer } from './spreadsheet.worker.ts';

/** The rows of a table; `line` is what a spreadsheet or editor shows beside them. */
export interface Table {
  header: string[];
  rows: { line: number; cells: string[] }[];
}

export interface Sheet {
  /** Empty for a file that has no sheets. */
  name: string;
  table: Table;
}

/** The file cannot be read: `message` is for whoever chose it. */
export class UnreadableSheet extends Error {
  override name = 'UnreadableSheet';
}

export const SHEET_LIMITS = { bytes: 4 * 1024 * 1024, rows: 5_000, columns: 40, cell: 500 } as const;
const LIMIT_MS = 20_000;
const MEMORY_MB = 256;

/** The sheets of a workbook, or the one table of a CSV file. Throws `UnreadableSheet`. */
export async function readSpreadsheet(bytes: Buffer): Promise<Sheet[]> {
  if (bytes.length > SHEET_LIMITS.bytes) {
    throw new UnreadableSheet('文件超过 4 MB，请分成几个再导入');
  }
  const sheets =
    bytes.subarray(0, 2).toString('latin1') === 'PK' ? await readWorkbook(bytes) : [readCsv(bytes)];
  for (const { name, table } of sheets) {
    const where = name ? `「${name}」` : '表格';
    if (table.rows.length > SHEET_LIMITS.rows) {
      throw new UnreadableSheet(`${where}超过 ${SHEET_LIMITS.rows} 行，请分成几个再导入`);
    }
    if (table.header.length > SHEET_LIMITS.columns) {
      throw new UnreadableSheet(`${where}超过 ${SHEET_LIMITS.columns} 列，请照模板填写`);
    }
    const long = table.rows.find((row) => row.cells.some((cell) => cell.length > SHEET_LIMITS.cell));
    if (long) {
      throw new UnreadableSheet(`${where}第 ${long.line} 行有一格超过 ${SHEET_LIMITS.cell} 个字`);
    }
  }
  return sheets;
}

/** CSV as Excel writes it: UTF-8, or GB18030 as on Chinese Windows. */
function readCsv(bytes: Buffer): Sheet {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  if (text.includes('\0')) {
    throw new UnreadableSheet('这不是表格文件，请选 .xlsx 或 .csv');
  }
  try {
    return { name: '', table: tableOfCsv(text) };
  } catch (error) {
    throw new UnreadableSheet('读不懂这个表格，请照模板填写', { cause: error });
  }
}

interface ParsedRow {
  record: string[];
  info: { lines: number };
}

/** The table of a CSV text; empty lines are left out. Throws what the parser throws. */
export function tableOfCsv(text: string): Table {
  const rows = parse(text, {
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: false,
  }) as unknown as ParsedRow[];
  const [head, ...rest] = rows;
  return {
    header: head?.record ?? [],
    // A cell may hold line breaks: what counts is the line its row ends on, less the breaks inside.
    rows: rest.map(({ record, info }) => ({ line: info.lines - breaksIn(record), cells: record })),
  };
}

const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);

async function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
  const worker = new Worker(new URL('./spreadsheet.worker.ts', import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const answer = await new Promise<SheetAnswer>((resolve) => {
    const limit = setTimeout(
      () => resolve({ problem: '这个表格太复杂，读不完；请只留要导入的内容' }),
      LIMIT_MS,
    );
    worker.once('message', (answered: SheetAnswer) => resolve(answered));
    worker.once('error', () => resolve({ problem: '这个表格太大或已损坏，读不了' }));
    worker.once('exit', () => {
      clearTimeout(limit);
      resolve({ problem: '这个表格读不了，请另存为新的 .xlsx 再试' });
    });
  }).finally(() => void worker.terminate());
  if ('problem' in answer) {
    throw new UnreadableSheet(answer.problem);
  }
  return answer.sheets.map(({ name, rows }) => {
    const filled = rows
      .map((cells, at) => ({ line: at + 1, cells }))
      .filter((row) => row.cells.some(Boolean));
    const [head, ...rest] = filled;
    return { name, table: { header: head?.cells ?? [], rows: rest } };
  });
}

/** A workbook to fill in: one sheet a table, its header, and a line of example below it. */
export async function writeTemplate(
  sheets: readonly { name: string; header: readonly string[]; example: readonly string[] }[],
): Promise<Buffer> {
  const file = writeXlsxFile(
    sheets.map(({ name, header, example }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: header.map((title, at) => ({
        width: Math.max(12, title.length * 2.4, (example[at] ?? '').length * 2.2),
      })),
      data: [
        header.map((value) => ({ value, fontWeight: 'bold' as const })),
        example.map((value) => ({ value, type: String, textColor: '#55627a' })),
      ],
    })),
  );
  return file.toBuffer();
}
