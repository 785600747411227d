/** What was asked for, checked: whose figures, of when, narrowed to what. */
import type { StatisticsFilter } from '@minqing/shared/contract';
import { periodOf, type Period } from '@minqing/shared/statistics';
import { dayNumberOf, dayOfDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { invalidInput } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { selectionOf, sphereAt, type Selection } from './scope.ts';
import type { Settings } from './settings.ts';

export interface ReadingDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categoryName'>;
  settings: Settings;
}

const LONGEST_DAYS = 3 * 366;

/** The period of a filter, cut off at today. Throws invalid input for days that make none. */
export function askedPeriod(
  filter: Pick<StatisticsFilter, 'period' | 'within' | 'from' | 'to'>,
  now: number,
): Period {
  const day = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : (dayOfDate(text) ?? undefined);
  const [from, to] = [day(filter.from), day(filter.to)];
  if (filter.period === 'custom') {
    if (from === undefined || to === undefined) {
      throw invalidInput([{ path: from === undefined ? 'from' : 'to', message: '请选开始和结束的日期' }]);
    }
    if (from > to) {
      throw invalidInput([{ path: 'to', message: '结束日期应在开始日期之后' }]);
    }
    if (to - from >= LONGEST_DAYS) {
      throw invalidInput([{ path: 'to', message: '一次最多看三年，请缩短一些' }]);
    }
  }
  return periodOf(filter.period, dayNumberOf(now), { within: day(filter.within), from, to });
}

/** The selection and period a viewer asked for, now or as it was `at` an earlier moment. Throws where they may not read it. */
export function asked(
  deps: Pick<ReadingDeps, 'clock' | 'directory'>,
  viewer: Actor,
  filter: StatisticsFilter,
  at?: number,
): { selection: Selection; period: Period; now: number } {
  const now = at ?? deps.clock.businessNow();
  const sphere = sphereAt(viewer, filter.desk, deps.directory);
  return {
    selection: selectionOf(sphere, filter, deps.directory),
    period: askedPeriod(filter, now),
    now,
  };
}
