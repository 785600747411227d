/** Which limit and which rules hold: the most specific row wins; of two alike the area's own goes before that above. */
import { defaultLimits, type ClockKind } from '../workflow/index.ts';
import {
  DEFAULT_RULES,
  type AreaPolicy,
  type AreaRules,
  type CaseFacts,
  type FoundLimit,
  type PolicyRow,
} from './types.ts';

/** Category and urgency, category, urgency, every case. */
function specificity(row: Pick<PolicyRow, 'categoryId' | 'urgency'>): number {
  return (row.categoryId === null ? 0 : 2) + (row.urgency === null ? 0 : 1);
}

/** The limit of a clock for such a case; `chain` holds the area's own policy first, then those above. */
export function limitFor(chain: readonly AreaPolicy[], kind: ClockKind, facts: CaseFacts): FoundLimit {
  let best: { row: PolicyRow; areaId: string } | undefined;
  for (const { areaId, document } of chain) {
    for (const row of document.rows) {
      const fits =
        row.kind === kind &&
        (row.categoryId === null || row.categoryId === facts.categoryId) &&
        (row.urgency === null || row.urgency === facts.urgency);
      if (fits && (!best || specificity(row) > specificity(best.row))) {
        best = { row, areaId };
      }
    }
  }
  return best
    ? { limit: best.row.limit, areaId: best.areaId }
    : { limit: defaultLimits()[kind], areaId: null };
}

/** What stands in one cell of the table: the nearest row for exactly this category and urgency, if there is one. */
export function cellOf(
  chain: readonly AreaPolicy[],
  scope: Pick<PolicyRow, 'categoryId' | 'urgency'>,
  kind: ClockKind,
): FoundLimit | null {
  for (const { areaId, document } of chain) {
    const row = document.rows.find(
      (each) => each.kind === kind && each.categoryId === scope.categoryId && each.urgency === scope.urgency,
    );
    if (row) {
      return { limit: row.limit, areaId };
    }
  }
  return null;
}

/** The rules in force, each from the nearest area that set it. */
export function rulesFor(chain: readonly AreaPolicy[]): AreaRules {
  const set = <K extends keyof AreaRules>(name: K): AreaRules[K] =>
    chain.map(({ document }) => document.rules[name]).find((value) => value !== null) ?? DEFAULT_RULES[name];
  return {
    dispatcherCheck: set('dispatcherCheck'),
    headApproval: set('headApproval'),
    visitPercent: set('visitPercent'),
  };
}
