/** Reads one workbook, in a thread that may die of it. What it unpacks to is checked before anything is parsed. */
import { parentPort, workerData } from 'node:worker_threads';
import readXlsxFile from 'read-excel-file/node';
import { BadZip, requireHonestZip } from '../zip.ts';

export type SheetAnswer = { sheets: { name: string; rows: string[][] }[] } | { problem: string };

const MOST_UNPACKED = 60 * 1024 * 1024;

async function read(bytes: Buffer): Promise<SheetAnswer> {
  try {
    requireHonestZip(bytes, MOST_UNPACKED);
    const sheets = await readXlsxFile(bytes);
    return {
      sheets: sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) })),
    };
  } catch (error) {
    return { problem: error instanceof BadZip ? error.problem : '这不是 Excel 表格，请选 .xlsx 或 .csv' };
  }
}

/** A cell as it would be typed: dates as 2026-07-06, whole numbers without a fraction. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  if (cell instanceof Date) {
    return cell.toISOString().slice(0, 10);
  }
  return String(cell).trim();
}

parentPort?.postMessage(await read(Buffer.from(workerData as Uint8Array)));
