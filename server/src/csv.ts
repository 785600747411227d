/** Tables for spreadsheets. */

/** Without it spreadsheets take UTF-8 for the machine's own encoding. */
export const BOM = '\uFEFF';

/**
 * A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe. Quotes and line breaks are
 * kept inside quotes.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row with its line end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
