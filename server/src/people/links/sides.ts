/** What two people who may be one are like, and which of them would come to the other. */
import type { Selectable } from 'kysely';
import { messengerName } from '@minqing/shared/words';
import type { Reader } from '../../store/index.ts';
import type { AccountTable, RoleGrantTable } from '../../store/tables.people.ts';

export interface Side {
  personId: string;
  name: string;
  active: boolean;
  phoneIndex: string | null;
  /** Every grant, past ones too. */
  grants: Selectable<RoleGrantTable>[];
  /** Active ones only. */
  accounts: Selectable<AccountTable>[];
  /** Reported, drafted or supported something, or has used the app in an office: what they did stays under their id. */
  acted: boolean;
  /** Away, or standing in for somebody, now or later. */
  bound: boolean;
}

/** @param now business time */
export async function sideOf(db: Reader, personId: string, now: number): Promise<Side | null> {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'active', 'phone_index'])
    .where('id', '=', personId)
    .executeTakeFirst();
  if (!person) {
    return null;
  }
  const grants = await db
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  const accounts = await db
    .selectFrom('account')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('id')
    .execute();
  const inOffice = grants.some((grant) => grant.role !== 'member');
  const used = accounts.some((account) => account.last_seen_at !== null);
  return {
    personId,
    name: person.name,
    active: person.active === 1,
    phoneIndex: person.phone_index,
    grants,
    accounts: accounts.filter((account) => account.active === 1),
    acted: (inOffice && used) || (await hasReports(db, personId)),
    bound: await isBound(db, personId, now),
  };
}

async function hasReports(db: Reader, personId: string): Promise<boolean> {
  for (const table of ['case_author', 'case_supporter', 'draft'] as const) {
    const row = await db
      .selectFrom(table)
      .select('case_id')
      .where('person_id', '=', personId)
      .limit(1)
      .executeTakeFirst();
    if (row) {
      return true;
    }
  }
  return false;
}

async function isBound(db: Reader, personId: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('substitution')
    .select('id')
    .where((eb) => eb.or([eb('person_id', '=', personId), eb('substitute_id', '=', personId)]))
    .where('to_at', '>', now)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', now)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Who would stay and who would come over, or why neither can. */
export type Join = { keep: Side; give: Side } | { blocked: string };

/**
 * Events and cases name a person for ever, so only somebody without a past can come over: whoever acted stays. Of two
 * without one the holder of roles stays, else the older. `vendorOf` names a host for the words.
 */
export function joinOf(one: Side, other: Side, vendorOf: (hostId: string) => string): Join {
  const gone = [one, other].find((side) => !side.active || side.accounts.length === 0);
  if (gone) {
    return { blocked: `${gone.name}已离开通讯录，不用关联` };
  }
  const both = one.accounts.find((mine) => other.accounts.some((theirs) => theirs.host_id === mine.host_id));
  if (both) {
    return { blocked: `两人在${messengerName(vendorOf(both.host_id))}里各有一个账号，不能是同一个人` };
  }
  if (one.acted && other.acted) {
    return {
      blocked:
        '两个账号都已用来报过民情或办过件，经手的记录不能改名，所以不能并成一个人。请留下常用的一个，收回另一个的角色',
    };
  }
  const [keep, give] =
    other.acted || (!one.acted && one.grants.length === 0 && other.grants.length > 0)
      ? [other, one]
      : [one, other];
  return give.bound ? { blocked: `${give.name}正有请假代办，请先结束代办再关联` } : { keep, give };
}

/** Nobody gains or loses a role when this side comes over: it never had one and never did anything. */
export const isBare = (side: Side): boolean => side.grants.length === 0 && !side.acted;
