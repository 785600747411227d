/** 热点: what people speak of most, what rises, what gathers at one place, and what comes back month after month. */
import type { StatisticsFilter, TopicsView } from '@minqing/shared/contract';
import { before, firstDayOf, monthOf, type Period } from '@minqing/shared/statistics';
import { dateOfDay, dayNumberOf, startOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import { ledgerPosition } from '../ledger/index.ts';
import type { Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import type { Selection } from './scope.ts';
import { told } from './standing.ts';
import { rangesOf } from './sums.ts';
import { sharedWords, TOPICS, wholeWords, type TopicKind } from './topics.words.ts';
import { changeText, many, periodView } from './words.ts';

/** A word fewer reports share tells of one report, not of a matter. */
const LEAST = 3;
const MOST_WORDS = 30;
const MOST_CLUSTERS = 10;
const MOST_RECURRING = 10;
/** Months looked back at, and in how many of them a matter has to have come up. */
const LOOKED_BACK = 6;
const CAME_BACK = 3;
const RISEN = 1.2;

type Counts = Map<string, number>;

/** How often each key was there; a key of two parts is JSON of both. */
export async function countTopics(
  db: Reader,
  areas: readonly string[],
  kind: TopicKind,
  period: Pick<Period, 'from' | 'to'>,
): Promise<Counts> {
  const found: Counts = new Map();
  for (const { grain, from, to } of rangesOf(period.from, period.to)) {
    const rows = await db
      .selectFrom('topic_count')
      .select((eb) => ['key1', 'key2', eb.fn.sum<number>('n').as('n')])
      .where('area_id', 'in', [...areas, ''])
      .where('kind', '=', kind)
      .where('grain', '=', grain)
      .where('period', '>=', from)
      .where('period', '<=', to)
      .groupBy(['key1', 'key2'])
      .execute();
    for (const { key1, key2, n } of rows) {
      const key = JSON.stringify([key1, key2]);
      found.set(key, (found.get(key) ?? 0) + Number(n));
    }
  }
  return found;
}

/** Words by the months they came up in. */
async function wordsByMonth(db: Reader, areas: readonly string[], lastMonth: number) {
  const rows = await db
    .selectFrom('topic_count')
    .select((eb) => ['key1', 'period', eb.fn.sum<number>('n').as('n')])
    .where('area_id', 'in', [...areas, ''])
    .where('kind', '=', 'word')
    .where('grain', '=', 'm')
    .where('period', '>', lastMonth - LOOKED_BACK)
    .where('period', '<=', lastMonth)
    .groupBy(['key1', 'period'])
    .execute();
  const found = new Map<string, { months: number; count: number }>();
  for (const { key1, n } of rows) {
    const had = found.get(key1) ?? { months: 0, count: 0 };
    found.set(key1, {
      months: had.months + (Number(n) >= LEAST ? 1 : 0),
      count: had.count + Number(n),
    });
  }
  return found;
}

/** Topics are an area's: a unit's few cases would tell of single reports. */
export function areasOf({ areas, cut }: Selection): readonly string[] {
  if (areas === null || cut !== 'all') {
    throw invalidInput([{ path: 'unit', message: '热点按地区看，请去掉单位、类别等条件' }]);
  }
  return areas;
}

const partsOf = (key: string): [string, string] => JSON.parse(key) as [string, string];
const most = (counts: Counts, n: number): [string, number][] =>
  [...counts]
    .filter(([, count]) => count >= LEAST)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, n);

export async function readTopics(
  deps: ReadingDeps,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<TopicsView> {
  const { selection, period, now } = asked(deps, viewer, filter);
  const areas = areasOf(selection);
  return deps.store.read(async (db): Promise<TopicsView> => {
    const seq = await ledgerPosition(db, TOPICS);
    const [words, wordsBefore] = [
      await countTopics(db, areas, 'word', period),
      await countTopics(db, areas, 'word', before(period)),
    ];
    const [clusters, clustersBefore] = [
      await countTopics(db, areas, 'cluster', period),
      await countTopics(db, areas, 'cluster', before(period)),
    ];
    const lastDay = Math.min(period.to, dayNumberOf(now));
    const recurring = await wordsByMonth(db, areas, monthOf(lastDay));
    const lookedBack = {
      from: dateOfDay(firstDayOf(monthOf(lastDay) - LOOKED_BACK + 1)),
      to: dateOfDay(firstDayOf(monthOf(lastDay) + 1) - 1),
    };
    const range = { from: startOfDay(period.from), to: startOfDay(period.to + 1) };
    const gathered = [];
    for (const [key, count] of most(clusters, MOST_CLUSTERS)) {
      const [categoryId, placeId] = partsOf(key);
      const had = clustersBefore.get(key) ?? 0;
      gathered.push({
        category: { id: categoryId, name: deps.catalogue.categoryName(selection.areaId, categoryId) },
        place: { id: placeId, name: deps.directory.area(placeId)?.name ?? '' },
        words: await sharedWords(db, { areas, categoryId, placeId, ...range }),
        count,
        before: had,
        changeText: changeText(count, had),
      });
    }
    return {
      ...told({ gen: 0, seq, now }),
      period: periodView(period),
      words: wholeWords(most(words, 2 * MOST_WORDS), ([key, count]) => ({ word: partsOf(key)[0], count }))
        .slice(0, MOST_WORDS)
        .map(([key, count]) => {
          const had = wordsBefore.get(key) ?? 0;
          return {
            word: partsOf(key)[0],
            count,
            before: had,
            changeText: changeText(count, had),
            rising: count >= had * RISEN && count - had >= LEAST,
          };
        }),
      clusters: gathered,
      recurring: wholeWords(
        [...recurring].filter(([, { months }]) => months >= CAME_BACK),
        ([word, { count }]) => ({ word, count }),
      )
        .toSorted((a, b) => b[1].months - a[1].months || b[1].count - a[1].count)
        .slice(0, MOST_RECURRING)
        .map(([word, { months, count }]) => ({
          word,
          months,
          count,
          ...lookedBack,
          text: `近 ${LOOKED_BACK} 个月有 ${months} 个月都有人反映，共 ${many(count)} 件`,
        })),
    };
  });
}
