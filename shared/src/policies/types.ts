/** The words of policies: how long each clock may run, and what an office wants besides. Pure data. */
import type { Limit } from '../calendar/index.ts';
import type { Urgency } from '../words/index.ts';
import type { ClockKind } from '../workflow/index.ts';

/** One limit, for the cases it fits; null fits every category, or every urgency. */
export interface PolicyRow {
  categoryId: string | null;
  urgency: Urgency | null;
  kind: ClockKind;
  limit: Limit;
}

/** What an area wants besides limits. */
export interface AreaRules {
  /** Replies pass the dispatch office before they reach the author: 三服务办审核答复. */
  dispatcherCheck: boolean;
  /** Replies pass the unit's head; a unit may want otherwise. */
  headApproval: boolean;
  /** How many of a hundred closed cases are drawn for 回访, 0 to 100. */
  visitPercent: number;
}

/** What one area has set, whole: publishing replaces the version before. Null rules are those of the area above. */
export interface PolicyDocument {
  rows: PolicyRow[];
  rules: { [K in keyof AreaRules]: AreaRules[K] | null };
}

/** What a case is, as far as limits ask; null fits only rows that ask for nothing. */
export interface CaseFacts {
  categoryId: string | null;
  urgency: Urgency | null;
}

/** A document and whose it is. */
export interface AreaPolicy {
  areaId: string;
  document: PolicyDocument;
}

/** A limit and the row it stands in; null where nobody set one and the product's own holds. */
export interface FoundLimit {
  limit: Limit;
  areaId: string | null;
}

export const NO_POLICY: PolicyDocument = {
  rows: [],
  rules: { dispatcherCheck: null, headApproval: null, visitPercent: null },
};

/** Where no area set anything: replies go straight out, one closed case in ten is visited. */
export const DEFAULT_RULES: AreaRules = { dispatcherCheck: false, headApproval: false, visitPercent: 10 };

export const RULE_NAMES = [
  'dispatcherCheck',
  'headApproval',
  'visitPercent',
] as const satisfies readonly (keyof AreaRules)[];
