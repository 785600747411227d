/**
 * What differs from place to place and is therefore data: categories with their notices and questions, ready-made
 * reasons, reply phrases, the dispatch catalogue, and the words of notices and cards. An area has what the area above
 * it has unless it sets its own.
 */
import { z } from 'zod';
import { CATALOGUE_LENGTHS } from '../words/index.ts';
import { areaRef, unitRef } from './views.ts';

const MAX = CATALOGUE_LENGTHS;

/** Signs nobody sees, some of which turn the text around them: what a person reads must be what stands there. */
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
export const hasUnseen = (text: string): boolean => UNSEEN.test(text);

/** Words people read: trimmed, without signs nobody sees; on one line unless `lines`. */
export function wordsSchema(max: number, what: string, { empty = false, lines = false } = {}) {
  return z
    .string()
    .trim()
    .min(empty ? 0 : 1, `请写${what}`)
    .max(max, `${what}最多 ${max} 字`)
    .refine((text) => !hasUnseen(text), `${what}里有看不见的字符，请删掉重写`)
    .refine((text) => lines || !text.includes('\n'), `${what}只能写一行`);
}
const id = z
  .string()
  .regex(/^[\w.-]{1,64}$/, '编号格式不对')
  .describe('Made by the client for a new item');

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

export const categoryNotice = z.object({
  /** info: told and no more · stop: nothing can be reported under this category, the words say where to go instead. */
  kind: z.enum(['info', 'stop']),
  text: wordsSchema(MAX.notice, '提示'),
});
export type CategoryNotice = z.output<typeof categoryNotice>;

export const categoryQuestion = z
  .object({
    id,
    label: wordsSchema(MAX.question, '问题'),
    kind: z.enum(['text', 'choice', 'date']),
    choices: z
      .array(wordsSchema(MAX.choice, '选项'))
      .max(MAX.choices, `选项最多 ${MAX.choices} 个`)
      .default([]),
    required: z.boolean().default(false),
  })
  .refine((q) => q.kind !== 'choice' || q.choices.length >= 2, {
    path: ['choices'],
    message: '单选题至少要有两个选项',
  })
  .refine((q) => distinct(q.choices), { path: ['choices'], message: '有两个选项一样，请改其中一个' });
export type CategoryQuestion = z.output<typeof categoryQuestion>;

export const categoryValue = z
  .object({
    name: wordsSchema(MAX.categoryName, '类别名称'),
    active: z.boolean().default(true),
    notice: categoryNotice.nullable().default(null),
    questions: z
      .array(categoryQuestion)
      .max(MAX.questions, `问题最多 ${MAX.questions} 个，多了委员不愿填`)
      .default([]),
  })
  .refine((c) => distinct(c.questions.map((q) => q.label)), {
    path: ['questions'],
    message: '有两个问题一样，请改其中一个',
  });
export type CategoryValue = z.output<typeof categoryValue>;

export const orderValue = z.object({ ids: z.array(id).max(200) });
export const reasonsValue = z
  .object({
    reasons: z
      .array(wordsSchema(MAX.reason, '理由'))
      .max(MAX.reasons, `理由最多 ${MAX.reasons} 条，多了不好选`),
  })
  .refine((v) => distinct(v.reasons), { path: ['reasons'], message: '有两条理由一样，请改其中一条' });
export const phraseValue = z.object({ text: wordsSchema(MAX.phrase, '常用语', { lines: true }) });
export const dispatchValue = z.object({
  categoryId: id,
  keywords: z
    .array(wordsSchema(MAX.keyword, '关键词'))
    .max(MAX.keywords, `关键词最多 ${MAX.keywords} 个`)
    .default([]),
  placeAreaId: z.string().max(64).nullable().default(null),
  unitId: z.string({ error: '请选承办单位' }).min(1, '请选承办单位').max(64),
  basis: wordsSchema(MAX.basis, '职责依据', { lines: true }),
});
export type DispatchValue = z.output<typeof dispatchValue>;
/** By field; which fields a text has and how long each may be stands with the text. */
export const wordingValue = z.object({ words: z.record(z.string().max(20), z.string().max(600)) });

/** What a report form asks for one category. */
export const categoryView = z.object({
  id: z.string(),
  name: z.string(),
  notice: categoryNotice.nullable(),
  questions: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      kind: z.enum(['text', 'choice', 'date']),
      choices: z.array(z.string()),
      required: z.boolean(),
    }),
  ),
});
export type CategoryView = z.output<typeof categoryView>;

/** A reply phrase as its reader sees it. */
export const phraseView = z.object({
  id: z.string(),
  text: z.string(),
  /** mine: only this person has it, and may take it away · unit: everybody of the unit · area: every unit there. */
  from: z.enum(['mine', 'unit', 'area']),
  fromName: z.string(),
});
export type PhraseView = z.output<typeof phraseView>;

/** Where a setting comes from and what a change of it must name. */
export const settingShape = {
  id: z.string(),
  /** The area that set it; null is what the product brings along. */
  from: areaRef.nullable(),
  /** Set by the very area that is looked at. */
  own: z.boolean(),
  /** Send it back with a change: it is refused when somebody changed the same thing meanwhile. Null: not set here. */
  seen: z.string().nullable(),
};

export const changeView = z.object({
  id: z.string(),
  /** 「停用了类别「文旅体育」」 */
  what: z.string(),
  who: z.string(),
  atText: z.string(),
  undone: z.boolean(),
});
export type ChangeView = z.output<typeof changeView>;

export const categoriesAdmin = z.object({
  items: z.array(
    categoryView.extend({
      ...settingShape,
      active: z.boolean(),
      added: z.boolean().describe('Known nowhere above'),
    }),
  ),
  order: z.object({ own: z.boolean(), seen: z.string().nullable() }),
  changes: z.array(changeView),
});
export type CategoriesAdmin = z.output<typeof categoriesAdmin>;

export const reasonsAdmin = z.object({
  items: z.array(
    z.object({ ...settingShape, label: z.string(), who: z.string(), reasons: z.array(z.string()) }),
  ),
  changes: z.array(changeView),
});
export type ReasonsAdmin = z.output<typeof reasonsAdmin>;

export const phrasesAdmin = z.object({
  items: z.array(
    z.object({
      ...settingShape,
      text: z.string(),
      unit: unitRef.nullable().describe('Null: for every unit'),
    }),
  ),
  changes: z.array(changeView),
});
export type PhrasesAdmin = z.output<typeof phrasesAdmin>;

export const dispatchAdmin = z.object({
  items: z.array(
    z.object({
      ...settingShape,
      categoryId: z.string(),
      category: z.string(),
      keywords: z.array(z.string()),
      place: areaRef.nullable(),
      unit: unitRef,
      basis: z.string(),
      /** Why nothing is suggested by it now; empty when all is well. */
      fault: z.string(),
    }),
  ),
  changes: z.array(changeView),
});
export type DispatchAdmin = z.output<typeof dispatchAdmin>;

/** How many cases under way a change touches. */
export const useView = z.object({
  /** Exact up to 1,000, then null. */
  open: z.number().nullable(),
  text: z.string(),
});
export type UseView = z.output<typeof useView>;
