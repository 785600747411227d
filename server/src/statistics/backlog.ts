/** What is being worked on, how long already, and whom it waits for: from the narrow rows of cases that run. */
import type { BacklogView, StatisticsFilter } from '@minqing/shared/contract';
import { LATE_REASONS, MOVERS, type LateMover, type LateReason } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import { sql } from 'kysely';
import type { Calendars } from '../cases/index.ts';
import type { Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { movedSince, type Moved } from './asof.ts';
import { areasBelow } from './groups.ts';
import { BEGAN, handOf, inHand, MOVER, OF_UNIT } from './hand.ts';
import { readStanding, told } from './standing.ts';
import { many } from './words.ts';

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

interface Counted {
  age: string;
  mover: string;
  reason: string;
  area: string;
  late: boolean;
  n: number;
}

/** How often somebody is found to have moved on meanwhile before the last look is taken. */
const TRIES = 4;

/**
 * Reads what belongs to one place in the history: rows as they are, without the cases that moved on since it, and those as
 * they stood there. Who moved on is looked up before and after; meanwhile others may.
 */
export async function settledHand<T>(
  db: Reader,
  seq: number,
  read: (moved: Moved) => Promise<T>,
): Promise<T> {
  let moved = await movedSince(db, seq);
  for (let attempt = 1; ; attempt += 1) {
    const found = await read(moved);
    const now = await movedSince(db, seq);
    if (attempt === TRIES || now.ids.every((id) => moved.ids.includes(id))) {
      return found;
    }
    moved = now;
  }
}

export async function readBacklog(
  deps: ReadingDeps & { calendars: Calendars },
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<BacklogView> {
  const { selection, now } = asked(deps, viewer, filter);
  const edges = AGES.slice(1).map(({ over }) => workingAgo(deps.calendars, selection.areaId, now, over));
  const { found: rows, standing } = await readStanding(deps.store, now, (db, { seq }) =>
    settledHand(db, seq, async (moved): Promise<Counted[]> => {
      const age = edges.reduceRight(
        (text, edge, i) => sql`case when ${BEGAN} > ${edge} then ${AGES[i]?.id ?? ''} else ${text} end`,
        sql`${AGES.at(-1)?.id ?? ''}`,
      );
      const late = sql<number>`case when running_case.due_at < ${now} then 1 else 0 end`;
      const hands = inHand(db, selection, moved.ids).select([
        sql<string>`${age}`.as('age'),
        MOVER.as('mover'),
        late.as('late'),
        'running_case.reason as reason',
        'running_case.area_id as area',
      ]);
      const counted = await db
        .selectFrom(hands.as('hand'))
        .select((eb) => ['age', 'mover', 'late', 'reason', 'area', eb.fn.countAll<number>().as('n')])
        .groupBy(['age', 'mover', 'late', 'reason', 'area'])
        .execute();
      return [
        ...counted.map((row) => ({ ...row, n: Number(row.n), late: Number(row.late) === 1 })),
        ...moved.cases
          .flatMap((c) => handOf(c, selection) ?? [])
          .map(({ at, mover, dueAt, reason, areaId }) => ({
            age: AGES[edges.findIndex((edge) => at > edge)]?.id ?? AGES.at(-1)?.id ?? '',
            mover,
            reason,
            area: areaId,
            late: dueAt < now,
            n: 1,
          })),
      ];
    }),
  );
  const sum = (of: typeof rows): number => of.reduce((all, row) => all + row.n, 0);
  const total = sum(rows);
  const late = sum(rows.filter((row) => row.late));
  const unit = sum(rows.filter((row) => OF_UNIT.includes(row.mover)));
  const movers = [...new Set(rows.map((row) => row.mover))];
  const byArea = areasBelow(deps, selection);
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
    reasons: [...new Set(rows.filter((row) => row.late).map((row) => row.reason))]
      .map((id) => ({
        id,
        label: LATE_REASONS[id as LateReason]?.label ?? '',
        unit: LATE_REASONS[id as LateReason]?.unit ?? false,
        count: sum(rows.filter((row) => row.late && row.reason === id)),
      }))
      .toSorted((a, b) => b.count - a.count),
    areas: byArea.always.map((key) => {
      const own = rows.filter((row) => byArea.keyOfArea(row.area) === key);
      return {
        key,
        name: byArea.groupOf(key).name,
        count: sum(own),
        late: sum(own.filter((row) => row.late)),
      };
    }),
  };
}
