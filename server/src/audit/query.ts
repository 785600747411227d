/** The audit log in SQL: what an administrator may see of it, narrowed as they asked. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { AuditFilter } from '@minqing/shared/contract';
import type { Administering, Directory } from '../people/index.ts';
import { keyset, type KeysetColumn, type Reader } from '../store/index.ts';
import { spanOf } from '../store/span.ts';
import type { Database } from '../store/tables.ts';
import { kindsOf } from './kinds.ts';

type Eb = ExpressionBuilder<Database, 'audit'>;
export type Where = (eb: Eb) => Expression<SqlBool>;

const MOST_MATCHES = 200;

export const NEWEST: readonly KeysetColumn[] = [
  { column: 'audit.at', direction: 'desc', type: 'number' },
  { column: 'audit.id', direction: 'desc', type: 'string' },
];

/** The conditions of the viewer's areas and filter. Names are looked up first; one that nobody has finds nothing. */
export async function within(
  db: Reader,
  directory: Directory,
  scope: Administering,
  filter: AuditFilter,
  now: number,
): Promise<Where> {
  const people = filter.person ? await peopleNamed(db, filter.person) : null;
  const subjects = filter.subject ? await subjectsNamed(db, directory, filter.subject) : null;
  const [from, to] = spanOf(filter, now);
  return (eb) => {
    const all: Expression<SqlBool>[] = [scoped(eb, directory, scope)];
    if (from !== null) {
      all.push(eb('audit.at', '>=', from));
    }
    if (to !== null) {
      all.push(eb('audit.at', '<', to));
    }
    if (filter.kind) {
      all.push(eb('audit.kind', '=', filter.kind));
    } else if (filter.group) {
      all.push(eb('audit.kind', 'in', kindsOf(filter.group)));
    }
    if (people) {
      all.push(eb('audit.person_id', 'in', people));
    }
    if (subjects) {
      all.push(eb('audit.subject', 'in', subjects));
    }
    return eb.and(all);
  };
}

/** Entries that belong to no area are for those who administer a topmost one. */
function scoped(eb: Eb, directory: Directory, scope: Administering): Expression<SqlBool> {
  const own = eb('audit.area_id', 'in', [...scope.areaIds]);
  const top = directory.areas().some((area) => area.parentId === null && scope.covers(area.id));
  return top ? eb.or([own, eb('audit.area_id', '=', ''), eb('audit.area_id', 'is', null)]) : own;
}

async function peopleNamed(db: Reader, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('name', '>=', name)
    .where('name', '<', `${name}\u{10ffff}`)
    .limit(MOST_MATCHES)
    .execute();
  return [name, ...rows.map((row) => row.id)];
}

async function subjectsNamed(db: Reader, directory: Directory, text: string): Promise<string[]> {
  const places = [...directory.units(), ...directory.areas()]
    .filter((place) => place.name.includes(text))
    .slice(0, MOST_MATCHES)
    .map((place) => place.id);
  const cases = await db
    .selectFrom('cases')
    .select('id')
    .where('number', '=', text.toUpperCase())
    .limit(1)
    .execute();
  return [...(await peopleNamed(db, text)), ...places, ...cases.map((row) => row.id)];
}

export interface AuditLine {
  id: string;
  at: number;
  kind: string;
  person_id: string | null;
  subject: string;
  data_json: string;
  seq: number | null;
  hash: string;
}

/** A page and one row more, newest first. */
export function linesOf(db: Reader, where: Where, limit: number, after?: string): Promise<AuditLine[]> {
  const query = db
    .selectFrom('audit')
    .leftJoin('ledger', 'ledger.event_id', 'audit.id')
    .select(['audit.id', 'audit.at', 'audit.kind', 'audit.person_id', 'audit.subject', 'audit.data_json'])
    .select(['audit.hash', 'ledger.seq'])
    .where((eb) => where(eb as unknown as Eb));
  return keyset(query, NEWEST, limit, after).execute();
}
