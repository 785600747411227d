/** Links as administrators read them, a page at a time. */
import type { LinkItem, LinkPage, LinkSide } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import { messengerName } from '@minqing/shared/words';
import type { Selectable } from 'kysely';
import { keyset, pageOf, type KeysetColumn, type Reader } from '../../store/index.ts';
import type { PersonLinkTable } from '../../store/tables.linking.ts';
import type { Administering } from '../administering.ts';
import { accountsOf, findPerson, presentAll, type PersonDeps } from '../admin/persons.queries.ts';
import { peopleById } from '../grants.ts';
import { joinOf, sideOf, type Side } from './sides.ts';

export type LinkRow = Selectable<PersonLinkTable>;

const PAGE = 20;
const ORDER: readonly KeysetColumn[] = [
  { column: 'person_link.created_at', direction: 'desc', type: 'number' },
  { column: 'person_link.id', direction: 'desc', type: 'string' },
];

export interface LinkDeps extends PersonDeps {
  vendorOf(hostId: string): string;
}

/** Links to decide, or those decided; of people in the administrator's areas, and of people without any role. */
export async function linkPage(
  db: Reader,
  scope: Administering,
  query: { open: boolean; after?: string | undefined },
  deps: LinkDeps,
): Promise<LinkPage> {
  const areaIds = [...scope.areaIds];
  let links = db
    .selectFrom('person_link')
    .innerJoin('person as one', 'one.id', 'person_link.one_id')
    .innerJoin('person as other', 'other.id', 'person_link.other_id')
    .selectAll('person_link')
    .where((eb) => {
      const grants = eb
        .selectFrom('role_grant')
        .select('role_grant.id')
        .where((g) =>
          g.or([
            g('role_grant.person_id', '=', g.ref('person_link.one_id')),
            g('role_grant.person_id', '=', g.ref('person_link.other_id')),
          ]),
        );
      return eb.or([eb.exists(grants.where('role_grant.area_id', 'in', areaIds)), eb.not(eb.exists(grants))]);
    });
  links = query.open
    ? links
        .where('person_link.state', '=', 'proposed')
        .where('one.active', '=', 1)
        .where('other.active', '=', 1)
        .where((eb) =>
          eb.or([
            eb('person_link.way', '=', 'code'),
            eb('one.phone_index', '=', eb.ref('other.phone_index')),
          ]),
        )
    : links.where('person_link.state', 'in', ['refused', 'linked', 'undone']);
  const rows = await keyset(links, ORDER, PAGE, query.after).execute();
  const page = pageOf(rows, PAGE, (row) => [row.created_at, row.id]);
  const items: LinkItem[] = [];
  for (const row of page.rows) {
    items.push(await presentLink(db, scope, row, deps));
  }
  return { items, after: page.next ?? null };
}

const WAYS: Record<string, string> = { phone: '手机号相同', code: '本人在另一个平台输了关联码' };
const DECIDED: Record<string, string> = { refused: '看过：不是同一个人', undone: '解除了关联' };

async function deciderOf(db: Reader, row: LinkRow): Promise<string> {
  const by = row.decided_by ?? '';
  return (await peopleById(db, [by])).get(by)?.name ?? '';
}

async function presentLink(
  db: Reader,
  scope: Administering,
  row: LinkRow,
  deps: LinkDeps,
): Promise<LinkItem> {
  const one = await sideOf(db, row.one_id, deps.now);
  const other = await sideOf(db, row.other_id, deps.now);
  const sides = [await presentSide(db, row.one_id, deps), await presentSide(db, row.other_id, deps)];
  const names = { [row.one_id]: sides[0]?.name ?? '', [row.other_id]: sides[1]?.name ?? '' };
  const own = one !== null && other !== null && mayTouch(scope, one) && mayTouch(scope, other);
  const common = {
    id: row.id,
    state: row.state as LinkItem['state'],
    wayText: WAYS[row.way] ?? row.way,
    atText: momentText(row.decided_at ?? row.created_at, deps.now),
    sides,
  };
  if (row.state === 'linked') {
    return {
      ...common,
      effectText: `${await deciderOf(db, row)}关联，留下的是${names[row.kept_id ?? ''] ?? ''}`,
      blockedText: '',
      mayDecide: false,
      mayUndo: own,
    };
  }
  const joined = one && other ? joinOf(one, other, deps.vendorOf) : { blocked: '其中一人已不在' };
  const blockedText =
    'blocked' in joined ? joined.blocked : own ? '' : '其中一人在别的地区有角色，请上一级管理员确认';
  const before = DECIDED[row.state];
  return {
    ...common,
    effectText:
      before !== undefined
        ? `${await deciderOf(db, row)}${before}`
        : 'blocked' in joined
          ? ''
          : effectOf(joined.keep, joined.give, deps),
    blockedText,
    mayDecide: own,
    mayUndo: false,
  };
}

/** 「确认后两个账号登录的都是周凯（浙政钉），钉钉那边的 1 个角色一起过来」 */
function effectOf(keep: Side, give: Side, deps: LinkDeps): string {
  const where = (side: Side): string =>
    side.accounts.map((account) => messengerName(deps.vendorOf(account.host_id))).join('、');
  const roles = give.grants.length > 0 ? `，${where(give)}那边的 ${give.grants.length} 个角色一起过来` : '';
  return `确认后，用${where(give)}登录的也是${keep.name}（${where(keep)}）${roles}`;
}

async function presentSide(db: Reader, personId: string, deps: LinkDeps): Promise<LinkSide> {
  const [item] = await presentAll(db, [await findPerson(db, personId)], deps);
  const accounts = await accountsOf(db, personId, deps);
  return {
    personId,
    name: item?.name ?? '',
    title: item?.title ?? '',
    phone: item?.phone ?? null,
    roles: item?.roles ?? [],
    accounts: accounts.map(({ hostId, departments, seenText }) => ({
      hostName: messengerName(deps.vendorOf(hostId)),
      departments,
      seenText,
    })),
  };
}

/** Joining gives one account the other's roles: whoever decides it must answer for all of them. */
export function mayTouch(scope: Administering, side: Side): boolean {
  return side.grants.every((grant) => scope.covers(grant.area_id));
}

export const findLink = (db: Reader, linkId: string): Promise<LinkRow | undefined> =>
  db.selectFrom('person_link').selectAll().where('id', '=', linkId).executeTakeFirst();
