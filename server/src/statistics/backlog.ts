/** What is being worked on, how long already, and whom it waits for: from the narrow rows of cases that run. */
import type { BacklogView, StatisticsFilter } from '@minqing/shared/contract';
import { MOVERS, type LateMover } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import { sql, type SelectQueryBuilder } from 'kysely';
import type { Calendars } from '../cases/index.ts';
import { invalidInput } from '../errors.ts';
import type { Reader } from '../store/index.ts';
import type { Database } from '../store/tables.ts';
import { asked, type ReadingDeps } from './asked.ts';
import type { Selection } from './scope.ts';
import { readStanding, told } from './standing.ts';
import { many } from './words.ts';

/** Stages of cases that are accepted and wait for an answer, the first one or a better one. */
export const IN_HAND = ['accepted', 'redispatch', 'dispatched', 'handling', 'replying', 'disputed'] as const;

/** Ages in working days: from more than `over` to `upTo`. */
export const AGES = [
  { id: 'd1', label: '1 天内', over: 0, upTo: 1 },
  { id: 'd3', label: '1–3 天', over: 1, upTo: 3 },
  { id: 'd5', label: '3–5 天', over: 3, upTo: 5 },
  { id: 'd10', label: '5–10 天', over: 5, upTo: 10 },
  { id: 'more', label: '10 天以上', over: 10, upTo: Infinity },
] as const;
const WORKING_DAY = 7 * 60;
const LONGEST_AGO = 200 * 86_400_000;

const OF_UNIT: readonly string[] = ['handler', 'head'] satisfies LateMover[];

/** The instant that lies so much working time before `now`. */
function workingAgo(calendars: Calendars, areaId: string, now: number, days: number): number {
  const calendar = calendars.of(areaId);
  let [low, high] = [now - LONGEST_AGO, now];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2);
    if (calendar.workingMinutesBetween(middle, now) > days * WORKING_DAY) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

export type RunningRows = SelectQueryBuilder<Database, 'running_case' | 'cases', object>;

/** The running cases of a selection that are in hand. */
export function inHand(db: Reader, { areas, where }: Selection): RunningRows {
  if (where.sector !== undefined) {
    throw invalidInput([{ path: 'sector', message: '在办的民情不能按界别看，请去掉界别' }]);
  }
  return db
    .selectFrom('running_case')
    .innerJoin('cases', 'cases.id', 'running_case.case_id')
    .where('running_case.stage', 'in', [...IN_HAND])
    .$if(areas !== null, (qb) => qb.where('running_case.area_id', 'in', [...(areas ?? []), '']))
    .$if(where.unit_id !== undefined, (qb) => qb.where('running_case.unit_id', '=', where.unit_id ?? ''))
    .$if(where.place_id !== undefined, (qb) =>
      qb.where('running_case.place_area_id', '=', where.place_id ?? ''),
    )
    .$if(where.category_id !== undefined, (qb) =>
      qb.where('cases.category_id', '=', where.category_id ?? ''),
    );
}

/** When a case in hand began to wait: it was dispatched first, or reported. */
export const BEGAN = sql<number>`coalesce(cases.first_dispatched_at, cases.submitted_at)`;
/** Whom it waits for: while a clock stands still for a question, the author. */
export const MOVER = sql<string>`case when cases.paused = 1 or running_case.mover = '' then 'author'
  else running_case.mover end`;

/** The moments an age lies between, as the calendar of the selection's area counts them. */
export function ageBounds(
  calendars: Calendars,
  areaId: string,
  now: number,
  id: string,
): { after: number; upTo: number } | null {
  const age = AGES.find((each) => each.id === id);
  return age
    ? {
        after: age.upTo === Infinity ? 0 : workingAgo(calendars, areaId, now, age.upTo),
        upTo: age.over === 0 ? Infinity : workingAgo(calendars, areaId, now, age.over),
      }
    : null;
}

export async function readBacklog(
  deps: ReadingDeps & { calendars: Calendars },
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<BacklogView> {
  const { selection, now } = asked(deps, viewer, filter);
  const edges = AGES.slice(1).map(({ over }) => workingAgo(deps.calendars, selection.areaId, now, over));
  const { found, standing } = await readStanding(deps.store, now, async (db) => {
    const age = edges.reduceRight(
      (text, edge, i) => sql`case when ${BEGAN} > ${edge} then ${AGES[i]?.id ?? ''} else ${text} end`,
      sql`${AGES.at(-1)?.id ?? ''}`,
    );
    const late = sql<number>`case when running_case.due_at < ${now} then 1 else 0 end`;
    const rows = inHand(db, selection).select([
      sql<string>`${age}`.as('age'),
      MOVER.as('mover'),
      late.as('late'),
    ]);
    return db
      .selectFrom(rows.as('hand'))
      .select((eb) => ['age', 'mover', 'late', eb.fn.countAll<number>().as('n')])
      .groupBy(['age', 'mover', 'late'])
      .execute();
  });
  const rows = found.map((row) => ({ ...row, n: Number(row.n), late: Number(row.late) === 1 }));
  const sum = (of: typeof rows): number => of.reduce((all, row) => all + row.n, 0);
  const total = sum(rows);
  const late = sum(rows.filter((row) => row.late));
  const unit = sum(rows.filter((row) => OF_UNIT.includes(row.mover)));
  const movers = [...new Set(rows.map((row) => row.mover))];
  return {
    ...told(standing),
    total,
    late,
    sentence:
      total === 0
        ? '没有在办的民情'
        : `${many(total)} 件在办，其中 ${many(unit)} 件等承办单位，${late === 0 ? '没有超期' : `${many(late)} 件超期`}`,
    ages: AGES.map(({ id, label }) => {
      const own = rows.filter((row) => row.age === id);
      return {
        id,
        label,
        count: sum(own),
        late: sum(own.filter((row) => row.late)),
        unit: sum(own.filter((row) => OF_UNIT.includes(row.mover))),
      };
    }),
    movers: movers
      .map((id) => {
        const own = rows.filter((row) => row.mover === id);
        return {
          id,
          label: MOVERS[id as LateMover] ?? '',
          unit: OF_UNIT.includes(id),
          count: sum(own),
          late: sum(own.filter((row) => row.late)),
        };
      })
      .toSorted((a, b) => b.count - a.count),
  };
}
