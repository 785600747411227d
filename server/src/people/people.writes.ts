/** Writing people and accounts; the roster and the contact sync share it, so that both recognise the same person. */
import { uuidv7, type Reader, type Tx } from '../store/index.ts';
import type { PhoneVault } from './crypto.ts';
import { noteHoldingChange } from './holding-changes.ts';
import { proposeByPhone } from './links/propose.ts';

/** What a host or a roster knows of somebody. */
export interface KnownPerson {
  hostId: string;
  userId: string;
  /** Empty when only the roster knows them yet. */
  unionId: string;
  name: string;
  mobile: string | null;
  /** Null leaves the title as it is. */
  title: string | null;
}

export interface WrittenPerson {
  personId: string;
  accountId: string;
  change: 'created' | 'updated' | 'same';
}

interface WriteOptions {
  vault: PhoneVault;
  businessNow: number;
  machineNow: number;
}

/**
 * Creates or updates person and account. The account alone decides who it is: a phone number that somebody else has in
 * another organisation is put before an administrator. A returned leaver is active again.
 */
export async function writePerson(tx: Tx, known: KnownPerson, options: WriteOptions): Promise<WrittenPerson> {
  const account = await tx
    .selectFrom('account')
    .select(['id', 'person_id', 'union_id', 'active', 'linked'])
    .where('host_id', '=', known.hostId)
    .where('user_id', '=', known.userId)
    .executeTakeFirst();
  if (account) {
    const speaks = account.linked === 0 || !(await hasOwnAccount(tx, account.person_id));
    const changedPerson = speaks && (await updatePerson(tx, account.person_id, known, options));
    const changedAccount =
      account.active === 0 || (known.unionId !== '' && known.unionId !== account.union_id);
    await tx
      .updateTable('account')
      .set({
        active: 1,
        synced_at: options.machineNow,
        ...(known.unionId ? { union_id: known.unionId } : {}),
      })
      .where('id', '=', account.id)
      .execute();
    return {
      personId: account.person_id,
      accountId: account.id,
      change: changedPerson || changedAccount ? 'updated' : 'same',
    };
  }
  const personId = await createPerson(tx, known, options);
  const accountId = uuidv7();
  await tx
    .insertInto('account')
    .values({
      id: accountId,
      host_id: known.hostId,
      user_id: known.userId,
      union_id: known.unionId,
      person_id: personId,
      active: 1,
      last_seen_at: null,
      synced_at: options.machineNow,
    })
    .execute();
  if (known.mobile) {
    await proposeByPhone(tx, personId, options.vault.index(known.mobile), options.businessNow);
  }
  return { personId, accountId, change: 'created' };
}

/** Name, title and phone follow the account somebody had first; one that came over speaks when that has left. */
async function hasOwnAccount(tx: Tx, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('account')
    .select('id')
    .where('person_id', '=', personId)
    .where('active', '=', 1)
    .where('linked', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The one active person with this number; null when there is none, or more than one. */
export async function personByPhone(db: Reader, phone: string, vault: PhoneVault): Promise<string | null> {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('phone_index', '=', vault.index(phone))
    .where('active', '=', 1)
    .limit(2)
    .execute();
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

async function createPerson(tx: Tx, known: KnownPerson, options: WriteOptions): Promise<string> {
  const id = uuidv7();
  await tx
    .insertInto('person')
    .values({
      id,
      name: known.name,
      title: known.title ?? '',
      phone_cipher: known.mobile ? options.vault.seal(known.mobile, id) : null,
      phone_index: known.mobile ? options.vault.index(known.mobile) : null,
      active: 1,
      settings_json: '{}',
      created_at: options.businessNow,
    })
    .execute();
  return id;
}

/** Tells whether anything changed. */
async function updatePerson(
  tx: Tx,
  personId: string,
  known: KnownPerson,
  { vault, businessNow }: WriteOptions,
): Promise<boolean> {
  const row = await tx
    .selectFrom('person')
    .select(['name', 'title', 'phone_index', 'active'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const phoneIndex = known.mobile ? vault.index(known.mobile) : row.phone_index;
  const title = known.title ?? row.title;
  if (row.name === known.name && row.title === title && row.phone_index === phoneIndex && row.active === 1) {
    return false;
  }
  if (row.active === 0) {
    await noteHoldingChange(tx, { at: businessNow, cause: 'left', personId });
  }
  const newPhone = known.mobile && phoneIndex !== row.phone_index ? known.mobile : null;
  await tx
    .updateTable('person')
    .set({
      name: known.name,
      title,
      active: 1,
      ...(newPhone ? { phone_cipher: vault.seal(newPhone, personId), phone_index: phoneIndex } : {}),
    })
    .where('id', '=', personId)
    .execute();
  if (phoneIndex !== null && (newPhone || row.active === 0)) {
    await proposeByPhone(tx, personId, phoneIndex, businessNow);
  }
  return true;
}
