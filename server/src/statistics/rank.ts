/** Where a unit stands among the units of its area; only its own place is told, and only where enough is counted. */
import type { StatisticsFilter, UnitRankView } from '@minqing/shared/contract';
import { figureFrom } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { ranked } from './groups.ts';
import { readStanding, told } from './standing.ts';
import { readSums } from './sums.ts';
import { many, periodView, valueOf } from './words.ts';

const WHERE = { province: '全省', city: '全市', county: '全县' } as const;

export async function readUnitRank(
  deps: ReadingDeps,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<UnitRankView> {
  const { selection, period, now } = asked(deps, viewer, filter);
  const { sphere, where } = selection;
  if (sphere.kind !== 'unit' || Object.keys(where).length > 1 || filter.area !== undefined) {
    throw invalidInput([{ path: 'desk', message: '这里只看一个单位全部民情的名次，请去掉其他条件' }]);
  }
  const { found, standing } = await readStanding(deps.store, now, (db, at) =>
    readSums(db, {
      ...at,
      areas: deps.directory.areasWithin(sphere.areaId),
      cut: 'unit',
      kinds: ['due'],
      from: period.from,
      to: period.to,
      by: ['key1'],
    }),
  );
  const marks = new Map<string, Map<number, number>>();
  for (const { key1, mark, n } of found) {
    const own = marks.get(key1) ?? new Map<number, number>();
    marks.set(key1, own.set(mark, (own.get(mark) ?? 0) + n));
  }
  const least = deps.settings.leastRanked(sphere.areaId);
  const units = [...marks].map(([key, byMark]) => {
    const rate = figureFrom('onTimeRate', byMark);
    return { key, value: valueOf('onTimeRate', rate), whole: rate.whole };
  });
  const order = ranked(units, 'descending', least);
  const of = order.filter(({ rank }) => rank !== null).length;
  const own = order.find(({ item }) => item.key === sphere.unitId);
  const rank = own?.rank ?? null;
  const area = deps.directory.area(sphere.areaId);
  return {
    ...told(standing),
    period: periodView(period),
    rank,
    of,
    text:
      rank === null
        ? `到期应复 ${many(own?.item.whole ?? 0)} 件，不足 ${least} 件，不参加排名`
        : `按期率在${area ? WHERE[area.tier] : ''} ${of} 个参加排名的单位里排第 ${rank}`,
  };
}
