import type { FiguresView, StageFigure } from '@minqing/shared/contract';

/** A figure's values piece by piece; null where there was nothing to divide by. */
export const valuesOf = (view: FiguresView, id: string): (number | null)[] =>
  view.groups.map((group) => group.figures.find((figure) => figure.id === id)?.value ?? null);

/** How a time moved, as figures tell theirs: down is faster. */
export const timeChange = (change: StageFigure['year']) =>
  change && {
    direction:
      change.faster === null ? ('same' as const) : change.faster ? ('down' as const) : ('up' as const),
    better: change.faster,
    phrase: change.phrase,
  };
