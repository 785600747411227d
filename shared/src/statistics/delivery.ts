/** What 送达率 means: told per channel, always with its fraction. */
import type { FigureDefinition, Rate } from './figures.ts';

export const DELIVERED_RATE: FigureDefinition = {
  name: '送达率',
  formula: '已送达 ÷ 已经试过的',
  leavesOut: '还没有轮到的',
};

export interface DeliveryCounts {
  /** Taken by the host and not refused afterwards. */
  delivered: number;
  dead: number;
  /** Failed at least once and waiting for the next try. */
  retrying: number;
}

/** The share that arrived, of everything that was tried. */
export function deliveredRate({ delivered, dead, retrying }: DeliveryCounts): Rate {
  return { part: delivered, whole: delivered + dead + retrying };
}

/** 99.9% at most while anything is missing: a rounded 100% would hide the one that was lost. Empty without a whole. */
export function percentText({ part, whole }: Rate): string {
  if (whole === 0) {
    return '';
  }
  const tenths = Math.floor((part / whole) * 1_000);
  return part === whole ? '100%' : `${(tenths / 10).toFixed(1)}%`;
}
