/** Putting sums apart: which row belongs to which group, what groups are called, who is ranked. */
import { pieceText, piecesOf, type Grain, type Period } from '@minqing/shared/statistics';
import type { StatisticsSplit } from '@minqing/shared/contract';
import { dateOfDay, localTime, startOfDay } from '@minqing/shared/time';
import type { ReadingDeps } from './asked.ts';
import { cutBy, onlyKey, type Selection } from './scope.ts';
import type { Ask, SumRow } from './sums.ts';

export interface Group {
  key: string;
  name: string;
  from: string | null;
  to: string | null;
}

export interface Grouping {
  /** What the sums are read by. */
  ask: Pick<Ask, 'cut' | 'key1' | 'key2' | 'by' | 'pieces' | 'months'>;
  keyOf(row: SumRow): string;
  /** Groups that are told even when they hold nothing, in their order. */
  always: readonly string[];
  groupOf(key: string): Group;
}

const TIERS = { province: '省本级', city: '市本级', county: '县本级' } as const;
export const isGrain = (split: StatisticsSplit): split is Grain =>
  split === 'day' || split === 'week' || split === 'month';

/** How a selection is put apart. Throws invalid input where it cannot be. */
export function groupingOf(
  deps: Pick<ReadingDeps, 'directory' | 'catalogue'>,
  selection: Selection,
  split: StatisticsSplit,
  period: Period,
): Grouping {
  const { cut, key1, key2 } = selection;
  const own = { cut, key1, key2 };
  const plain = (key: string, name: string): Group => ({ key, name, from: null, to: null });
  if (split === 'none') {
    return { ask: { ...own, by: [] }, keyOf: () => '', always: [], groupOf: (key) => plain(key, '') };
  }
  if (isGrain(split)) {
    return byTime(own, split, period);
  }
  if (split === 'area') {
    return byArea(deps, selection);
  }
  const { key, ...apart } = cutBy(selection, split);
  const { directory, catalogue } = deps;
  const names: Record<typeof split, (id: string) => string> = {
    unit: (id) => directory.unit(id)?.name ?? (id === '' ? '还没有承办单位' : '（已撤销单位）'),
    category: (id) => catalogue.categoryName(selection.areaId, id),
    sector: (id) => (id === '' ? '匿名或没有界别' : id),
    place: (id) => directory.area(id)?.name ?? '（已撤销地区）',
  };
  return {
    ask: { ...apart, by: [key] },
    keyOf: (row) => row[key],
    always: [],
    groupOf: (id) => plain(id, names[split](id)),
  };
}

function byTime(own: Pick<Ask, 'cut' | 'key1' | 'key2'>, grain: Grain, period: Period): Grouping {
  const pieces = piecesOf(period, grain);
  const year = localTime(startOfDay(period.to)).year;
  return {
    ask: { ...own, by: [], pieces: pieces.map((piece) => piece.from), months: grain === 'month' },
    keyOf: (row) => dateOfDay(pieces[row.piece]?.from ?? period.from),
    always: pieces.map((piece) => dateOfDay(piece.from)),
    groupOf(key) {
      const piece = pieces.find(({ from }) => dateOfDay(from) === key) ?? period;
      return {
        key,
        name: pieceText(piece.from, grain, year),
        from: dateOfDay(piece.from),
        to: dateOfDay(piece.to),
      };
    },
  };
}

/** The areas right below, each with everything below it, and the area's own part. */
export function areasBelow({ directory }: Pick<ReadingDeps, 'directory'>, { areaId, areas }: Selection) {
  const keyOfArea = (id: string): string => {
    const chain = directory.areaChain(id);
    const at = chain.indexOf(areaId);
    return at > 0 ? (chain[at - 1] ?? id) : at === 0 ? onlyKey(areaId) : id;
  };
  const tier = directory.area(areaId)?.tier;
  return {
    keyOfArea,
    always: [...new Set((areas ?? []).map(keyOfArea))],
    groupOf(key: string): Group {
      const name =
        key === onlyKey(areaId)
          ? tier && (areas ?? []).length > 1
            ? TIERS[tier]
            : directory.area(areaId)?.name
          : directory.area(key)?.name;
      return { key, name: name ?? '（已撤销地区）', from: null, to: null };
    },
  };
}

function byArea(deps: Pick<ReadingDeps, 'directory'>, selection: Selection): Grouping {
  const { cut, key1, key2 } = selection;
  const { keyOfArea, ...below } = areasBelow(deps, selection);
  return { ask: { cut, key1, key2, by: ['area_id'] }, keyOf: (row) => keyOfArea(row.area), ...below };
}

export interface Rankable {
  key: string;
  /** Null: nothing to rank by. */
  value: number | null;
  whole: number;
}

/** Best first; those with too few behind them, without a rank. Equal values share theirs. */
export function ranked<T extends Rankable>(
  all: readonly T[],
  order: 'ascending' | 'descending',
  least: number,
): { item: T; rank: number | null }[] {
  const enough = ({ key, value, whole }: T): boolean => key !== '' && value !== null && whole >= least;
  const sign = order === 'descending' ? -1 : 1;
  const first = all
    .filter(enough)
    .toSorted((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)) || b.whole - a.whole);
  const rest = all.filter((item) => !enough(item)).toSorted((a, b) => b.whole - a.whole);
  return [
    ...first.map((item) => ({ item, rank: first.findIndex((other) => other.value === item.value) + 1 })),
    ...rest.map((item) => ({ item, rank: null })),
  ];
}

const THINGS: Partial<Record<StatisticsSplit, string>> = {
  unit: '个单位',
  area: '个地区',
  place: '个地区',
  category: '个类别',
  sector: '个界别',
};

/** 「另有 27 个单位不足 30 件，不参加排名」; empty where all are ranked. */
export function unrankedText(split: StatisticsSplit, unranked: number, least: number): string {
  return unranked === 0 ? '' : `另有 ${unranked} ${THINGS[split] ?? '组'}不足 ${least} 件，不参加排名`;
}
