/** Policies as data: limits per area, category and urgency, and what an area wants besides. */
export {
  limitFault,
  POLICY_KINDS,
  policyFaults,
  type PolicyFault,
  rowKey,
  tempoFaults,
  tidyLimit,
} from './check.ts';
export { comparePolicies, type RowChange, type RuleChange } from './compare.ts';
export { TEMPOS, type Tempo } from './presets.ts';
export { cellOf, limitFor, rulesFor } from './resolve.ts';
export * from './types.ts';
