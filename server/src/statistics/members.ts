/** What each member of a committee reported to it: for the committee's own staff, who know the names. */
import type { MemberFiguresView, StatisticsFilter } from '@minqing/shared/contract';
import { startOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { forbidden, invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import type { Selection } from './scope.ts';
import { readStanding, told, type Standing } from './standing.ts';
import { NOTHING, periodView } from './words.ts';

const KINDS = ['reported', 'accepted', 'adopted', 'rated'] as const;
export const JOINED = ['first', 'accepted'] as const;

/** The committee whose desk it is. Throws forbidden at any other desk, invalid input where more is asked apart. */
export function committeeOf({ sphere, cut }: Selection): string {
  if (sphere.desk.role !== 'reviewer' || !sphere.desk.unitId) {
    throw forbidden('每位委员的数字只有政协审核看得到');
  }
  if (cut !== 'all') {
    throw invalidInput([{ path: 'member', message: '按委员看时请去掉单位、类别等条件' }]);
  }
  return sphere.desk.unitId;
}

interface Counts {
  n: number;
  total: number;
}

async function countsOf(
  db: Reader,
  { gen }: Standing,
  of: { committeeId: string; areas: readonly string[]; from: number; to: number },
): Promise<Map<string, Map<string, Counts>>> {
  const rows = await db
    .selectFrom('tally')
    .innerJoin('case_author', 'case_author.case_id', 'tally.case_id')
    .where('tally.gen', '=', gen)
    .where('tally.kind', 'in', [...KINDS])
    .where('tally.area_id', 'in', [...of.areas, ''])
    .where('tally.at', '>=', of.from)
    .where('tally.at', '<=', of.to)
    .where('case_author.joined', 'in', [...JOINED])
    .where('case_author.person_id', 'in', (eb) =>
      eb.selectFrom('membership').select('person_id').where('committee_id', '=', of.committeeId),
    )
    .select((eb) => [
      'case_author.person_id as personId',
      'tally.kind',
      eb.fn.countAll<number>().as('n'),
      eb.fn.sum<number>('tally.mark').as('total'),
    ])
    .groupBy(['case_author.person_id', 'tally.kind'])
    .execute();
  const found = new Map<string, Map<string, Counts>>();
  for (const { personId, kind, n, total } of rows) {
    const own = found.get(personId) ?? new Map<string, Counts>();
    found.set(personId, own.set(kind, { n: Number(n), total: Number(total) }));
  }
  return found;
}

export async function readMembers(
  deps: ReadingDeps,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<MemberFiguresView> {
  const { selection, period, now } = asked(deps, viewer, filter);
  const committeeId = committeeOf(selection);
  const [from, to] = [startOfDay(period.from), startOfDay(period.to + 1) - 1];
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => ({
    counts: await countsOf(db, at, { committeeId, areas: selection.areas ?? [], from, to }),
    people: await db
      .selectFrom('membership')
      .innerJoin('person', 'person.id', 'membership.person_id')
      .select(['person.id', 'person.name', 'membership.sector', 'membership.from_at', 'membership.to_at'])
      .where('membership.committee_id', '=', committeeId)
      .where('membership.from_at', '<=', to)
      .orderBy('membership.from_at')
      .execute(),
  }));
  const people = [...new Map(found.people.map((row) => [row.id, row])).values()];
  const of = (id: string, kind: string): Counts => found.counts.get(id)?.get(kind) ?? { n: 0, total: 0 };
  const end = Math.min(to, now);
  return {
    ...told(standing),
    period: periodView(period),
    members: people
      .filter(({ id }) => found.counts.has(id))
      .map(({ id, name, sector }) => {
        const rated = of(id, 'rated');
        return {
          id,
          name,
          sector,
          reported: of(id, 'reported').n,
          accepted: of(id, 'accepted').n,
          adopted: of(id, 'adopted').n,
          rated: rated.n,
          starsText: rated.n === 0 ? NOTHING : (rated.total / rated.n).toFixed(1),
        };
      })
      .toSorted((a, b) => b.reported - a.reported || b.accepted - a.accepted || (a.id < b.id ? -1 : 1)),
    silent: people.filter(({ id, to_at }) => !found.counts.has(id) && (to_at === null || Number(to_at) > end))
      .length,
  };
}
