/** What goes onto paper: 办理单, a single case with its whole history, every text made by the server. */
import { z } from 'zod';

export const casePrint = z.object({
  caseId: z.string(),
  number: z.string(),
  /** Head of every page: 「民情一点通 · 金华市政协」 */
  owner: z.string(),
  title: z.string(),
  /** 「已办结。市公安局交警支队用 1.5 个工作日答复，委员评价 5 星。」 */
  sentence: z.string(),
  /** Of the case's page: `size` modules a side, `path` draws the dark ones in a box of that size. */
  code: z.object({ size: z.number(), path: z.string() }),
  facts: z.array(z.object({ label: z.string(), value: z.string(), mark: z.string(), wide: z.boolean() })),
  matter: z.object({
    edited: z.boolean(),
    parts: z.array(z.object({ label: z.string(), text: z.string() })),
    /** The author's own words, where a reviewer edited them; empty otherwise. */
    original: z.string(),
  }),
  photos: z.array(z.object({ fileId: z.string(), url: z.string(), caption: z.string() })),
  attachments: z.array(z.object({ fileId: z.string(), name: z.string(), detail: z.string() })),
  replies: z.array(z.object({ label: z.string(), text: z.string(), by: z.string() })),
  ratings: z.array(z.object({ stars: z.number(), label: z.string(), text: z.string(), by: z.string() })),
  /** Oldest first. */
  history: z.array(z.object({ at: z.string(), who: z.string(), unit: z.string(), what: z.string() })),
  stages: z.array(
    z.object({
      label: z.string(),
      limit: z.string(),
      used: z.string(),
      /** ● 按期 · ■ 超 2 小时 · ◐ 进行中 */
      result: z.string(),
      /** Of the limit, 0 to 1. */
      share: z.number(),
    }),
  ),
  signatures: z.array(z.string()),
  /** 「打印：陈洁 2026年7月8日 周三 09:16」 */
  printed: z.string(),
  /** Of the last event's hash: the same as long as nothing was added to the history. */
  check: z.string(),
});
export type CasePrint = z.output<typeof casePrint>;
