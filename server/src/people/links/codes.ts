/**
 * Codes with which somebody says in one messenger that they are the person signed on in another. Nine digits, ten
 * minutes, once; whoever types one has been vouched for by their own messenger, under the very same name, and has five
 * tries a minute. A code gives somebody without any role the account of its owner, nothing else: two people who both
 * hold roles, and whoever would become an administrator, are put before one.
 */
import { createHash, randomInt } from 'node:crypto';
import { AppError, conflict, invalidInput } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import { upsert, type Reader, type Store, type Tx } from '../../store/index.ts';
import { serialise } from '../admin/serialise.ts';
import { countFailure, failuresOf } from '../failures.ts';
import { join } from './join.ts';
import { pairOf, propose } from './propose.ts';
import { isBare, joinOf, sideOf, type Side } from './sides.ts';

export const CODE_MINUTES = 10;
const DIGITS = 9;
const TRIES_A_MINUTE = 5;

const hashOf = (code: string): string => createHash('sha256').update(`link ${code}`).digest('hex');

/** Makes the person's code; an earlier one is worth nothing from now on. */
export async function makeCode(
  tx: Tx,
  owner: { personId: string; accountId: string },
  machineNow: number,
): Promise<{ code: string; expiresAt: number }> {
  const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const expiresAt = machineNow + CODE_MINUTES * 60_000;
  await upsert(
    tx,
    'link_code',
    {
      person_id: owner.personId,
      account_id: owner.accountId,
      code_hash: hashOf(code),
      expires_at: expiresAt,
    },
    { key: ['person_id'] },
  );
  return { code, expiresAt };
}

/** Whoever typed a code, as their own messenger knows them. */
export interface Typist {
  accountId: string;
  hostId: string;
  personId: string;
  address: string;
}

export interface CodeDeps {
  store: Store;
  vendorOf(hostId: string): string;
  /** Tells every account of both sides, in the same transaction. */
  tell(tx: Tx, told: LinkTold): Promise<void>;
}

/** What the people concerned are told. */
export interface LinkTold {
  what: 'linked' | 'misused' | 'undone';
  /** Whose account it was, with the messenger they came from. */
  personId: string;
  accounts: Side['accounts'];
  otherHostId: string;
  at: number;
}

type Outcome = 'linked' | 'proposed' | 'unknown' | 'sameHost' | 'otherName' | 'same' | { blocked: string };

/**
 * Uses the code for the typist's account. Answers whether they are one person now, or an administrator was asked.
 * Throws invalidInput for a wrong, old or used code, conflict where it must not be, tooManySignOns.
 */
export async function useCode(
  deps: CodeDeps,
  typist: Typist,
  code: string,
  now: { business: number; machine: number },
): Promise<'linked' | 'proposed'> {
  const tries = `link ${typist.accountId}`;
  const failures = await deps.store.read((db) => failuresOf(db, tries, now.machine));
  if (failures >= TRIES_A_MINUTE) {
    throw new AppError('tooManySignOns', { title: '输错太多次，请一分钟后再试', retryAfter: 60 });
  }
  // Refusals are answered, not thrown, inside: what they count and what they use up must stay.
  const outcome = await deps.store.transact(async (tx) => {
    await serialise(tx);
    const found = await tryCode(tx, deps, typist, code.replace(/\D/g, ''), now);
    if (found !== 'linked' && found !== 'proposed') {
      await countFailure(tx, tries, now.machine);
      await countFailure(tx, typist.address, now.machine);
    }
    return found;
  });
  return answerOf(outcome);
}

const WRONG = '关联码不对或已过期，请在另一个平台重新取一个';

function answerOf(outcome: Outcome): 'linked' | 'proposed' {
  switch (outcome) {
    case 'linked':
    case 'proposed':
      return outcome;
    case 'unknown':
      throw invalidInput([{ path: 'linkCode', message: WRONG }], WRONG);
    case 'sameHost':
      throw conflict('关联码要在另一个平台里输入，不是取码的这一个');
    case 'same':
      throw conflict('这两个账号已经关联，不用再输');
    case 'otherName':
      throw conflict('两个平台上的姓名不一样，不能自己关联，请联系管理员');
    default:
      throw conflict(outcome.blocked);
  }
}

async function tryCode(
  tx: Tx,
  deps: CodeDeps,
  typist: Typist,
  code: string,
  now: { business: number; machine: number },
): Promise<Outcome> {
  const shown = await findCode(tx, code, now.machine);
  if (!shown) {
    return 'unknown';
  }
  if (shown.host_id === typist.hostId) {
    return 'sameHost';
  }
  const owner = await sideOf(tx, shown.person_id, now.business);
  const other = await sideOf(tx, typist.personId, now.business);
  if (!owner || !other) {
    return 'unknown';
  }
  if (owner.personId === other.personId) {
    return 'same';
  }
  // Used up, whatever comes of it: a code that somebody else has seen must not lie about.
  await tx.deleteFrom('link_code').where('person_id', '=', owner.personId).execute();
  if (plain(owner.name) !== plain(other.name)) {
    await audit(tx, 'link.misused', owner, other, typist, now.business);
    await deps.tell(tx, {
      what: 'misused',
      personId: owner.personId,
      accounts: owner.accounts,
      otherHostId: typist.hostId,
      at: now.business,
    });
    return 'otherName';
  }
  const joined = joinOf(owner, other, deps.vendorOf);
  if ('blocked' in joined) {
    return joined;
  }
  if (!isBare(other) || owner.grants.some((grant) => grant.role === 'admin')) {
    await askAdministrator(tx, owner, other, now.business);
    await audit(tx, 'link.asked', owner, other, typist, now.business);
    return 'proposed';
  }
  const moved = await join(tx, owner, other, now.business);
  await keepLink(tx, owner, other, { way: 'code', by: owner.personId, moved, at: now.business });
  await audit(tx, 'link.byCode', owner, other, typist, now.business);
  await deps.tell(tx, {
    what: 'linked',
    personId: owner.personId,
    accounts: [...owner.accounts, ...other.accounts],
    otherHostId: typist.hostId,
    at: now.business,
  });
  return 'linked';
}

const plain = (name: string): string => name.replace(/\s/g, '');

async function findCode(db: Reader, code: string, machineNow: number) {
  return db
    .selectFrom('link_code')
    .innerJoin('account', 'account.id', 'link_code.account_id')
    .select(['link_code.person_id', 'account.host_id'])
    .where('code_hash', '=', hashOf(code))
    .where('expires_at', '>', machineNow)
    .where('account.active', '=', 1)
    .executeTakeFirst();
}

/** Asked by the people themselves, it is open again even where it was refused for want of such a word. */
async function askAdministrator(tx: Tx, owner: Side, other: Side, now: number): Promise<void> {
  await propose(tx, owner.personId, other.personId, 'code', now);
  const pair = pairOf(owner.personId, other.personId);
  await tx
    .updateTable('person_link')
    .set({ state: 'proposed', way: 'code', created_at: now })
    .where('one_id', '=', pair?.one_id ?? '')
    .where('other_id', '=', pair?.other_id ?? '')
    .execute();
}

/** The pair's row says from now on that they are one, and what came over. */
export async function keepLink(
  tx: Tx,
  keep: Side,
  give: Side,
  how: { way: 'phone' | 'code'; by: string; moved: string; at: number },
): Promise<void> {
  await propose(tx, keep.personId, give.personId, how.way, how.at);
  const pair = pairOf(keep.personId, give.personId);
  await tx
    .updateTable('person_link')
    .set({
      state: 'linked',
      way: how.way,
      decided_at: how.at,
      decided_by: how.by,
      kept_id: keep.personId,
      moved_json: how.moved,
    })
    .where('one_id', '=', pair?.one_id ?? '')
    .where('other_id', '=', pair?.other_id ?? '')
    .execute();
}

function audit(tx: Tx, kind: string, owner: Side, other: Side, typist: Typist, at: number): Promise<string> {
  return appendAudit(tx, {
    at,
    kind,
    personId: owner.personId,
    subject: owner.personId,
    data: { otherId: other.personId, hostId: typist.hostId, accountId: typist.accountId },
  });
}
