/** The rows of uploads. Every change of state is a condition on the row, which is what serialises concurrent requests. */
import type { FileRow } from '../store/tables.ts';
import { insertIgnore, type Reader, type Tx } from '../store/index.ts';
import type { FileKind } from './kinds.ts';

export type FileState = 'pending' | 'processing' | 'ready' | 'refused';

export interface NewFile {
  id: string;
  personId: string;
  name: string;
  type: string;
  kind: FileKind;
  bytes: number;
  /** Machine time. */
  now: number;
}

/** What processing found and made. */
export interface Finished {
  name: string;
  type: string;
  kind: FileKind;
  storageKey: string;
  thumbKey: string | null;
  /** Of the stored bytes. */
  sha256: string;
}

/** The file's row. */
export function findFile(db: Reader, id: string): Promise<FileRow | undefined> {
  return db.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Announces a file; does nothing when the id is known. */
export async function addFile(tx: Tx, file: NewFile): Promise<void> {
  await insertIgnore(tx, 'file', {
    id: file.id,
    person_id: file.personId,
    name: file.name,
    declared_type: file.type,
    type: file.type,
    kind: file.kind,
    bytes: file.bytes,
    received: 0,
    state: 'pending',
    problem: null,
    storage_key: null,
    thumb_key: null,
    sha256: null,
    created_at: file.now,
    updated_at: file.now,
  });
}

/** Uploads the person began and has not finished. */
export async function countPending(db: Reader, personId: string): Promise<number> {
  const row = await db
    .selectFrom('file')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', 'pending')
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/**
 * Moves a pending file on from `from` to `to` bytes, its manifest now under `manifestKey`; the last byte makes it
 * `processing`. False when another request was faster.
 */
export async function advance(
  tx: Tx,
  file: Pick<FileRow, 'id' | 'bytes'>,
  step: { from: number; to: number; manifestKey: string; now: number },
): Promise<boolean> {
  const done = await tx
    .updateTable('file')
    .set({
      received: step.to,
      storage_key: step.manifestKey,
      state: step.to === Number(file.bytes) ? 'processing' : 'pending',
      updated_at: step.now,
    })
    .where('id', '=', file.id)
    .where('state', '=', 'pending')
    .where('received', '=', step.from)
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Ends processing well; false when somebody else had ended it. */
export async function finishFile(tx: Tx, id: string, made: Finished, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('file')
    .set({
      state: 'ready',
      name: made.name,
      type: made.type,
      kind: made.kind,
      storage_key: made.storageKey,
      thumb_key: made.thumbKey,
      sha256: made.sha256,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Ends processing with a problem, one Chinese sentence for the uploader; false when somebody else had ended it. */
export async function refuseFile(tx: Tx, id: string, problem: string, now: number): Promise<boolean> {
  const done = await tx
    .updateTable('file')
    .set({ state: 'refused', problem, storage_key: null, updated_at: now })
    .where('id', '=', id)
    .where('state', '=', 'processing')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

/** Files whose last byte has come and that nobody has finished, oldest first. */
export async function filesToProcess(db: Reader, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('file')
    .select('id')
    .where('state', '=', 'processing')
    .orderBy('updated_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
