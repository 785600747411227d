/** What earlier dispatches of the area suggest for a case. A person decides; nothing is done by itself. */
import { z } from 'zod';
import { unitRef } from './views.ts';

export const suggestionReason = z.object({
  /** word, category: counts of earlier cases · duty: the dispatch catalogue */
  kind: z.enum(['word', 'category', 'cases', 'duty']),
  text: z.string(),
});
export type SuggestionReason = z.output<typeof suggestionReason>;

export const unitSuggestion = z.object({
  unit: unitRef,
  /** 「过去 46 件「红绿灯」的民情里，41 件由交警支队主办」; never empty. */
  reasons: z.array(suggestionReason),
  /** 「手上 14 件，无超期」 */
  load: z.object({ open: z.number(), overdue: z.number(), text: z.string() }),
  /** 0..1: how far the earlier cases speak for it. */
  belief: z.number(),
});
export type UnitSuggestion = z.output<typeof unitSuggestion>;

export const categorySuggestion = z.object({
  id: z.string(),
  name: z.string(),
  reasons: z.array(suggestionReason),
  belief: z.number(),
});
export type CategorySuggestion = z.output<typeof categorySuggestion>;

export const suggestions = z.object({
  /** At most three, best first; empty when the earlier cases leave it open or the viewer does not dispatch. */
  units: z.array(unitSuggestion),
  /** Null when they leave it open or the viewer does not set it. */
  category: categorySuggestion.nullable(),
});
export type Suggestions = z.output<typeof suggestions>;
