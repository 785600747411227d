/** Changes outside cases: the same request acts once. */
import { keyReused } from './errors.ts';
import { digestOf, insertIgnore, type Tx } from './store/index.ts';

export interface OnceRequest {
  /** Whose key it is. */
  personId: string;
  key: string;
  /** What was asked, with its address: the same key with another body is refused. */
  body: object;
}

/**
 * First statement of the transaction that makes the change: true the first time, false for a repeat, whose effect is
 * there already. Throws `keyReused` when the key came with something else.
 */
export async function firstTime(
  tx: Tx,
  request: OnceRequest,
  clock: { machineNow(): number },
): Promise<boolean> {
  const digest = digestOf({ ...request.body });
  const identity = { door: 'http', principal: request.personId, request_key: request.key };
  const inserted = await insertIgnore(tx, 'request', {
    ...identity,
    digest,
    case_id: '',
    version: 0,
    created_at: clock.machineNow(),
  });
  if (inserted) {
    return true;
  }
  const known = await tx
    .selectFrom('request')
    .select('digest')
    .where('door', '=', identity.door)
    .where('principal', '=', identity.principal)
    .where('request_key', '=', identity.request_key)
    .executeTakeFirst();
  if (known && known.digest !== digest) {
    throw keyReused();
  }
  return false;
}
