/** Changes that are no act on a case: each takes effect once, however often its request arrives. */
import { insertIgnore } from './writes.ts';
import type { Reader, Store, Tx } from './types.ts';

/** Who asks, and under which key; `digest` tells two requests with one key apart. */
export interface ChangeRequest {
  principal: string;
  key: string;
  digest: string;
}

/** The key was used before, for another request. */
export class KeyReused extends Error {
  override name = 'KeyReused';
}

const DOOR = 'http';

/**
 * Runs `change` in one transaction, unless this very request did so before. `change` answers the id of what it
 * changed, at most 64 characters; a repeat answers the same id and changes nothing. Throws `KeyReused`.
 */
export async function changeOnce(
  store: Pick<Store, 'transact'>,
  request: ChangeRequest,
  machineNow: number,
  change: (tx: Tx) => Promise<string>,
): Promise<string> {
  return store.transact(
    async (tx) => {
      const first = await insertIgnore(tx, 'request', {
        door: DOOR,
        principal: request.principal,
        request_key: request.key,
        digest: request.digest,
        case_id: '',
        version: 0,
        created_at: machineNow,
      });
      if (!first) {
        const known = await findRequest(tx, request);
        if (known?.digest !== request.digest) {
          throw new KeyReused();
        }
        return known.case_id;
      }
      const id = await change(tx);
      await tx
        .updateTable('request')
        .set({ case_id: id })
        .where('door', '=', DOOR)
        .where('principal', '=', request.principal)
        .where('request_key', '=', request.key)
        .execute();
      return id;
    },
    { settle: async (db) => (await findRequest(db, request))?.case_id },
  );
}

function findRequest(db: Reader, request: ChangeRequest) {
  return db
    .selectFrom('request')
    .select(['digest', 'case_id'])
    .where('door', '=', DOOR)
    .where('principal', '=', request.principal)
    .where('request_key', '=', request.key)
    .executeTakeFirst();
}
