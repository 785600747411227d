/** The words of notices and cards as 管理 shows them, and what somebody would get. */
import { z } from 'zod';
import { changeView, settingShape } from './catalogue.ts';

export const textItem = z.object({
  ...settingShape,
  name: z.string(),
  /** Who gets it. */
  to: z.string(),
  channel: z.enum(['card', 'notice']),
  /** The text it is one of: other words for the same thing in one situation. */
  of: z.string().nullable(),
  fields: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      max: z.number(),
      lines: z.boolean(),
      /** As it holds here now. */
      words: z.string(),
      /** What it says where nobody set anything. */
      standard: z.string(),
    }),
  ),
  variables: z.array(z.object({ name: z.string(), sample: z.string() })),
});
export type TextItem = z.output<typeof textItem>;

export const textsAdmin = z.object({ items: z.array(textItem), changes: z.array(changeView) });
export type TextsAdmin = z.output<typeof textsAdmin>;

/** One thing drawn, top to bottom. Never markup: what a person typed is shown as typed. */
export const drawnPart = z.object({
  kind: z.enum(['strip', 'title', 'text', 'field', 'button', 'link', 'input', 'stars', 'figures']),
  text: z.string(),
  /** Beside it: the light's word, a field's label. */
  beside: z.string(),
  tone: z.enum(['normal', 'quiet', 'strong', 'green', 'amber', 'red', 'grey', 'primary', 'soft']),
});
export type DrawnPart = z.output<typeof drawnPart>;

export const textPreview = z.object({
  channels: z.array(
    z.object({
      id: z.enum(['card', 'actionCard', 'notice']),
      label: z.string(),
      parts: z.array(drawnPart),
      /** Why not all of it can be read there; empty when it can. */
      problem: z.string(),
    }),
  ),
  /** The same card once somebody acted; null for a plain notice. */
  after: z.object({ button: z.string(), parts: z.array(drawnPart) }).nullable(),
  /** 「卡片 96 个字，三种渠道都放得下」 */
  verdict: z.string(),
  fits: z.boolean(),
});
export type TextPreview = z.output<typeof textPreview>;
