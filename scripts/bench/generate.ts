/**
 * Many cases from a few: real ones, made by `perform`, are copied inside the database with new ids, numbers and times.
 * Their authors are people of their own, because no member has a million cases.
 */
import { openSql, type Sql } from './sql.ts';

/** Tables with rows of a case that lists and counts read, and which of their columns name somebody to be set apart. */
const TABLES: readonly { name: string; idColumn: string; authors?: string }[] = [
  { name: 'cases', idColumn: 'id' },
  { name: 'case_author', idColumn: 'case_id', authors: 'person_id' },
  { name: 'assignment', idColumn: 'case_id' },
  { name: 'unit_case', idColumn: 'case_id' },
  { name: 'running_case', idColumn: 'case_id' },
  { name: 'search_token', idColumn: 'case_id' },
];
/** Where a case is dealt with: what is renamed when its copies are to be somebody else's. */
const PLACES = ['committee_id', 'dispatch_office_id', 'area_id', 'lead_unit_id', 'unit_id'];
/** After its mark, a copy's id has so many digits of the copy's number, in place of its original's characters. */
const DIGITS = 6;
const HEAD = 1 + DIGITS;
const FAR = 253_402_214_400_000;

interface Dialect {
  number(text: string): string;
  padded(number: string): string;
  join(...parts: string[]): string;
}
const SQLITE: Dialect = {
  number: (text) => `cast(${text} as integer)`,
  padded: (number) => `printf('%0${DIGITS}d', ${number})`,
  join: (...parts) => parts.join(' || '),
};
const MYSQL: Dialect = {
  number: (text) => `cast(${text} as unsigned)`,
  padded: (number) => `lpad(${number}, ${DIGITS}, '0')`,
  join: (...parts) => `concat(${parts.join(', ')})`,
};

export interface Copies {
  /** Copies until there are `copies` of each original. */
  grow(copies: number): Promise<void>;
}

export interface Originals {
  ids: readonly string[];
  /** A letter no id begins with; of these copies alone. */
  mark: string;
  /** Other committees, offices, areas and units deal with the copies; else the originals' own. */
  elsewhere?: boolean;
  /** Only these tables grow; else all that lists and counts read. */
  tables?: readonly string[];
}

/** Prepares copying these cases. */
export async function copiesOf(databaseUrl: string, originals: Originals): Promise<Copies> {
  const { ids, mark } = originals;
  const d = databaseUrl.startsWith('mysql:') ? MYSQL : SQLITE;
  const sql = openSql(databaseUrl, { write: true });
  const tables = TABLES.filter(({ name }) => originals.tables?.includes(name) ?? true);
  const columns = new Map(
    await Promise.all(tables.map(async ({ name }) => [name, await columnsOf(sql, d, name)] as const)),
  );
  let have = 0;

  /** Copies the copies numbered 1 to `upTo` to numbers `shift` above; a shift of 0 makes number 1 of the originals. */
  async function copy(shift: number, upTo: number): Promise<void> {
    for (const table of tables) {
      const names = columns.get(table.name) ?? [];
      const id = `t.${table.idColumn}`;
      const number = shift === 0 ? '1' : `${d.number(`substr(${id}, 2, ${DIGITS})`)} + ${shift}`;
      const renamed = (column: string): string =>
        d.join(`'${mark}'`, d.padded(number), `substr(${column}, ${HEAD + 1})`);
      const newId = renamed(id);
      const changed: Record<string, string> = {
        [table.idColumn]: newId,
        number: renamed('t.number'),
        body_json: `replace(t.body_json, ${id}, ${newId})`,
        ...(table.authors ? { [table.authors]: renamed(`t.${table.authors}`) } : {}),
        ...(originals.elsewhere
          ? Object.fromEntries(PLACES.map((column) => [column, renamed(`t.${column}`)]))
          : {}),
        due_at: `case when t.due_at >= ${FAR} then t.due_at else t.due_at + ${shift} * 61000 end`,
        submitted_at: `t.submitted_at - ${shift} * 61000`,
      };
      const from =
        shift === 0
          ? `${id} in (${ids.map((one) => `'${one}'`).join(', ')})`
          : `${id} > '${mark}' and ${id} < '${mark}${String(upTo + 1).padStart(DIGITS, '0')}'`;
      await sql.rows(
        `insert into ${table.name} (${names.join(', ')})
         select ${names.map((name) => changed[name] ?? `t.${name}`).join(', ')} from ${table.name} t where ${from}`,
      );
    }
  }

  return {
    async grow(copies) {
      if (have === 0 && copies > 0) {
        await copy(0, 0);
        have = 1;
      }
      while (have < copies) {
        const more = Math.min(have, copies - have);
        await copy(have, more);
        have += more;
      }
    },
  };
}

async function columnsOf(sql: Sql, d: Dialect, table: string): Promise<string[]> {
  const rows =
    d === MYSQL
      ? await sql.rows<{ name: string }>(
          'select column_name as name from information_schema.columns where table_schema = database() and table_name = ?',
          table,
        )
      : await sql.rows<{ name: string }>('select name from pragma_table_info(?)', table);
  return rows.map((row) => row.name);
}
