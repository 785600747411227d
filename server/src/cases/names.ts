/** Names of people and what stands beside them, read once for a whole answer. */
import type { Reader } from '../store/index.ts';

export interface Named {
  name: string;
  title: string;
}

export type Names = (personId: string | null) => Named;

const UNKNOWN: Named = { name: '（已离任）', title: '' };

export async function namesOf(db: Reader, personIds: Iterable<string>): Promise<Names> {
  const ids = [...new Set(personIds)];
  const rows =
    ids.length > 0
      ? await db.selectFrom('person').select(['id', 'name', 'title']).where('id', 'in', ids).execute()
      : [];
  const found = new Map(rows.map((r) => [r.id, { name: r.name, title: r.title }]));
  return (personId) => (personId === null ? { name: '系统', title: '' } : (found.get(personId) ?? UNKNOWN));
}
