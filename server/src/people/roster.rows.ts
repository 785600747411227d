/** The roster's tables: CSV or spreadsheet in, rows with the line a person sees out. Chinese headers and words are welcome. */
import { ROLES, TIERS, UNIT_TYPES } from '@minqing/shared/words';
import { tableOfCsv, type Table } from './spreadsheet.ts';

export interface RosterFiles {
  areas?: string | Table;
  units?: string | Table;
  people?: string | Table;
}

export interface RowError {
  file: keyof RosterFiles;
  /** Line in the file as an editor or spreadsheet shows it; 1 is the header. */
  line: number;
  message: string;
}

export type Row = Record<string, string> & { line: number };

/** Every column by its name in CSV files, with what a spreadsheet calls it. */
export const COLUMNS = {
  areas: { code: '代码', name: '名称', tier: '层级', parent: '上级' },
  units: { name: '单位名称', shortName: '简称', type: '类型', area: '地区' },
  people: {
    userid: '账号',
    name: '姓名',
    mobile: '手机号',
    role: '角色',
    area: '地区',
    unit: '单位',
    sector: '界别',
    committee: '专委会',
    term: '届次',
    from: '开始日期',
  },
} as const satisfies Record<keyof RosterFiles, Record<string, string>>;

const codeOf = (labels: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([code, label]) => [label, code]));

/** Words a person writes instead of a code, by column. */
const CODES: Record<string, Record<string, string>> = {
  role: { ...codeOf(ROLES), 负责人: 'head' },
  type: codeOf(UNIT_TYPES),
  tier: { ...codeOf(TIERS), 县: 'county', 区: 'county' },
};

/** The rows of one table; adds to `errors` what makes it unreadable. */
export function rowsOf(
  file: keyof RosterFiles,
  source: string | Table | undefined,
  errors: RowError[],
): Row[] {
  if (source === undefined) {
    return [];
  }
  try {
    const table = typeof source === 'string' ? tableOfCsv(source) : source;
    const labels: Record<string, string> = COLUMNS[file];
    const names = table.header.map((title) => codeOf(labels)[title] ?? title);
    const chinese = table.header.some((title) => title in codeOf(labels));
    const missing = Object.keys(labels).filter((column) => !names.includes(column));
    if (missing.length > 0 && (table.rows.length > 0 || typeof source !== 'string')) {
      const shown = missing.map((column) => (chinese ? (labels[column] ?? column) : column));
      errors.push({ file, line: 1, message: `缺少列：${shown.join('、')}` });
      return [];
    }
    return table.rows.map(({ line, cells }) => {
      const record = Object.fromEntries(
        names.map((name, at) => [name, CODES[name]?.[cells[at] ?? ''] ?? cells[at] ?? '']),
      );
      return { ...record, line } as unknown as Row;
    });
  } catch (error) {
    errors.push({
      file,
      line: 1,
      message: `读不懂这个表格：${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
}
