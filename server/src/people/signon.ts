/** Signing on: the host vouches for the account, the roster says who that is and what they may do. */
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AppError, conflict, hostUnavailable, invalidInput } from '../errors.ts';
import { HostError, type Host, type HostAccount, type SignOnDoor } from '../hosts/index.ts';
import { appendAudit, type AuditEntry } from '../ledger/index.ts';
import type { Reader, Store, Tx } from '../store/index.ts';
import type { Directory } from './directory.ts';
import { countFailure, failuresOf } from './failures.ts';
import { actorOf, peopleById, type Acting } from './grants.ts';
import type { Links } from './links/index.ts';
import { closeSession, openSession, type NewSession, type SessionKind } from './sessions.ts';

export interface SignOnRequest {
  hostId: string;
  /** The one-time code, of the JSAPI or of a login page that was scanned. */
  code: string;
  door: SignOnDoor;
  mode: SessionKind;
  /** The session this browser had until now: it ends. */
  previousSecret: string | undefined;
  /** The client's address, for limiting failures. */
  address: string;
  /** A code shown in another messenger, typed by somebody who is not on the roster here: makes them one person. */
  linkCode?: string | undefined;
}

export interface SignOnDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  hosts: ReadonlyMap<string, Host>;
  sessions: Config['sessions'];
  rosterContact: string;
  /** Reads one person anew from the host, for an account that is not known yet. */
  learnPerson(host: Host, userId: string): Promise<void>;
  links: Pick<Links, 'useCode'>;
}

export type SignOn = (request: SignOnRequest) => Promise<NewSession>;

/**
 * Exchanges the code and opens a new session, never the one a client proposes.
 * Throws `codeInvalid`, `notOnRoster` (with whom to ask), `tooManySignOns` or `hostUnavailable`.
 */
export function createSignOn(deps: SignOnDeps): SignOn {
  const { store, clock } = deps;

  async function exchange(host: Host, request: SignOnRequest): Promise<HostAccount> {
    try {
      return await host.exchangeCode(request.code, request.door);
    } catch (error) {
      if (error instanceof HostError && error.kind === 'invalid') {
        await store.transact((tx) => countFailure(tx, request.address, clock.machineNow()));
        throw new AppError('codeInvalid', { cause: error });
      }
      throw hostUnavailable(error);
    }
  }

  async function findOrLearn(host: Host, userId: string): Promise<KnownAccount | null> {
    const known = await store.read((db) => findAccount(db, host.id, userId));
    if (known) {
      return known;
    }
    try {
      await deps.learnPerson(host, userId);
    } catch (error) {
      if (error instanceof HostError) {
        return null;
      }
      throw error;
    }
    return store.read((db) => findAccount(db, host.id, userId));
  }

  /** The account as it is once the code has been used: its person may be another one now. */
  async function linked(
    host: Host,
    { linkCode, address }: SignOnRequest,
    account: KnownAccount | null,
  ): Promise<KnownAccount | null> {
    if (!linkCode || !account?.active) {
      return account;
    }
    const typist = { accountId: account.id, hostId: host.id, personId: account.personId, address };
    const { state, text } = await deps.links.useCode(typist, linkCode);
    if (state === 'proposed') {
      throw conflict(text);
    }
    return store.read((db) => findAccountById(db, account.id));
  }

  async function refuse(account: KnownAccount | null): Promise<never> {
    const asked = await store.read((db) => whomToAsk(db, deps, clock.businessNow()));
    await store.transact((tx) =>
      appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'signOn.refused',
        personId: account?.personId ?? null,
        subject: account?.id ?? 'unknown',
        data: { reason: 'notOnRoster' },
      }),
    );
    throw new AppError('notOnRoster', { title: `您不在名单中，请联系${asked}` });
  }

  return async (request) => {
    const host = deps.hosts.get(request.hostId);
    if (!host) {
      throw invalidInput([{ path: 'hostId', message: '没有这个平台' }]);
    }
    const failures = await store.read((db) => failuresOf(db, request.address, clock.machineNow()));
    if (failures >= deps.sessions.failuresPerMinute) {
      throw new AppError('tooManySignOns', { retryAfter: 60 });
    }
    const hostAccount = await exchange(host, request);
    const account = await linked(host, request, await findOrLearn(host, hostAccount.userId));
    const acting = account?.active
      ? await store.read((db) => actorOf(db, account.personId, clock.businessNow()))
      : null;
    if (!account || !acting || acting.actor.grants.length === 0) {
      return refuse(account);
    }
    return store.transact(async (tx) => {
      await greet(tx, account, hostAccount, clock.machineNow());
      if (request.previousSecret) {
        await closeSession(tx, request.previousSecret);
      }
      await appendAudit(tx, auditOf(acting, account, request, clock.businessNow()));
      const who = { personId: account.personId, accountId: account.id, kind: request.mode };
      return openSession(tx, who, deps.sessions, clock.machineNow());
    });
  };
}

interface KnownAccount {
  id: string;
  personId: string;
  active: boolean;
}

async function findAccount(db: Reader, hostId: string, userId: string): Promise<KnownAccount | null> {
  const row = await db
    .selectFrom('account')
    .select('id')
    .where('host_id', '=', hostId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ? findAccountById(db, row.id) : null;
}

async function findAccountById(db: Reader, accountId: string): Promise<KnownAccount | null> {
  const row = await db
    .selectFrom('account')
    .select(['id', 'person_id', 'active'])
    .where('id', '=', accountId)
    .executeTakeFirst();
  return row ? { id: row.id, personId: row.person_id, active: row.active === 1 } : null;
}

/** The roster knows the userId only; the host tells the unionId, which to-dos need. */
async function greet(tx: Tx, account: KnownAccount, host: HostAccount, machineNow: number): Promise<void> {
  await tx
    .updateTable('account')
    .set({ last_seen_at: machineNow, ...(host.unionId ? { union_id: host.unionId } : {}) })
    .where('id', '=', account.id)
    .execute();
}

function auditOf(acting: Acting, account: KnownAccount, request: SignOnRequest, at: number): AuditEntry {
  return {
    at,
    kind: 'signOn',
    personId: acting.person.id,
    subject: account.id,
    data: { hostId: request.hostId, mode: request.mode, door: request.door },
  };
}

/** 「管理员 王敏（市政协）」: an administrator with the widest view, or the words of the configuration. */
async function whomToAsk(
  db: Reader,
  deps: Pick<SignOnDeps, 'directory' | 'rosterContact'>,
  at: number,
): Promise<string> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['role_grant.person_id', 'role_grant.area_id', 'role_grant.unit_id'])
    .where('role_grant.role', '=', 'admin')
    .where('role_grant.from_at', '<=', at)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', at)]))
    .where('person.active', '=', 1)
    .orderBy('role_grant.from_at')
    .orderBy('role_grant.id')
    .limit(50)
    .execute();
  const widest = rows.toSorted(
    (a, b) => deps.directory.areaChain(a.area_id).length - deps.directory.areaChain(b.area_id).length,
  )[0];
  if (!widest) {
    return deps.rosterContact;
  }
  const person = (await peopleById(db, [widest.person_id])).get(widest.person_id);
  const where = widest.unit_id
    ? deps.directory.unit(widest.unit_id)?.shortName
    : deps.directory.area(widest.area_id)?.name;
  return `管理员 ${person?.name ?? ''}${where ? `（${where}）` : ''}`;
}
