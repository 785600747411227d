/** What each action takes, as zod schemas: the HTTP doors, the card door and the tests read the same ones. */
import { z } from 'zod';
import { LENGTHS, OPENNESS, RESULT_CLASSES, URGENCIES } from '../words/index.ts';

const keysOf = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];

const required = (max: number, what: string): z.ZodString =>
  z.string().trim().min(1, `请写${what}`).max(max, `${what}最多 ${max} 字`);
const optional = (max: number, what: string): z.ZodDefault<z.ZodString> =>
  z.string().trim().max(max, `${what}最多 ${max} 字`).default('');
const id = z.string().min(1).max(64);

export const placeSchema = z.object({
  text: required(LENGTHS.place, '地点'),
  areaId: id.nullable().default(null),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
});

export const fileIdsSchema = z
  .array(z.uuid())
  .max(LENGTHS.photos, `最多 ${LENGTHS.photos} 个文件`)
  .default([]);

export const contentSchema = z.object({
  title: required(LENGTHS.title, '标题'),
  situation: required(LENGTHS.situation, '情况'),
  analysis: optional(LENGTHS.analysis, '分析'),
  suggestion: optional(LENGTHS.suggestion, '建议'),
  categoryId: id.default('other'),
  place: placeSchema,
  fileIds: fileIdsSchema,
});

export const disclosureSchema = z.object({
  anonymous: z.boolean().default(false),
  openness: z.enum(keysOf(OPENNESS)).default('staff'),
  phoneToUnit: z.boolean().default(false),
});

const reason = z.object({ reason: required(LENGTHS.reason, '原因') });
const note = z.object({ note: optional(LENGTHS.note, '意见') });

/** Rooms for one to thirty working days or whole half hours up to a working day. */
export const limitSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('days'), amount: z.number().int().min(1).max(30) }),
  z.object({ unit: z.literal('hours'), amount: z.number().min(0.5).max(7).multipleOf(0.5) }),
]);

const units = z.object({
  leadUnitId: id,
  coUnitIds: z.array(id).max(LENGTHS.coHandlers, `协办单位最多 ${LENGTHS.coHandlers} 家`).default([]),
  limit: limitSchema.optional(),
  note: optional(LENGTHS.note, '交办意见'),
});

export const replySchema = z
  .object({
    class: z.enum(keysOf(RESULT_CLASSES)),
    text: required(LENGTHS.reply, '答复'),
    fileIds: fileIdsSchema,
    reason: z.string().trim().max(LENGTHS.reason).nullable().default(null),
    promisedOn: z.iso.date('请选承诺日期').nullable().default(null),
  })
  .refine((reply) => reply.class !== 'planned' || reply.promisedOn !== null, {
    path: ['promisedOn'],
    message: '列入计划要写明什么时候落实',
  })
  .refine((reply) => reply.class !== 'declined' || Boolean(reply.reason), {
    path: ['reason'],
    message: '暂不能办要写明原因',
  });

export const rateSchema = z
  .object({
    stars: z.number().int().min(1).max(5),
    reasons: z.array(z.string().max(20)).max(8).default([]),
    text: optional(LENGTHS.rating, '评价'),
  })
  .refine((rating) => rating.stars > 2 || rating.reasons.length > 0 || rating.text.length > 0, {
    path: ['reasons'],
    message: '一星、两星请选一个原因，单位好改',
  });

const none = z.object({});

export const INPUTS = {
  none,
  submit: contentSchema.extend({
    disclosure: disclosureSchema.default({ anonymous: false, openness: 'staff', phoneToUnit: false }),
    committeeId: id.optional(),
  }),
  withdraw: z.object({ reason: optional(LENGTHS.reason, '原因') }),
  accept: z.object({
    categoryId: id.optional(),
    urgency: z.enum(keysOf(URGENCIES)).default('normal'),
    openness: z.enum(keysOf(OPENNESS)).optional(),
    note: optional(LENGTHS.note, '意见'),
  }),
  reason,
  note,
  edit: contentSchema.omit({ fileIds: true }),
  correct: z
    .object({
      categoryId: id.optional(),
      place: placeSchema.optional(),
      reason: optional(LENGTHS.reason, '原因'),
    })
    .refine((change) => change.categoryId !== undefined || change.place !== undefined, {
      path: ['categoryId'],
      message: '请改类别或地点',
    }),
  units,
  coUnits: z.object({
    coUnitIds: z.array(id).max(LENGTHS.coHandlers, `协办单位最多 ${LENGTHS.coHandlers} 家`),
  }),
  redispatch: units.extend({ reason: required(LENGTHS.reason, '原因') }),
  transferBack: z.object({
    reason: required(LENGTHS.reason, '原因'),
    suggestedUnitId: id.nullable().default(null),
  }),
  progress: z.object({
    text: required(LENGTHS.note, '进展'),
    fileIds: fileIdsSchema,
    visible: z.boolean().default(true),
  }),
  ask: z.object({ question: required(LENGTHS.note, '想核实的问题') }),
  answer: z.object({ text: required(LENGTHS.note, '回答'), fileIds: fileIdsSchema }),
  opinion: z.object({ text: required(LENGTHS.note, '会签意见'), fileIds: fileIdsSchema }),
  reply: replySchema,
  rate: rateSchema,
  conclude: z.object({
    ruling: z.enum(['uphold', 'dispatchAgain']),
    text: required(LENGTHS.note, '裁定意见'),
  }),
  supplement: z.object({ text: required(LENGTHS.note, '补充情况'), fileIds: fileIdsSchema }),
  comment: z.object({ text: required(LENGTHS.note, '备注') }),
  urge: z.object({ text: optional(LENGTHS.reason, '催办的话') }),
  clock: z.object({ clockId: id }),
} as const;
export type InputName = keyof typeof INPUTS;
export type InputOf<N extends InputName> = z.output<(typeof INPUTS)[N]>;
