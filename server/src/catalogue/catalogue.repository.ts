/** Rows of the catalogue and their changes. */
import { appendAudit } from '../ledger/index.ts';
import { canonicalJson, insertIgnore, uuidv7, type Reader, type Tx } from '../store/index.ts';
import type { CatalogueKind } from './kinds.ts';

/** Whose setting it is. */
export type Owner = `area:${string}` | `unit:${string}` | `person:${string}`;
export const areaOwner = (areaId: string): Owner => `area:${areaId}`;
export const unitOwner = (unitId: string): Owner => `unit:${unitId}`;
export const personOwner = (personId: string): Owner => `person:${personId}`;
/** What stands behind the colon. */
export const ownerIdOf = (owner: string): string => owner.slice(owner.indexOf(':') + 1);

export interface Row {
  owner: string;
  kind: string;
  itemId: string;
  value: unknown;
  changeId: string;
}

export interface Change {
  id: string;
  areaId: string;
  owner: string;
  kind: CatalogueKind;
  itemId: string;
  at: number;
  personId: string;
  before: unknown;
  after: unknown;
  undoneBy: string | null;
}

/** All rows of these owners, or of every area and unit. */
export async function findRows(db: Reader, owners: readonly Owner[] | 'shared'): Promise<Row[]> {
  if (owners !== 'shared' && owners.length === 0) {
    return [];
  }
  const all = db
    .selectFrom('catalogue')
    .select(['owner', 'kind', 'item_id', 'value_json', 'change_id'])
    .orderBy('owner')
    .orderBy('kind')
    .orderBy('item_id');
  const rows = await (
    owners === 'shared' ? all.where('owner', 'not like', 'person:%') : all.where('owner', 'in', [...owners])
  ).execute();
  return rows.map((r) => ({
    owner: r.owner,
    kind: r.kind,
    itemId: r.item_id,
    value: JSON.parse(r.value_json) as unknown,
    changeId: r.change_id,
  }));
}

export async function findRow(
  db: Reader,
  owner: string,
  kind: CatalogueKind,
  itemId: string,
): Promise<{ value: unknown; changeId: string } | null> {
  const row = await db
    .selectFrom('catalogue')
    .select(['value_json', 'change_id'])
    .where('owner', '=', owner)
    .where('kind', '=', kind)
    .where('item_id', '=', itemId)
    .executeTakeFirst();
  return row ? { value: JSON.parse(row.value_json) as unknown, changeId: row.change_id } : null;
}

/**
 * Puts a value in place, or takes it away with null, where the row still is the one that was read (`was`, null for
 * none). False when somebody else changed it meanwhile.
 */
export async function putRow(
  tx: Tx,
  row: { owner: Owner; kind: CatalogueKind; itemId: string; value: unknown; changeId: string },
  was: string | null,
): Promise<boolean> {
  const { owner, kind, itemId: item_id } = row;
  const value_json = canonicalJson(row.value);
  if (was === null) {
    return (
      row.value === null ||
      insertIgnore(tx, 'catalogue', { owner, kind, item_id, value_json, change_id: row.changeId })
    );
  }
  if (row.value === null) {
    const { numDeletedRows } = await tx
      .deleteFrom('catalogue')
      .where('owner', '=', owner)
      .where('kind', '=', kind)
      .where('item_id', '=', item_id)
      .where('change_id', '=', was)
      .executeTakeFirst();
    return Number(numDeletedRows) === 1;
  }
  const { numUpdatedRows } = await tx
    .updateTable('catalogue')
    .set({ value_json, change_id: row.changeId })
    .where('owner', '=', owner)
    .where('kind', '=', kind)
    .where('item_id', '=', item_id)
    .where('change_id', '=', was)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** What a change is made of; `was` as in {@link putRow}. */
export interface NewChange extends Omit<Change, 'id' | 'undoneBy' | 'owner'> {
  owner: Owner;
  was: string | null;
  /** The change this one takes back. */
  undoes?: string;
}

/** Makes the change, keeps what stood there before, and enters it in the ledger. False as in {@link putRow}. */
export async function makeChange(tx: Tx, change: NewChange): Promise<boolean> {
  const id = uuidv7();
  const { owner, kind, itemId, before, after, at, personId } = change;
  if (!(await putRow(tx, { owner, kind, itemId, value: after, changeId: id }, change.was))) {
    return false;
  }
  await tx
    .insertInto('catalogue_change')
    .values({
      id,
      area_id: change.areaId,
      owner,
      kind,
      item_id: itemId,
      at,
      person_id: personId,
      before_json: before === null ? null : canonicalJson(before),
      after_json: after === null ? null : canonicalJson(after),
      undone_by: null,
    })
    .execute();
  if (change.undoes !== undefined) {
    await tx.updateTable('catalogue_change').set({ undone_by: id }).where('id', '=', change.undoes).execute();
  }
  await appendAudit(tx, {
    at,
    kind: 'catalogue',
    personId,
    areaId: change.areaId,
    subject: `${owner}/${kind}/${itemId}`.slice(0, 191),
    data: { change: id, before, after, ...(change.undoes ? { undoes: change.undoes } : {}) },
  });
  return true;
}

const changeOf = (r: {
  id: string;
  area_id: string;
  owner: string;
  kind: string;
  item_id: string;
  at: number;
  person_id: string;
  before_json: string | null;
  after_json: string | null;
  undone_by: string | null;
}): Change => ({
  id: r.id,
  areaId: r.area_id,
  owner: r.owner,
  kind: r.kind as CatalogueKind,
  itemId: r.item_id,
  at: r.at,
  personId: r.person_id,
  before: r.before_json === null ? null : (JSON.parse(r.before_json) as unknown),
  after: r.after_json === null ? null : (JSON.parse(r.after_json) as unknown),
  undoneBy: r.undone_by,
});

export async function findChange(db: Reader, id: string): Promise<Change | null> {
  const row = await db.selectFrom('catalogue_change').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? changeOf(row) : null;
}

/** Id of the newest change; null before the first. */
export async function newestChange(db: Reader): Promise<string | null> {
  const row = await db
    .selectFrom('catalogue_change')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The newest changes of an area, of some kinds. */
export async function recentChanges(
  db: Reader,
  areaId: string,
  kinds: readonly CatalogueKind[],
  count: number,
): Promise<Change[]> {
  const rows = await db
    .selectFrom('catalogue_change')
    .selectAll()
    .where('area_id', '=', areaId)
    .where('kind', 'in', [...kinds])
    .orderBy('id', 'desc')
    .limit(count)
    .execute();
  return rows.map(changeOf);
}
