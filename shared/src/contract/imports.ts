/** 批量导入: what a spreadsheet would do, row by row, and what it has done. */
import { z } from 'zod';

export const importReport = z.object({
  /** 「新增 3 个单位，给 12 人角色」「有 2 行要改」 */
  summary: z.string(),
  /** Nothing is written while there is one. */
  errors: z.array(
    z.object({
      /** Sheet or kind of table. */
      table: z.string(),
      /** The row as the spreadsheet numbers it. */
      line: z.number(),
      message: z.string(),
    }),
  ),
  /** What each row does, the first thousand. */
  rows: z.array(z.object({ table: z.string(), line: z.number(), text: z.string(), changes: z.boolean() })),
  /** Rows that change something, and rows that are so already. */
  changing: z.number(),
  same: z.number(),
  /** Names what was shown: send it back to write exactly that. */
  plan: z.string(),
  applied: z.boolean(),
});
export type ImportReport = z.output<typeof importReport>;
