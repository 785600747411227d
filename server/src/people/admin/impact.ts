/** What a change of holders or units does to running cases: asked before it is made, and again when it is. */
import type { ImpactView } from '@minqing/shared/contract';
import { CASE_STATES, ROLES, type CaseState, type Role } from '@minqing/shared/words';
import type { ExpressionBuilder, SelectQueryBuilder } from 'kysely';
import { conflict } from '../../errors.ts';
import type { Reader } from '../../store/index.ts';
import type { Database } from '../../store/tables.ts';
import type { Directory } from '../directory.ts';
import { reachable } from '../grants.ts';
import type { Place } from '../holding-changes.ts';

/** Cases in these states want nothing of anybody. */
const OVER = ['draft', 'closed', 'withdrawn', 'declined', 'merged'];
const SHOWN = 20;

type OpenCases = SelectQueryBuilder<Database, 'cases', object>;

/** How many. */
export async function countOf(open: OpenCases): Promise<number> {
  const row = await open.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Those that are due first, as a list names them. */
export async function firstOf(open: OpenCases): Promise<ImpactView['cases']> {
  const rows = await open
    .select(['cases.id', 'cases.number', 'cases.title', 'cases.state'])
    .orderBy('cases.due_at')
    .orderBy('cases.id')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    stateLabel: CASE_STATES[row.state as CaseState],
  }));
}

/** Open cases the unit received, dispatches or works on. */
export function openOfUnit(db: Reader, unitId: string): OpenCases {
  return db
    .selectFrom('cases')
    .where('cases.state', 'not in', OVER)
    .where((eb) =>
      eb.or([
        eb('cases.committee_id', '=', unitId),
        eb('cases.dispatch_office_id', '=', unitId),
        eb('cases.id', 'in', workOf(eb, unitId)),
      ]),
    );
}

/** Ids of the cases the unit works on now. */
const workOf = (eb: ExpressionBuilder<Database, 'cases'>, unitId: string) =>
  eb
    .selectFrom('assignment')
    .select('assignment.case_id')
    .where('assignment.unit_id', '=', unitId)
    .where('assignment.active', '=', 1);

/** The open cases that only a holder of the place can move. */
function openCasesOf(db: Reader, directory: Pick<Directory, 'areasWithin'>, place: Place): OpenCases {
  const open = db.selectFrom('cases').where('cases.state', 'not in', OVER);
  const unitId = place.unitId ?? '';
  switch (place.role as Role) {
    case 'reviewer':
      return open.where('cases.committee_id', '=', unitId).where('cases.mover', '=', 'reviewer');
    case 'dispatcher':
      return open.where('cases.dispatch_office_id', '=', unitId).where('cases.mover', '=', 'dispatcher');
    case 'handler':
      return open.where((eb) => eb('cases.id', 'in', workOf(eb, unitId)));
    case 'head':
      return open.where('cases.lead_unit_id', '=', unitId).where('cases.state', '=', 'replying');
    case 'inspector':
      return open
        .where('cases.area_id', 'in', [...directory.areasWithin(place.areaId), ''])
        .where('cases.mover', '=', 'inspector');
    default:
      return open.where('cases.id', '=', '');
  }
}

/** Everybody else who holds the place at `at` and can be reached; for an area's role, further up as well. */
export async function othersHolding(
  db: Reader,
  directory: Pick<Directory, 'areaChain'>,
  place: Place,
  exceptGrantIds: readonly string[],
  at: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .select(['role_grant.id', 'role_grant.person_id', 'person.name'])
    .where('role_grant.role', '=', place.role)
    .where('person.active', '=', 1)
    .where('role_grant.from_at', '<=', at)
    .where((eb) => eb.or([eb('role_grant.to_at', 'is', null), eb('role_grant.to_at', '>', at)]))
    .where((eb) =>
      place.unitId === null
        ? eb('role_grant.area_id', 'in', [...directory.areaChain(place.areaId), ''])
        : eb('role_grant.unit_id', '=', place.unitId),
    )
    .execute();
  const others = rows.filter((row) => !exceptGrantIds.includes(row.id));
  const there = await reachable(
    db,
    others.map((row) => row.person_id),
  );
  return there.map((holder) => holder.name);
}

/** What happens when these grants of one person end at `at`. */
export async function impactOfEnding(
  db: Reader,
  directory: Directory,
  grants: readonly (Place & { id: string })[],
  at: number,
): Promise<ImpactView> {
  const sentences: string[] = [];
  const stranded = new Map<string, ImpactView['cases'][number]>();
  let count = 0;
  for (const grant of grants) {
    const where = placeName(directory, grant);
    const role = ROLES[grant.role as Role];
    const others = await othersHolding(
      db,
      directory,
      grant,
      grants.map((one) => one.id),
      at,
    );
    if (others.length > 0) {
      const names = others.slice(0, 3).join('、');
      sentences.push(`${where}还有 ${others.length} 位${role}：${names}${others.length > 3 ? '等' : ''}`);
      continue;
    }
    const open = openCasesOf(db, directory, grant);
    const total = await countOf(open);
    count += total;
    (await firstOf(open)).forEach((one) => stranded.set(one.id, one));
    sentences.push(
      total > 0
        ? `${where}没有别的${role}了，${total} 件在办的民情会没人办`
        : `${where}没有别的${role}了，现在没有等他办的民情`,
    );
  }
  return { stranded: count, cases: [...stranded.values()].slice(0, SHOWN), sentences };
}

/** Throws when the person who asks has seen another number of stranded cases than there are now. */
export function requireSeen(impact: ImpactView, seen: number): void {
  if (impact.stranded !== seen) {
    throw conflict(
      impact.stranded > 0
        ? `情况有变化：现在会有 ${impact.stranded} 件民情没人办，请再看一遍再决定`
        : '情况有变化：现在不会有民情没人办了，请再看一遍再决定',
    );
  }
}

/** 「市公安局交警支队」「金华市」 */
export function placeName(directory: Pick<Directory, 'unit' | 'area'>, place: Place): string {
  const named = place.unitId === null ? directory.area(place.areaId) : directory.unit(place.unitId);
  return named?.name ?? '这里';
}
