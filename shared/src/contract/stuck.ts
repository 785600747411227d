/** What stands still and would not move by itself. For administrators. */
import { z } from 'zod';

const instant = z.string().describe('ISO 8601 with offset +08:00');

export const stuckItem = z.object({
  /** The case’s id; a delivery’s where there is no case. */
  subject: z.string(),
  caseId: z.string().nullable(),
  number: z.string(),
  /** Empty where the title is not for administrators. */
  title: z.string(),
  area: z.string(),
  kind: z.enum(['history', 'body', 'row', 'timers', 'nobody', 'cards', 'lease']),
  kindLabel: z.string(),
  /** 「市建设局没有经办人」 */
  what: z.string(),
  /** 「补发卡片」 */
  repair: z.string(),
  /** False when only people can put it right. */
  fixable: z.boolean(),
  since: instant,
  sinceText: z.string(),
});
export type StuckItem = z.output<typeof stuckItem>;

export const stuckPage = z.object({
  items: z.array(stuckItem),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
  /** Cases and rows that stand still; 999 stands for that many or more. */
  total: z.number(),
  /** A check of everything open is under way. */
  running: z.boolean(),
  /** When everything was looked at last. */
  sentence: z.string(),
});
export type StuckPage = z.output<typeof stuckPage>;

export const stuckRepaired = z.object({
  repaired: z.number(),
  /** Of those looked at, how many still stand still. */
  left: z.number(),
  lines: z.array(z.object({ subject: z.string(), done: z.array(z.string()), left: z.array(z.string()) })),
  /** More can be put right than one call takes: call again. */
  more: z.boolean(),
});
export type StuckRepaired = z.output<typeof stuckRepaired>;

/** What waits for an administrator, for the numbers beside the pages’ names. */
export const adminAttention = z.object({
  /** Notices that reached nobody; 1000 stands for that many or more. */
  deadLetters: z.number(),
  stuck: z.number(),
});
export type AdminAttention = z.output<typeof adminAttention>;
