/** The dispatch catalogue (派单目录) as evidence: lines that fit a case, and how strongly they speak. Pure. */
import type { DispatchEntry } from '../catalogue/index.ts';
import type { Known } from './lessons.ts';

export interface Duty {
  unitId: string;
  /** Logarithm of how much more the line makes one believe. */
  weight: number;
  /** 「派单目录：信号灯、配时」 */
  text: string;
}

/** A line whose keywords stand in the case is nearly an order; one for a whole category is a hint. */
const NAMED = Math.log(40);
const CATEGORY_ONLY = Math.log(4);

/** The strongest line for each unit that fits. `placeChain` is the place's area first, then upwards. */
export function dutiesFor(
  entries: readonly DispatchEntry[],
  known: Known,
  placeChain: readonly string[],
): Map<string, Duty> {
  const text = `${known.title} ${known.situation} ${known.placeText}`.toLowerCase();
  const found = new Map<string, Duty>();
  for (const entry of entries) {
    const here = entry.placeAreaId === null || placeChain.includes(entry.placeAreaId);
    const hits = entry.keywords.filter((word) => text.includes(word.toLowerCase()));
    const sameCategory = entry.categoryId === known.categoryId;
    const fits = here && (entry.keywords.length > 0 ? hits.length > 0 : sameCategory);
    const weight = hits.length > 0 ? NAMED + (sameCategory ? CATEGORY_ONLY : 0) : CATEGORY_ONLY;
    if (fits && weight > (found.get(entry.unitId)?.weight ?? 0)) {
      found.set(entry.unitId, { unitId: entry.unitId, weight, text: textOf(entry, hits) });
    }
  }
  return found;
}

const textOf = (entry: DispatchEntry, hits: readonly string[]): string =>
  hits.length > 0
    ? `派单目录里有「${hits.slice(0, 2).join('」「')}」`
    : `派单目录：${firstLine(entry.basis)}`;

const firstLine = (basis: string): string => {
  const line = basis.split('\n')[0] ?? '';
  return line.length > 30 ? `${line.slice(0, 29)}…` : line;
};
