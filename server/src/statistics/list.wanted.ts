/** What a list holds: which tallies, and whether one of them belongs to it. */
import type { StatisticsCasesQuery } from '@minqing/shared/contract';
import {
  AHEAD,
  endsFrom,
  FIGURES,
  FLOW_END_NAMES,
  FLOW_STEPS,
  STAGES,
  type Period,
  type Tally,
  type TallyKind,
} from '@minqing/shared/statistics';
import { startOfDay } from '@minqing/shared/time';
import { invalidInput } from '../errors.ts';
import type { Selection } from './scope.ts';

/** What is listed: tallies of a kind, with some marks or all but some. */
export interface Wanted {
  title: string;
  kind: TallyKind;
  only: readonly number[] | null;
  but: readonly number[] | null;
}

/** Throws invalid input where neither figure, stage nor step is named. */
export function wantedOf(query: StatisticsCasesQuery): Wanted {
  if (query.stage) {
    return { title: `${STAGES[query.stage].name}用时`, kind: `time:${query.stage}`, only: null, but: null };
  }
  if (query.step) {
    const name = FLOW_STEPS.find((step) => step.id === query.step)?.name ?? '';
    const only = endsFrom(query.step).map((end) => FLOW_END_NAMES.indexOf(end));
    return { title: `本期上报 · 到${name}`, kind: 'reported', only, but: null };
  }
  if (!query.figure) {
    throw invalidInput([{ path: 'figure', message: '请说明要看哪个指标的民情' }]);
  }
  const { name, form, of, marks = null, partName, wholeName, restName } = FIGURES[query.figure];
  if (form === 'count') {
    return { title: name, kind: of, only: marks, but: null };
  }
  const part = form === 'mean' ? 'whole' : query.part;
  const words = { part: partName, rest: restName, whole: wholeName }[part];
  return {
    title: `${name} · ${words}`,
    kind: of,
    only: part === 'part' ? marks : null,
    but: part === 'rest' ? marks : null,
  };
}

/** What is listed, of whom and when. */
export interface Listed {
  selection: Selection;
  wanted: Wanted;
  period: Period;
  /** Only of this member. */
  member?: string | undefined;
}

/** The instants a list lies between, both counted: a due time still ahead is not in it. */
export function boundsOf({ wanted, period }: Pick<Listed, 'wanted' | 'period'>, now: number) {
  const end = startOfDay(period.to + 1) - 1;
  return { from: startOfDay(period.from), to: AHEAD.includes(wanted.kind) ? Math.min(end, now) : end };
}

/** Whether the list holds a tally: what the database is asked in columns, of one that is at hand. */
export function isListed(listed: Listed, now: number): (tally: Tally) => boolean {
  const { selection, wanted } = listed;
  const { from, to } = boundsOf(listed, now);
  const { unit_id, category_id, sector, place_id } = selection.where;
  return (t) =>
    t.kind === wanted.kind &&
    (wanted.only?.includes(t.mark) ?? true) &&
    !wanted.but?.includes(t.mark) &&
    t.at >= from &&
    t.at <= to &&
    (selection.areas?.includes(t.areaId) ?? true) &&
    (unit_id ?? t.unitId) === t.unitId &&
    (category_id ?? t.categoryId) === t.categoryId &&
    (sector ?? t.sector) === t.sector &&
    (place_id ?? t.placeId) === t.placeId;
}
