/** Changes of people and grants follow one another: what one checks, no other changes meanwhile. They are rare. */
import { upsert, uuidv7, type Tx } from '../../store/index.ts';

const NAME = 'people.changed';

/** Call it first in the transaction. A real write, so that a cluster's nodes meet in conflict as well. */
export async function serialise(tx: Tx): Promise<void> {
  await upsert(tx, 'setting', { name: NAME, value_json: JSON.stringify(uuidv7()) }, { key: ['name'] });
}
