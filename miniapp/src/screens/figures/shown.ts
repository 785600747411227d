import type { FiguresView, StageFigure } from '@minqing/shared/contract';

/** A figure's values piece by piece; null where there was nothing to divide by. */
export const valuesOf = (view: FiguresView, id: string): (number | null)[] =>
  view.groups.map((group) => group.figures.find((figure) => figure.id === id)?.value ?? null);

/** 「93.7%」 as 93.7 and %, 「16.8 小时」 as 16.8 and 小时: the sign behind a large number is drawn smaller. */
export function numberAndUnit(text: string): { number: string; unit: string } {
  const [, number = text, unit = ''] = /^([\d.,—]+)\s*(.*)$/.exec(text) ?? [];
  return { number, unit };
}

/** How a time moved, as figures tell theirs: down is faster. */
export const timeChange = (change: StageFigure['year']) =>
  change && {
    direction:
      change.faster === null ? ('same' as const) : change.faster ? ('down' as const) : ('up' as const),
    better: change.faster,
    phrase: change.phrase,
  };
