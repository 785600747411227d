/** What a draft changes against the version in force. */
import type { Limit } from '../calendar/index.ts';
import { rowKey } from './check.ts';
import type { AreaRules, PolicyDocument, PolicyRow } from './types.ts';

export interface RowChange {
  scope: Pick<PolicyRow, 'categoryId' | 'urgency' | 'kind'>;
  from: Limit | null;
  to: Limit | null;
}

export interface RuleChange<K extends keyof AreaRules = keyof AreaRules> {
  rule: K;
  from: AreaRules[K] | null;
  to: AreaRules[K] | null;
}

/** Rows and rules that differ; null stands for what is inherited. */
export function comparePolicies(
  before: PolicyDocument,
  after: PolicyDocument,
): { rows: RowChange[]; rules: RuleChange[] } {
  const had = new Map(before.rows.map((row) => [rowKey(row), row]));
  const has = new Map(after.rows.map((row) => [rowKey(row), row]));
  const rows = [...new Set([...had.keys(), ...has.keys()])].flatMap((key): RowChange[] => {
    const [from, to] = [had.get(key), has.get(key)];
    const scope = to ?? from;
    const same = from?.limit.unit === to?.limit.unit && from?.limit.amount === to?.limit.amount;
    if (!scope || same) {
      return [];
    }
    const { categoryId, urgency, kind } = scope;
    return [{ scope: { categoryId, urgency, kind }, from: from?.limit ?? null, to: to?.limit ?? null }];
  });
  const names = Object.keys(before.rules) as (keyof AreaRules)[];
  const rules = names
    .filter((rule) => before.rules[rule] !== after.rules[rule])
    .map((rule) => ({ rule, from: before.rules[rule], to: after.rules[rule] }));
  return { rows, rules };
}
