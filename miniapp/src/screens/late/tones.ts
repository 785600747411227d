import type { LateSummary } from '@minqing/shared/contract';

type Reason = LateSummary['reasons'][number];

const OWN = ['--v-1', '--v-2', '--v-3', '--v-4', '--v-5'];
const OTHERS = ['--v-0', '--c-ink-2', '--c-ink-3'];

/** What is for units to end in shades of one blue, the largest strongest; the rest in greys. */
export function tonesOf(reasons: readonly Reason[]): Record<string, string> {
  const next = { own: 0, others: 0 };
  return Object.fromEntries(
    reasons.map((reason) => {
      const [list, at] = reason.unit ? [OWN, next.own++] : [OTHERS, next.others++];
      return [reason.id, `var(${list[Math.min(at, list.length - 1)]})`];
    }),
  );
}
