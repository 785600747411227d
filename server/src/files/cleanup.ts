/** Files nobody names: begun and left, or taken out of a report again. */
import type { Store, Tx } from '../store/index.ts';
import { partsFolder } from './parts.ts';
import { filesFolder } from './process.ts';
import type { Storage } from './storage.ts';

const DAY_MS = 86_400_000;
const KEEP_MS = 30 * DAY_MS;
const BATCH = 200;

/**
 * Deletes files untouched for 30 days that no case and no draft of their uploader names. Answers how many.
 * The row goes last: a run that dies half-way is finished by the next one.
 * @param machineNow epoch milliseconds
 */
export async function removeAbandoned(store: Store, storage: Storage, machineNow: number): Promise<number> {
  let removed = 0;
  for (let after = ''; ;) {
    const ids = await store.read((db) =>
      db
        .selectFrom('file')
        .select('id')
        .where('updated_at', '<', machineNow - KEEP_MS)
        .where('id', '>', after)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('case_file')
                .select('case_file.case_id')
                .whereRef('case_file.file_id', '=', 'file.id'),
            ),
          ),
        )
        .orderBy('id')
        .limit(BATCH)
        .execute(),
    );
    for (const { id } of ids) {
      if (await store.transact((tx) => takeOut(tx, id))) {
        await storage.deleteFolder(partsFolder(id));
        await storage.deleteFolder(filesFolder(id));
        await store.transact((tx) =>
          tx.deleteFrom('file').where('id', '=', id).where('state', '=', 'refused').execute(),
        );
        removed += 1;
      }
    }
    const last = ids.at(-1);
    if (!last || ids.length < BATCH) {
      return removed;
    }
    after = last.id;
  }
}

/** Ends the file for good, unless it has been named in the meantime; its bytes may go then. */
async function takeOut(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('file').select('person_id').where('id', '=', id).executeTakeFirst();
  const named = await tx
    .selectFrom('case_file')
    .select('case_id')
    .where('file_id', '=', id)
    .executeTakeFirst();
  const drafted = await tx
    .selectFrom('draft')
    .select('case_id')
    .where('person_id', '=', row?.person_id ?? '')
    .where('content_json', 'like', `%${id}%`)
    .executeTakeFirst();
  if (!row || named || drafted) {
    return false;
  }
  await tx
    .updateTable('file')
    .set({ state: 'refused', problem: '超过 30 天没有使用，已删除' })
    .where('id', '=', id)
    .execute();
  return true;
}
