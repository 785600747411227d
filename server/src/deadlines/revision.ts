/** A word that changes with the settings, so that every process notices at little cost that another changed them. */
import { upsert, uuidv7, type Reader, type Tx } from '../store/index.ts';

export type Revised = 'calendarRevision' | 'policyRevision';

/** What the settings' revision is now; '' before the first change. */
export async function revisionOf(db: Reader, name: Revised): Promise<string> {
  const row = await db.selectFrom('setting').select('value_json').where('name', '=', name).executeTakeFirst();
  return row?.value_json ?? '';
}

/** Called in the transaction that changes the settings. */
export async function revise(tx: Tx, name: Revised): Promise<void> {
  await upsert(tx, 'setting', { name, value_json: JSON.stringify(uuidv7()) }, { key: ['name'] });
}
