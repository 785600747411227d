/** Tables for spreadsheets. */

/** Without it spreadsheets take UTF-8 for the machine's own encoding. */
export const BOM = '\uFEFF';

/** Text that no spreadsheet takes for a formula, however it is saved and opened again: what begins like one gets an apostrophe. */
export const noFormula = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

/** A cell of a line: no formula; quotes and line breaks are kept inside quotes. */
export function csvCell(text: string): string {
  const safe = noFormula(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row with its line end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
