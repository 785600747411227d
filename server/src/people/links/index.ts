/**
 * One person with an account in each of several host organisations. Two accounts become one person's in two ways only:
 * an administrator confirms that the people with one phone number are one, or somebody types in one messenger the code
 * they were shown in the other. Both are told, both can be taken back.
 */
import type { LinkCode, LinkOutcome, LinkPage, MyAccounts } from '@minqing/shared/contract';
import { messengerName } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../../clock.ts';
import { conflict, forbidden, notFound } from '../../errors.ts';
import type { Host } from '../../hosts/index.ts';
import { appendAudit } from '../../ledger/index.ts';
import { changeOnce, type ChangeRequest, type Reader, type Store, type Tx } from '../../store/index.ts';
import { administering, type Administering } from '../administering.ts';
import { accountsOf } from '../admin/persons.queries.ts';
import { serialise } from '../admin/serialise.ts';
import type { PhoneVault } from '../crypto.ts';
import type { Directory } from '../directory.ts';
import type { Identity } from '../identify.ts';
import { CODE_MINUTES, keepLink, makeCode, useCode, type LinkTold, type Typist } from './codes.ts';
import { broughtAccount, broughtRoles, givenOf, join, separate } from './join.ts';
import { findLink, linkPage, mayTouch, type LinkDeps, type LinkRow } from './proposals.ts';
import { joinOf, sideOf, type Side } from './sides.ts';

export type { LinkTold } from './codes.ts';

export interface Links {
  /** Links to decide, or those decided. Throws forbidden for who administers nothing. */
  page(viewer: Actor, query: { open: boolean; after?: string | undefined }): Promise<LinkPage>;
  /** Makes the two one. Throws conflict where they must not be, forbidden where not all their roles are the viewer's. */
  confirm(viewer: Actor, linkId: string, request: ChangeRequest): Promise<void>;
  /** They are two: the pair is not proposed again. */
  refuse(viewer: Actor, linkId: string, request: ChangeRequest): Promise<void>;
  undo(viewer: Actor, linkId: string, request: ChangeRequest): Promise<void>;
  /** The viewer's own accounts. */
  mine(identity: Identity): Promise<MyAccounts>;
  /** A code for another messenger. Throws conflict where there is none to type it in. */
  makeCode(identity: Identity): Promise<LinkCode>;
  /** Uses a code that was shown in another messenger; see codes.ts. */
  useCode(typist: Typist, code: string): Promise<LinkOutcome>;
  /** Takes one's own account away again that came by a code. */
  leave(identity: Identity, accountId: string, request: ChangeRequest): Promise<void>;
}

export interface LinksDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  vault: PhoneVault;
  hosts: ReadonlyMap<string, Pick<Host, 'vendor'>>;
  tell(tx: Tx, told: LinkTold): Promise<void>;
}

/** A program acting in somebody's name decides nothing about who they are. */
const IN_PERSON = '要本人在平台里打开应用才能关联账号';

export function createLinks(deps: LinksDeps): Links {
  const { store, clock, directory } = deps;
  const vendorOf = (hostId: string): string => deps.hosts.get(hostId)?.vendor ?? '';
  const linkDeps = (): LinkDeps => ({
    directory,
    vault: deps.vault,
    now: clock.businessNow(),
    machineNow: clock.machineNow(),
    vendorOf,
  });
  const codeDeps = { store, vendorOf, tell: deps.tell };

  /** Finds link and sides for an administrator who answers for all of their roles. */
  async function decide(
    viewer: Actor,
    linkId: string,
    request: ChangeRequest,
    fn: (tx: Tx, link: LinkRow, sides: [Side, Side], scope: Administering) => Promise<void>,
  ): Promise<void> {
    const scope = administering(viewer, directory);
    await changeOnce(store, request, clock.machineNow(), async (tx) => {
      await serialise(tx);
      const link = await findLink(tx, linkId);
      const one = link && (await sideOf(tx, link.one_id, clock.businessNow()));
      const other = link && (await sideOf(tx, link.other_id, clock.businessNow()));
      if (!link || !one || !other) {
        throw notFound('没有这条关联，请刷新');
      }
      if (!mayTouch(scope, one) || !mayTouch(scope, other)) {
        throw forbidden('其中一人在别的地区有角色，请上一级管理员确认');
      }
      await fn(tx, link, [one, other], scope);
      return linkId;
    });
  }

  const audit = (tx: Tx, kind: string, by: string, subject: string, otherId: string, areaId?: string) =>
    appendAudit(tx, {
      at: clock.businessNow(),
      kind,
      personId: by,
      subject,
      data: { otherId },
      ...(areaId === undefined ? {} : { areaId }),
    });

  async function takeBack(tx: Tx, link: LinkRow, by: string, areaId?: string): Promise<void> {
    const now = clock.businessNow();
    const before = await sideOf(tx, link.kept_id ?? '', now);
    await separate(tx, link, now);
    await tx
      .updateTable('person_link')
      .set({ state: 'undone', decided_at: now, decided_by: by })
      .where('id', '=', link.id)
      .execute();
    await audit(tx, 'link.undone', by, link.kept_id ?? '', givenOf(link), areaId);
    const went = before?.accounts.find((account) => broughtAccount(link, account.id));
    await deps.tell(tx, {
      what: 'undone',
      personId: link.kept_id ?? '',
      accounts: before?.accounts ?? [],
      otherHostId: went?.host_id ?? '',
      at: now,
    });
  }

  /** The link an account came by, while it stands. */
  const linkOf = async (db: Reader, personId: string, accountId: string): Promise<LinkRow | undefined> =>
    (
      await db
        .selectFrom('person_link')
        .selectAll()
        .where('kept_id', '=', personId)
        .where('state', '=', 'linked')
        .execute()
    ).find((link) => broughtAccount(link, accountId));

  const mayLeave = (link: LinkRow | undefined): link is LinkRow =>
    link !== undefined && link.way === 'code' && !broughtRoles(link);

  const othersOf = (had: readonly { hostId: string; active: boolean }[]): string[] => [
    ...new Set(
      [...deps.hosts]
        .filter(([id]) => !had.some((account) => account.active && account.hostId === id))
        .map(([, host]) => messengerName(host.vendor)),
    ),
  ];

  return {
    page: async (viewer, query) => {
      const scope = administering(viewer, directory);
      return store.read((db) => linkPage(db, scope, query, linkDeps()));
    },
    confirm: (viewer, linkId, request) =>
      decide(viewer, linkId, request, async (tx, link, [one, other], scope) => {
        if (link.state === 'linked') {
          throw conflict('已经关联过了，请刷新');
        }
        if (link.way === 'phone' && (one.phoneIndex === null || one.phoneIndex !== other.phoneIndex)) {
          throw conflict('两人的手机号已经不一样了，不能按手机号关联');
        }
        const joined = joinOf(one, other, vendorOf);
        if ('blocked' in joined) {
          throw conflict(joined.blocked);
        }
        const now = clock.businessNow();
        const moved = await join(tx, joined.keep, joined.give, now);
        const way = link.way === 'code' ? 'code' : 'phone';
        await keepLink(tx, joined.keep, joined.give, { way, by: scope.personId, moved, at: now });
        await audit(
          tx,
          'link.confirmed',
          scope.personId,
          joined.keep.personId,
          joined.give.personId,
          scope.ownAreaId,
        );
        await deps.tell(tx, {
          what: 'linked',
          personId: joined.keep.personId,
          accounts: [...joined.keep.accounts, ...joined.give.accounts],
          otherHostId: joined.give.accounts[0]?.host_id ?? '',
          at: now,
        });
      }),
    refuse: (viewer, linkId, request) =>
      decide(viewer, linkId, request, async (tx, link, [one, other], scope) => {
        if (link.state !== 'proposed') {
          throw conflict('已经有人处理了，请刷新');
        }
        await tx
          .updateTable('person_link')
          .set({ state: 'refused', decided_at: clock.businessNow(), decided_by: scope.personId })
          .where('id', '=', linkId)
          .execute();
        await audit(tx, 'link.refused', scope.personId, one.personId, other.personId, scope.ownAreaId);
      }),
    undo: (viewer, linkId, request) =>
      decide(viewer, linkId, request, async (tx, link, _sides, scope) => {
        if (link.state !== 'linked') {
          throw conflict('这条关联已经解除，请刷新');
        }
        await takeBack(tx, link, scope.personId, scope.ownAreaId);
      }),
    mine: ({ person, session }) =>
      store.read(async (db) => {
        const accounts = (await accountsOf(db, person.id, linkDeps())).filter((account) => account.active);
        const shown: MyAccounts['accounts'] = [];
        for (const { id, hostId, departments, seenText } of accounts) {
          const here = id === session?.accountId;
          shown.push({
            id,
            hostName: messengerName(vendorOf(hostId)),
            departments,
            here,
            seenText,
            mayLeave: mayLeave(await linkOf(db, person.id, id)),
          });
        }
        return { accounts: shown, others: othersOf(accounts) };
      }),
    async makeCode({ person, session }) {
      if (session === null) {
        throw forbidden(IN_PERSON);
      }
      const now = clock.machineNow();
      const accounts = await store.read((db) => accountsOf(db, person.id, linkDeps()));
      if (othersOf(accounts).length === 0) {
        throw conflict('您在每个平台都已经有账号，不用再关联');
      }
      const made = await store.transact((tx) =>
        makeCode(tx, { personId: person.id, accountId: session.accountId }, now),
      );
      return {
        code: made.code,
        expiresAt: new Date(made.expiresAt).toISOString(),
        minutes: CODE_MINUTES,
      };
    },
    async useCode(typist, code) {
      const now = { business: clock.businessNow(), machine: clock.machineNow() };
      const state = await useCode(codeDeps, typist, code, now);
      return {
        state,
        text: state === 'linked' ? '已关联，两个平台里都是您' : '已请管理员确认；确认以前，两个账号各用各的',
      };
    },
    async leave({ person, session }, accountId, request) {
      if (session === null) {
        throw forbidden(IN_PERSON);
      }
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        await serialise(tx);
        const link = await linkOf(tx, person.id, accountId);
        if (!mayLeave(link)) {
          throw conflict('这个账号不能自己解除，请联系管理员');
        }
        await takeBack(tx, link, person.id);
        return accountId;
      });
    },
  };
}
