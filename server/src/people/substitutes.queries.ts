/** Reading substitutions: one person's, an area's, and who could be asked. */
import type {
  MySubstitutions,
  PersonRef,
  SubstitutionPage,
  SubstitutionView,
} from '@minqing/shared/contract';
import { dateText, momentText, shanghaiDate, localTime, weekdayText } from '@minqing/shared/time';
import type { Grant } from '@minqing/shared/workflow';
import { keyset, pageOf, type KeysetColumn, type Reader } from '../store/index.ts';
import type { Directory } from './directory.ts';
import { peopleById, type PersonFacts } from './grants.ts';
import { HANDED_ON, standInsOf } from './stand-ins.ts';
import { daysLeft, overAt, ownDuties } from './substitutes.rules.ts';

interface Row {
  id: string;
  person_id: string;
  substitute_id: string;
  from_at: number;
  to_at: number;
  ended_at: number | null;
  reason: string;
}

const COLUMNS = ['id', 'person_id', 'substitute_id', 'from_at', 'to_at', 'ended_at', 'reason'] as const;
const PAGE = 50;
const NEWEST: readonly KeysetColumn[] = [
  { column: 'substitution.to_at', direction: 'desc', type: 'number' },
  { column: 'substitution.id', direction: 'desc', type: 'string' },
];
const MOST_CANDIDATES = 500;
/** Of one's own that are over, so many stay in sight. */
const REMEMBERED = 5;

/** One person's own substitutions, and those in which they act for others. */
export async function listMine(db: Reader, personId: string, now: number): Promise<MySubstitutions> {
  const duties = (await ownDuties(db, [personId], now)).get(personId) ?? [];
  const own = await db
    .selectFrom('substitution')
    .select(COLUMNS)
    .where('person_id', '=', personId)
    .orderBy('to_at', 'desc')
    .limit(50)
    .execute();
  const others = await db
    .selectFrom('substitution')
    .select(COLUMNS)
    .where('substitute_id', '=', personId)
    .where('to_at', '>', now)
    .orderBy('from_at')
    .limit(50)
    .execute();
  const open = own.filter((row) => overAt(row) > now).toSorted((a, b) => a.from_at - b.from_at);
  const over = own.filter((row) => overAt(row) <= now).slice(0, REMEMBERED);
  return {
    mayName: duties.length > 0,
    own: await views(db, [...open, ...over], now, true),
    others: await views(
      db,
      others.filter((row) => overAt(row) > now),
      now,
      false,
    ),
  };
}

/** Substitutions of people with duties in the areas: `open` are running or to come. */
export async function listForArea(
  db: Reader,
  areaIds: readonly string[],
  query: { state: 'open' | 'over'; after?: string | undefined },
  now: number,
): Promise<SubstitutionPage> {
  const base = db
    .selectFrom('substitution')
    .select(COLUMNS)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('role_grant')
          .select('role_grant.id')
          .whereRef('role_grant.person_id', '=', 'substitution.person_id')
          .where('role_grant.area_id', 'in', [...areaIds]),
      ),
    )
    .where((eb) =>
      query.state === 'open'
        ? eb.and([eb('to_at', '>', now), eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', now)])])
        : eb.or([eb('to_at', '<=', now), eb('ended_at', '<=', now)]),
    );
  const rows = await keyset(base, NEWEST, PAGE, query.after).execute();
  const page = pageOf(rows, PAGE, (row) => [row.to_at, row.id]);
  return { items: await views(db, page.rows, now, true), after: page.next ?? null };
}

/** People who hold some duty in one of the units, in an area of the duties or above: to be looked at more closely. */
export async function candidateIds(
  db: Reader,
  directory: Pick<Directory, 'areaChain'>,
  duties: readonly Grant[],
  now: number,
): Promise<string[]> {
  const units = duties.flatMap((duty) => duty.unitId ?? []);
  const areas = duties.flatMap((duty) =>
    directory.areaChain(duty.areaId).slice(duty.unitId === null ? 0 : 1),
  );
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['role_grant.person_id', 'person.name'])
    .distinct()
    .where('role_grant.role', 'in', [...HANDED_ON])
    .where('person.active', '=', 1)
    .where('role_grant.from_at', '<=', now)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', now)]))
    .where((eb) =>
      eb.or([
        eb('role_grant.unit_id', 'in', units.length > 0 ? units : ['']),
        eb('role_grant.area_id', 'in', areas.length > 0 ? areas : ['']),
      ]),
    )
    .orderBy('person.name')
    .orderBy('role_grant.person_id')
    .limit(MOST_CANDIDATES)
    .execute();
  return rows.map((row) => row.person_id);
}

async function views(
  db: Reader,
  rows: readonly Row[],
  now: number,
  mayEnd: boolean,
): Promise<SubstitutionView[]> {
  const running = rows.filter((row) => row.from_at <= now && overAt(row) > now);
  const chains = await standInsOf(
    db,
    running.map((row) => row.person_id),
    now,
  );
  const people = await peopleById(db, [
    ...rows.flatMap((row) => [row.person_id, row.substitute_id]),
    ...[...chains.values()].flat(),
  ]);
  return rows.map((row) => {
    const last = running.includes(row) ? chains.get(row.person_id)?.at(-1) : undefined;
    const state = overAt(row) <= now ? 'over' : row.from_at <= now ? 'running' : 'coming';
    return {
      id: row.id,
      person: refOf(people, row.person_id),
      substitute: refOf(people, row.substitute_id),
      periodText: periodText(row, now),
      fromDate: shanghaiDate(row.from_at),
      toDate: shanghaiDate(row.to_at - 1),
      state,
      stateText: stateText(row, state, now),
      reason: row.reason,
      finallyBy: last && last !== row.substitute_id ? refOf(people, last) : null,
      mayEnd: mayEnd && state !== 'over',
    };
  });
}

function refOf(people: ReadonlyMap<string, PersonFacts>, id: string): PersonRef {
  const person = people.get(id);
  return { id, name: person?.name ?? '', title: person?.title ?? '' };
}

function periodText(row: Row, now: number): string {
  const day = (ms: number): string => `${dateText(ms, now)} ${weekdayText(localTime(ms).weekday)}`;
  const first = day(row.from_at);
  const last = day(row.to_at - 1);
  return first === last ? first : `${first} 至 ${last}`;
}

function stateText(row: Row, state: SubstitutionView['state'], now: number): string {
  if (state === 'running') {
    const days = daysLeft(row.to_at, now);
    return days <= 1 ? '今天最后一天' : `还有 ${days} 天`;
  }
  if (state === 'coming') {
    return '还没开始';
  }
  if (row.ended_at === null || row.ended_at >= row.to_at) {
    return '已结束';
  }
  return row.ended_at < row.from_at ? '没开始就取消了' : `${momentText(row.ended_at, now)} 提前结束`;
}
