/** Away: who acts for whom, and for how long. */
import { z } from 'zod';

export const personRef = z.object({ id: z.string(), name: z.string(), title: z.string() });
export type PersonRef = z.output<typeof personRef>;

export const substitutionView = z.object({
  id: z.string(),
  person: personRef,
  substitute: personRef,
  /** 「7月6日 周一 至 7月10日 周五」 */
  periodText: z.string(),
  fromDate: z.string().describe('YYYY-MM-DD'),
  toDate: z.string().describe('YYYY-MM-DD, the last day'),
  state: z.enum(['coming', 'running', 'over']),
  /** 「今天起，还有 3 天」「7月6日 起」「7月8日 14:20 提前结束」 */
  stateText: z.string(),
  reason: z.string(),
  /** Who acts in the end where the substitute is away as well; null where that is the substitute. */
  finallyBy: personRef.nullable(),
  mayEnd: z.boolean(),
});
export type SubstitutionView = z.output<typeof substitutionView>;

export const substitutionPage = z.object({
  items: z.array(substitutionView),
  after: z.string().nullable(),
});
export type SubstitutionPage = z.output<typeof substitutionPage>;

/** What 我的 shows about being away. */
export const mySubstitutions = z.object({
  /** False for somebody without duties to hand on. */
  mayName: z.boolean(),
  /** Own ones, running and to come, the next first; then the last few that are over. */
  own: z.array(substitutionView),
  /** Those in which I act for others, running and to come. */
  others: z.array(substitutionView),
});
export type MySubstitutions = z.output<typeof mySubstitutions>;

export const substituteCandidates = z.object({
  /** The first day that may be chosen. */
  today: z.string().describe('YYYY-MM-DD'),
  items: z.array(
    personRef.extend({
      /** 「市公安局交警支队 · 单位负责人」 */
      detail: z.string(),
      /** 「7月8日 至 7月9日 由李强代办」; empty when they are there. */
      awayText: z.string(),
    }),
  ),
});
export type SubstituteCandidates = z.output<typeof substituteCandidates>;
