/** What each action takes, as zod schemas: the HTTP doors, the card door and the tests read the same ones. */
import { z } from 'zod';
import {
  ADOPTION_LEVELS,
  APPEAL_OUTCOMES,
  CONTACT_WAYS,
  LENGTHS,
  OPENNESS,
  RESULT_CLASSES,
  REVEAL_BASES,
  SUPERVISION_LEVELS,
  URGENCIES,
  VISIT_OUTCOMES,
} from '../words/index.ts';
import { REMINDER_STEPS } from './clocks.ts';

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
  answers: z
    .array(z.object({ question: z.string().min(1).max(60), answer: z.string().trim().max(300) }))
    .max(10)
    .default([]),
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
  countersign: z.boolean().default(false),
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
const invitees = z.array(id).max(LENGTHS.jointAuthors, `最多邀请 ${LENGTHS.jointAuthors} 位联名委员`);
const words = z.object({ text: required(LENGTHS.note, '情况'), fileIds: fileIdsSchema });
const happened = z.iso.datetime({ offset: true, error: '请选时间' });
const clock = z.object({ clockId: id });

export const INPUTS = {
  none,
  submit: contentSchema.extend({
    disclosure: disclosureSchema.default({ anonymous: false, openness: 'staff', phoneToUnit: false }),
    committeeId: id.optional(),
    /** Members asked to join: only the first time it is filed. */
    invitees: invitees.default([]),
    /** 代录: the member in whose name staff file it. */
    onBehalfOf: id.optional(),
  }),
  withdraw: z.object({ reason: optional(LENGTHS.reason, '原因') }),
  optionalReason: z.object({ reason: optional(LENGTHS.reason, '原因') }),
  accept: z.object({
    categoryId: id.optional(),
    urgency: z.enum(keysOf(URGENCIES)).default('normal'),
    openness: z.enum(keysOf(OPENNESS)).optional(),
    note: optional(LENGTHS.note, '意见'),
  }),
  /** Its number on the connected platform. */
  received: z.object({ number: required(64, '平台编号') }),
  reason,
  note,
  words,
  merge: z.object({ intoCaseId: id, note: optional(LENGTHS.note, '意见') }),
  absorb: z.object({ caseId: id, authors: z.array(id) }),
  absorbed: z.object({ caseId: id }),
  delegate: reason.extend({ areaId: id }),
  invite: z.object({ personIds: invitees.min(1, '请选联名委员') }),
  extension: reason.extend({ until: z.iso.date('请选延到哪一天') }),
  contact: z.object({
    at: happened,
    way: z.enum(keysOf(CONTACT_WAYS)),
    text: required(LENGTHS.note, '谈了什么、结果如何'),
    fileIds: fileIdsSchema,
    visible: z.boolean().default(true),
  }),
  appealReview: z.object({
    outcome: z.enum(keysOf(APPEAL_OUTCOMES)),
    text: required(LENGTHS.note, '复核意见'),
  }),
  visit: z.object({
    at: happened,
    way: z.enum(keysOf(CONTACT_WAYS)),
    outcome: z.enum(keysOf(VISIT_OUTCOMES)),
    text: optional(LENGTHS.note, '回访情况'),
  }),
  adopt: z.object({ level: z.enum(keysOf(ADOPTION_LEVELS)), note: optional(LENGTHS.note, '说明') }),
  instruct: z.object({ text: required(LENGTHS.note, '批示'), visible: z.boolean().default(false) }),
  publish: z.object({
    title: required(LENGTHS.title, '公开标题'),
    text: required(LENGTHS.published, '公开内容'),
  }),
  supervise: z.object({
    level: z.enum(keysOf(SUPERVISION_LEVELS)).default('normal'),
    text: required(LENGTHS.note, '督办要求'),
    limit: limitSchema.optional(),
  }),
  reveal: reason.extend({ basis: z.enum(keysOf(REVEAL_BASES)) }),
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
  clock,
  reminder: clock.extend({ step: z.enum(REMINDER_STEPS) }),
  recount: clock.extend({ why: required(LENGTHS.reason, '原因') }),
} as const;
export type InputName = keyof typeof INPUTS;
export type InputOf<N extends InputName> = z.output<(typeof INPUTS)[N]>;
