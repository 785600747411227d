/** What somebody is told about themselves. */
import { ROLES, type Role } from '@minqing/shared/words';
import type { MeView, UnitRef } from '@minqing/shared/contract';
import { localTime } from '@minqing/shared/time';
import type { Store } from '../store/index.ts';
import type { Directory } from './directory.ts';
import { peopleById } from './grants.ts';
import type { Identity } from './identify.ts';

export type Settings = MeView['settings'];
const DEFAULTS: Settings = { text: 'normal', theme: 'auto' };

const TWO_CHARACTER_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 端木 长孙 宇文 申屠'.split(' '),
);

/** 「林委员，下午好」 for a member, the full name for everybody else; by Shanghai's hour. */
export function greet(name: string, isMember: boolean, businessNow: number): string {
  const surname =
    TWO_CHARACTER_SURNAMES.has(name.slice(0, 2)) && name.length > 2 ? name.slice(0, 2) : name.slice(0, 1);
  return `${isMember ? `${surname}委员` : name}，${partOfDay(localTime(businessNow).hour)}好`;
}

function partOfDay(hour: number): string {
  if (hour < 5 || hour >= 18) {
    return '晚上';
  }
  if (hour < 11) {
    return hour < 8 ? '早上' : '上午';
  }
  return hour < 13 ? '中午' : '下午';
}

/** The view of `GET /api/me`. `record` is the author's record in words, made by cases/. */
export async function presentMe(
  deps: { store: Pick<Store, 'read'>; directory: Directory },
  identity: Identity,
  facts: { businessNow: number; record: string },
): Promise<MeView> {
  const { directory } = deps;
  const { person, actor, session } = identity;
  const unitRef = (id: string | null): UnitRef | null => {
    const unit = id ? directory.unit(id) : undefined;
    return unit ? { id: unit.id, name: unit.name, shortName: unit.shortName } : null;
  };
  const away = await deps.store.read((db) =>
    peopleById(
      db,
      actor.grants.flatMap((grant) => grant.forPersonId ?? []),
    ),
  );
  const membership = actor.grants.find((grant) => grant.role === 'member');
  const receiver = membership ? directory.receivingCommittee(null, membership.unitId) : null;
  return {
    person: { id: person.id, name: person.name, title: person.title },
    greeting: greet(person.name, membership !== undefined, facts.businessNow),
    record: facts.record,
    grants: actor.grants.map((grant) => ({
      role: grant.role,
      roleLabel: ROLES[grant.role as Role],
      unit: unitRef(grant.unitId),
      area: { id: grant.areaId, name: directory.area(grant.areaId)?.name ?? '' },
      forName: grant.forPersonId ? (away.get(grant.forPersonId)?.name ?? null) : null,
    })),
    settings: await deps.store.read(async (db) => {
      const row = await db
        .selectFrom('person')
        .select('settings_json')
        .where('id', '=', person.id)
        .executeTakeFirst();
      return readSettings(row?.settings_json);
    }),
    committee: unitRef(receiver?.committeeId ?? null),
    csrf: session?.kind === 'cookie' ? session.csrf : null,
  };
}

/** Changes what is given, keeps the rest. */
export async function saveSettings(
  store: Store,
  personId: string,
  change: Partial<Settings>,
): Promise<Settings> {
  return store.transact(async (tx) => {
    const row = await tx
      .selectFrom('person')
      .select('settings_json')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    const settings = { ...readSettings(row.settings_json), ...change };
    await tx
      .updateTable('person')
      .set({ settings_json: JSON.stringify(settings) })
      .where('id', '=', personId)
      .execute();
    return settings;
  });
}

function readSettings(json: string | undefined): Settings {
  try {
    const value: Partial<Settings> = JSON.parse(json || '{}');
    return {
      text: value.text === 'large' ? 'large' : DEFAULTS.text,
      theme: value.theme === 'light' || value.theme === 'dark' ? value.theme : DEFAULTS.theme,
    };
  } catch {
    return DEFAULTS;
  }
}
