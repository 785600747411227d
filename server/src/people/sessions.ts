/** Sessions: a random secret the client holds, of which only the SHA-256 is stored. Times are machine time. */
import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Reader, Tx } from '../store/index.ts';

export type SessionKind = 'cookie' | 'bearer';

export interface Session {
  idHash: string;
  personId: string;
  accountId: string;
  /** Of the account. */
  hostId: string;
  kind: SessionKind;
  csrf: string;
  seenAt: number;
  expiresAt: number;
}

export interface NewSession {
  secret: string;
  csrf: string;
  expiresAt: number;
}

/** A session in use is written again at most this often. */
const TOUCH_EVERY_MS = 5 * 60_000;

const secretText = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const lifeOf = (kind: SessionKind, lives: Config['sessions']): number =>
  kind === 'cookie' ? lives.cookieMs : lives.bearerMs;

/** Opens a session with a secret of its own; the caller hands the secret out and forgets it. */
export async function openSession(
  tx: Tx,
  who: { personId: string; accountId: string; kind: SessionKind },
  lives: Config['sessions'],
  machineNow: number,
): Promise<NewSession> {
  const secret = secretText();
  const csrf = randomBytes(24).toString('base64url');
  const expiresAt = machineNow + lifeOf(who.kind, lives);
  await tx
    .insertInto('session')
    .values({
      id_hash: hashOf(secret),
      person_id: who.personId,
      account_id: who.accountId,
      kind: who.kind,
      csrf,
      created_at: machineNow,
      seen_at: machineNow,
      expires_at: expiresAt,
    })
    .execute();
  return { secret, csrf, expiresAt };
}

/** The session of a secret, or null when it is unknown or over. Also null when the account was closed. */
export async function findSession(db: Reader, secret: string, machineNow: number): Promise<Session | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account_id')
    .selectAll('session')
    .select('account.host_id')
    .where('session.id_hash', '=', hashOf(secret))
    .where('session.expires_at', '>', machineNow)
    .where('account.active', '=', 1)
    .executeTakeFirst();
  if (!row) {
    return null;
  }
  return {
    idHash: row.id_hash,
    personId: row.person_id,
    accountId: row.account_id,
    hostId: row.host_id,
    kind: row.kind as SessionKind,
    csrf: row.csrf,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}

/** Whether a cookie session is due to be prolonged; a bearer one never is: the host's code makes the next. */
export function wantsTouch(session: Session, machineNow: number): boolean {
  return session.kind === 'cookie' && machineNow - session.seenAt >= TOUCH_EVERY_MS;
}

/** Prolongs a cookie session from now. */
export async function touchSession(
  tx: Tx,
  session: Session,
  lives: Config['sessions'],
  machineNow: number,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ seen_at: machineNow, expires_at: machineNow + lifeOf(session.kind, lives) })
    .where('id_hash', '=', session.idHash)
    .execute();
  await sawAccount(tx, session.accountId, machineNow);
}

/** Somebody was there with this account just now: what is sent to them goes there first. */
export async function sawAccount(tx: Tx, accountId: string, machineNow: number): Promise<void> {
  await tx.updateTable('account').set({ last_seen_at: machineNow }).where('id', '=', accountId).execute();
}

/** Ends the session of a secret, known or not. */
export async function closeSession(tx: Tx, secret: string): Promise<void> {
  await tx.deleteFrom('session').where('id_hash', '=', hashOf(secret)).execute();
}

/** Ends every session of these people. */
export async function closeSessionsOf(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length > 0) {
    await tx
      .deleteFrom('session')
      .where('person_id', 'in', [...personIds])
      .execute();
  }
}

/** Drops what is over; a nightly job. Returns how many. */
export async function dropExpiredSessions(tx: Tx, machineNow: number): Promise<number> {
  const result = await tx.deleteFrom('session').where('expires_at', '<=', machineNow).executeTakeFirst();
  return Number(result.numDeletedRows);
}
