/** Reading the roster's tables: CSV in, rows with the line an editor shows out. */
import { parse } from 'csv-parse/sync';

export interface RosterFiles {
  areas?: string;
  units?: string;
  people?: string;
}

export interface RowError {
  file: keyof RosterFiles;
  /** Line in the file as an editor shows it; 1 is the header. */
  line: number;
  message: string;
}

export type Row = Record<string, string> & { line: number };

const COLUMNS: Record<keyof RosterFiles, readonly string[]> = {
  areas: ['code', 'name', 'tier', 'parent'],
  units: ['name', 'shortName', 'type', 'area'],
  people: ['userid', 'name', 'mobile', 'role', 'area', 'unit', 'sector', 'committee', 'term', 'from'],
};

interface ParsedRow {
  record: Record<string, string>;
  info: { lines: number };
}

const breaksIn = (record: Record<string, string>): number =>
  Object.values(record).reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);

/** The rows of one table; adds to `errors` what makes it unreadable. */
export function rowsOf(file: keyof RosterFiles, text: string | undefined, errors: RowError[]): Row[] {
  if (text === undefined) {
    return [];
  }
  try {
    const rows = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as ParsedRow[];
    const missing = COLUMNS[file].filter((c) => rows[0] && !(c in rows[0].record));
    if (missing.length > 0) {
      errors.push({ file, line: 1, message: `缺少列：${missing.join('、')}` });
      return [];
    }
    // A cell may hold line breaks: what counts is the line its row ends on, less the breaks inside.
    return rows.map(
      ({ record, info }) => ({ ...record, line: info.lines - breaksIn(record) }) as unknown as Row,
    );
  } catch (error) {
    errors.push({
      file,
      line: 1,
      message: `读不懂这个表格：${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
}
