/** 批量导入: an administrator's spreadsheet of units, people and roles, first told row by row, then written as told. */
import type { ImportReport } from '@minqing/shared/contract';
import { ROLES } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../../clock.ts';
import { AppError, conflict } from '../../errors.ts';
import { changeOnce, digestOf, type ChangeRequest, type Store } from '../../store/index.ts';
import { administering } from '../administering.ts';
import type { PhoneVault } from '../crypto.ts';
import type { Directory } from '../directory.ts';
import { importRoster, writeRoster, type RosterResult } from '../roster.ts';
import { COLUMNS, type RosterFiles } from '../roster.rows.ts';
import { readSpreadsheet, UnreadableSheet, writeTemplate, type Sheet } from '../spreadsheet.ts';

export interface Imports {
  /** What the file would do. Writes nothing. Throws fileRefused for one that cannot be read. */
  check(viewer: Actor, bytes: Buffer): Promise<ImportReport>;
  /** Writes it, if it would still do what `plan` names. Throws conflict when it would not, or has errors. */
  apply(viewer: Actor, bytes: Buffer, plan: string, request: ChangeRequest): Promise<ImportReport>;
  /** A workbook to fill in, or one of its tables as CSV. */
  template(viewer: Actor, kind: 'workbook' | 'units' | 'people'): Promise<Buffer>;
}

interface Deps {
  store: Store;
  clock: Clock;
  directory: Directory;
  vault: PhoneVault;
  hostId: string;
}

type Importable = 'units' | 'people';

const NAMES: Record<Importable, string> = { units: '单位', people: '人员和角色' };
/** A column only this table has. */
const MARK: Record<Importable, readonly string[]> = { units: ['类型', 'type'], people: ['角色', 'role'] };
const EXAMPLES: Record<Importable, readonly string[]> = {
  units: ['金华市教育局', '教育局', '部门', '金华市'],
  people: [
    'zhangsan',
    '张三',
    '13800000000',
    ROLES.handler,
    '金华市',
    '金华市教育局',
    '',
    '',
    '',
    '2026-07-06',
  ],
};
const SHOWN = 1_000;

export function createImports(deps: Deps): Imports {
  const { store, clock, directory } = deps;

  async function tablesIn(bytes: Buffer): Promise<RosterFiles> {
    try {
      return tablesOf(await readSpreadsheet(bytes));
    } catch (error) {
      if (error instanceof UnreadableSheet) {
        throw new AppError('fileRefused', { title: error.message, cause: error });
      }
      throw error;
    }
  }

  return {
    async check(viewer, bytes) {
      const scope = administering(viewer, directory);
      const files = await tablesIn(bytes);
      const options = { hostId: deps.hostId, complete: false, scope };
      return present(await importRoster(deps, files, { ...options, dryRun: true }), false);
    },

    async apply(viewer, bytes, plan, request) {
      const scope = administering(viewer, directory);
      const files = await tablesIn(bytes);
      let report: ImportReport | undefined;
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const result = await writeRoster(tx, deps, files, { hostId: deps.hostId, complete: false, scope });
        report = present(result, true);
        if (report.errors.length > 0) {
          throw conflict('表格里有要改的行，没有写入任何内容，请改好再导入');
        }
        if (report.plan !== plan) {
          throw conflict('检查之后情况有变化，没有写入任何内容，请再检查一遍');
        }
        return request.key;
      });
      await directory.refresh();
      // A repeat finds everything as the first one left it.
      return (
        report ??
        present(
          await importRoster(deps, files, { hostId: deps.hostId, complete: false, scope, dryRun: true }),
          true,
        )
      );
    },

    async template(viewer, kind) {
      administering(viewer, directory);
      if (kind === 'workbook') {
        return writeTemplate(
          (['units', 'people'] as const).map((table) => ({
            name: NAMES[table],
            header: Object.values(COLUMNS[table]),
            example: EXAMPLES[table],
          })),
        );
      }
      const lines = [Object.values(COLUMNS[kind]), EXAMPLES[kind]].map((cells) => cells.join(','));
      // The mark tells Excel that this is UTF-8.
      return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf8');
    },
  };
}

/** Which sheet is which table: by the column only that table has. Other sheets are the writer's own notes. */
function tablesOf(sheets: readonly Sheet[]): RosterFiles {
  const files: RosterFiles = {};
  for (const table of ['units', 'people'] as const) {
    const found = sheets.filter((sheet) => MARK[table].some((mark) => sheet.table.header.includes(mark)));
    if (found.length > 1) {
      throw new UnreadableSheet(`有两张「${NAMES[table]}」表，请只留一张`);
    }
    const [sheet] = found;
    if (sheet && sheet.table.rows.length > 0) {
      files[table] = sheet.table;
    }
  }
  if (Object.keys(files).length === 0) {
    throw new UnreadableSheet(
      '没有找到可以导入的行：请照模板的表头填写，单位表要有「类型」列，人员表要有「角色」列',
    );
  }
  return files;
}

function present(result: RosterResult, applied: boolean): ImportReport {
  const changing = result.rows.filter((row) => row.changes).length;
  const rows = result.rows.map((row) => ({
    table: NAMES[row.file as Importable],
    line: row.line,
    text: row.text,
    changes: row.changes,
  }));
  return {
    summary: summaryOf(result, changing, applied),
    errors: result.errors.map((error) => ({
      table: NAMES[error.file as Importable],
      line: error.line,
      message: error.message,
    })),
    rows: rows.slice(0, SHOWN),
    changing,
    same: rows.length - changing,
    plan: digestOf(rows).slice(0, 40),
    applied,
  };
}

function summaryOf(result: RosterResult, changing: number, applied: boolean): string {
  if (result.errors.length > 0) {
    return `有 ${result.errors.length} 行要改，改好再导入；现在没有写入任何内容`;
  }
  if (changing === 0) {
    return '表格里的内容都已经有了，没有要写入的';
  }
  const people = result.rows.filter((row) => row.file === 'people' && row.changes).length;
  const units = result.rows.filter((row) => row.file === 'units' && row.changes).length;
  const parts = [
    ...(units > 0 ? [`${units} 个单位`] : []),
    ...(people > 0 ? [`${people} 行人员`] : []),
    ...(result.granted > 0 ? [`${result.granted} 个角色`] : []),
  ];
  return `${applied ? '已写入' : '会写入'}：${parts.join('，')}`;
}
