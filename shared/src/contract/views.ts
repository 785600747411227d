/**
 * What the API answers. The server validates its answers against these schemas and documents them in OpenAPI; the
 * mini-app imports the types only. Every text a person reads is made by the server, so phone, PC and card say the same.
 */
import { z } from 'zod';
import {
  APPEAL_OUTCOMES,
  CASE_STATES,
  LIGHTS,
  OPENNESS,
  RESULT_CLASSES,
  ROLES,
  URGENCIES,
} from '../words/index.ts';
import { ACTION_NAMES, type ActionName } from '../workflow/actions.ts';
import { INPUTS, type InputName } from '../workflow/inputs.ts';

const keys = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];
const instant = z.string().describe('ISO 8601 with offset +08:00');

export const unitRef = z.object({ id: z.string(), name: z.string(), shortName: z.string() });
export type UnitRef = z.output<typeof unitRef>;
export const areaRef = z.object({ id: z.string(), name: z.string() });
export type AreaRef = z.output<typeof areaRef>;
/** A member, as those who may invite or file for one see them. */
export const memberRef = z.object({ id: z.string(), name: z.string(), detail: z.string() });
export type MemberRef = z.output<typeof memberRef>;

export const fileView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['image', 'document', 'audio', 'video']),
  bytes: z.number(),
  /** pending: the author's device is still sending it. */
  state: z.enum(['pending', 'ready']),
  /** Relative to the API's address; images only. */
  thumbUrl: z.string().nullable(),
  url: z.string().nullable(),
});
export type FileView = z.output<typeof fileView>;

/** The time left of the clock that matters now, ready to be shown. */
export const leftView = z.object({
  /** Of the clock that is told: its working can be asked for. */
  clockId: z.string(),
  light: z.enum(keys(LIGHTS)),
  /** 「还剩 2 天 1 小时」「超 2 小时」「计时暂停」 */
  text: z.string(),
  /** 「7月9日 周四 17:00 前答复」 */
  dueText: z.string(),
  dueAt: instant,
  /** Working minutes, for the ring and for sorting; negative when over. */
  leftMinutes: z.number(),
  wholeMinutes: z.number(),
});
export type LeftView = z.output<typeof leftView>;

export const caseItem = z.object({
  id: z.string(),
  number: z.string(),
  title: z.string(),
  state: z.enum(keys(CASE_STATES)),
  stateLabel: z.string(),
  round: z.number(),
  area: areaRef,
  category: z.string(),
  lead: unitRef.nullable(),
  /** Whose move, in words for this viewer: 「等您交办」「市教育局办理中」 */
  next: z.string(),
  /** True when the viewer is the one who must move. */
  mine: z.boolean(),
  left: leftView.nullable(),
  /** What the row itself offers: stars, an answer button, or nothing. */
  prompt: z.enum(['rate', 'answer', 'resubmit', 'join']).nullable(),
  rating: z.number().nullable(),
  unseen: z.boolean(),
  updatedAt: instant,
  updatedText: z.string(),
});
export type CaseItem = z.output<typeof caseItem>;

export const casePage = z.object({
  items: z.array(caseItem),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
  /** Exact up to 1,000, then null: 「1000+」. */
  total: z.number().nullable(),
});
export type CasePage = z.output<typeof casePage>;

export const timelineEntry = z.object({
  version: z.number(),
  action: z.enum(ACTION_NAMES as [ActionName, ...ActionName[]]),
  /** 「已交办」「到现场测了车流」 */
  title: z.string(),
  /** 「市公安局交警支队 周凯」 */
  who: z.string(),
  at: instant,
  atText: z.string(),
  /** Plain text with line breaks; long ones are folded by the client. */
  text: z.string(),
  tone: z.enum(['normal', 'good', 'warn', 'bad']),
  files: z.array(fileView),
  result: z.object({ class: z.enum(keys(RESULT_CLASSES)), label: z.string(), detail: z.string() }).nullable(),
  stars: z.number().nullable(),
  /** Only for people who work on the case. */
  internal: z.boolean(),
});
export type TimelineEntry = z.output<typeof timelineEntry>;

export const actionView = z.object({
  action: z.enum(ACTION_NAMES as [ActionName, ...ActionName[]]),
  label: z.string(),
  consequence: z.string(),
  /** 0 is the main act of the page; larger ones belong under 更多. */
  rank: z.number(),
  input: z.enum(Object.keys(INPUTS) as [InputName, ...InputName[]]),
  exclusive: z.boolean(),
  /** Ready-made reasons to tick for actions that take a reason. */
  reasons: z.array(z.string()),
  /** For rating: the reasons of each grade, by stars; none at 0. */
  reasonsByStars: z.array(z.array(z.string())).optional(),
});
export type ActionView = z.output<typeof actionView>;

export const contentView = z.object({
  title: z.string(),
  situation: z.string(),
  analysis: z.string(),
  suggestion: z.string(),
  categoryId: z.string(),
  category: z.string(),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  place: z.object({
    text: z.string(),
    area: areaRef.nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  }),
  files: z.array(fileView),
});
export type ContentView = z.output<typeof contentView>;

export const assignmentView = z.object({
  id: z.string(),
  unit: unitRef,
  part: z.enum(['lead', 'co']),
  partLabel: z.string(),
  round: z.number(),
  stateLabel: z.string(),
  active: z.boolean(),
  /** 「周凯 · 已答复」 */
  detail: z.string(),
  left: leftView.nullable(),
});
export type AssignmentView = z.output<typeof assignmentView>;

/** One of the eight steps over the wide case page: 提交 受理 交办 签收 答复 评价 办结 (回复审核 where configured). */
export const stepView = z.object({
  label: z.string(),
  state: z.enum(['done', 'now', 'ahead']),
  /** 「昨天 08:41」, 「等您」, 「」 */
  detail: z.string(),
});
export type StepView = z.output<typeof stepView>;

export const caseView = z.object({
  id: z.string(),
  number: z.string(),
  version: z.number(),
  state: z.enum(keys(CASE_STATES)),
  stateLabel: z.string(),
  round: z.number(),
  /** The largest words of the page, in unbreakable phrases: 「交警支队已答复，」「等您评价」 */
  headline: z.array(z.string()),
  /** The line under it: 「比时限早 2 天 2 小时」「请在 7月9日 周四 17:00 前答复」 */
  subline: z.string(),
  light: z.enum(keys(LIGHTS)).nullable(),
  lightWord: z.string().nullable(),
  /** The clock whose time the page tells, for GET …/clocks/{clockId}; null while none ran. */
  clockId: z.string().nullable(),
  ring: z
    .object({
      caption: z.string(), // 用了 / 还剩 / 超
      value: z.string(), // 1.5 天
      foot: z.string(), // 限 3 天
      /** Share of the arc, 0..1. */
      share: z.number(),
      light: z.enum(keys(LIGHTS)),
    })
    .nullable(),
  content: contentView,
  /** The author's own words, when a reviewer edited them. */
  // A schema of its own: the document would say of both what it says of one.
  original: contentView.extend({}).nullable(),
  editedBy: z.string().nullable(),
  area: areaRef,
  committee: unitRef,
  urgency: z.enum(keys(URGENCIES)),
  urgencyLabel: z.string(),
  disclosure: z.object({
    anonymous: z.boolean(),
    openness: z.enum(keys(OPENNESS)),
    opennessLabel: z.string(),
    phoneToUnit: z.boolean(),
  }),
  /** Names as this viewer may see them: 「匿名委员」 where hidden. */
  authors: z.array(
    z.object({
      name: z.string(),
      detail: z.string(),
      phone: z.string().nullable(),
      you: z.boolean(),
      joined: z.enum(['first', 'invited', 'accepted', 'declined', 'left']),
      /** 「提出人」「已同意联名」「等待同意」「不参加」「已退出」 */
      joinedLabel: z.string(),
    }),
  ),
  /** The reviewer who filed it for the member and may go on doing so; null once the member took over. */
  filedBy: z.string().nullable(),
  supporters: z.object({ count: z.number(), you: z.boolean() }),
  /** For the committee: where it was merged into, and what was merged into it. */
  mergedInto: z.object({ caseId: z.string(), number: z.string(), title: z.string() }).nullable(),
  absorbed: z.array(z.object({ caseId: z.string(), number: z.string(), title: z.string() })),
  /** A submitted reply on its way out, for those who work on the case. */
  approval: z
    .object({
      text: z.string(),
      files: z.array(fileView),
      result: z.object({ class: z.enum(keys(RESULT_CLASSES)), label: z.string(), detail: z.string() }),
      /** 「会签 → 负责人审签 → 三服务办审核」 */
      steps: z.array(z.object({ label: z.string(), state: z.enum(['done', 'now', 'ahead']) })),
      by: z.string(),
    })
    .nullable(),
  extension: z.object({ untilText: z.string(), reason: z.string(), askedText: z.string() }).nullable(),
  supervision: z
    .object({ levelLabel: z.string(), text: z.string(), atText: z.string(), answered: z.boolean() })
    .nullable(),
  appeals: z.array(
    z.object({
      round: z.number(),
      unit: unitRef,
      reason: z.string(),
      outcome: z.enum(keys(APPEAL_OUTCOMES)).nullable(),
      outcomeLabel: z.string(),
    }),
  ),
  /** 列入计划: what was promised and what became of it. */
  plan: z
    .object({
      promisedOn: z.string(),
      text: z.string(), // 承诺 9月30日 前落实 / 已落实 · 9月28日 / 已过承诺日期
      state: z.enum(['open', 'fulfilled', 'missed']),
    })
    .nullable(),
  /** 「省级采用」「优秀案例」「已公开」 */
  honours: z.array(z.string()),
  /** Why a 回访 is wanted: low stars, or drawn. Only for the committee. */
  visitWanted: z.enum(['low', 'sample']).nullable(),
  mine: z.boolean(),
  timeline: z.array(timelineEntry),
  assignments: z.array(assignmentView),
  steps: z.array(stepView),
  left: leftView.nullable(),
  ask: z.object({ question: z.string(), askedText: z.string(), untilText: z.string() }).nullable(),
  /** What the dispatcher wrote to the units. */
  instruction: z.object({ who: z.string(), text: z.string() }).nullable(),
  /** Shown on the rating sheet for one or two stars: 「交警支队须在 7月10日 周五 17:00 前重新答复」 */
  rework: z.string().nullable(),
  pendingFiles: z.number(),
  /** What this handler began to answer on the card and did not send, for the reply sheet. */
  started: z.object({ class: z.enum(keys(RESULT_CLASSES)).nullable(), text: z.string() }).nullable(),
  actions: z.array(actionView),
});
export type CaseView = z.output<typeof caseView>;

export const queueView = z.object({
  id: z.string(),
  label: z.string(),
  /** mine: 等我办 · others: 等别人 · limits: 盯时限 · done: 已办结 */
  group: z.enum(['mine', 'others', 'limits', 'done']),
  tone: z.enum(['normal', 'amber', 'red']),
  count: z.number(),
});
export const queuesView = z.object({
  desks: z.array(
    z.object({
      /** Pass as `desk` with `queue`; one for each capacity of the person: member, or role and unit. */
      id: z.string(),
      role: z.enum(keys(ROLES)),
      title: z.string(), // 金华市三服务办
      subtitle: z.string(), // 陈洁 · 三服务办
      queues: z.array(queueView),
    }),
  ),
  asOf: instant,
});
export type QueueView = z.output<typeof queueView>;
export type QueuesView = z.output<typeof queuesView>;

export const meView = z.object({
  person: z.object({ id: z.string(), name: z.string(), title: z.string() }),
  /** 「林委员，下午好」 */
  greeting: z.string(),
  /** 「今年提交 12 件，办结 9 件，平均 2.1 个工作日答复，现有 1 件超期」; empty before the first report. */
  record: z.string(),
  grants: z.array(
    z.object({
      role: z.enum(keys(ROLES)),
      roleLabel: z.string(),
      unit: unitRef.nullable(),
      area: areaRef,
      /** Held for somebody who is away: their name. */
      forName: z.string().nullable().optional(),
    }),
  ),
  settings: z.object({ text: z.enum(['normal', 'large']), theme: z.enum(['auto', 'light', 'dark']) }),
  /** Where the author's reports go unless the place says otherwise. */
  committee: unitRef.nullable(),
  csrf: z.string().nullable(),
});
export type MeView = z.output<typeof meView>;

export const draftView = z.object({
  caseId: z.string(),
  counter: z.number(),
  content: z.record(z.string(), z.unknown()),
  title: z.string(),
  savedAt: instant,
  savedText: z.string(),
});
export type DraftView = z.output<typeof draftView>;

const replyLimit = z.object({ unit: z.enum(['days', 'hours']), amount: z.number() });

export const dispatchPreview = z.object({
  /** The limit this is about: the one asked for, else the usual one. */
  limit: replyLimit,
  /** What the area's policy gives a case of this category and urgency. */
  usual: replyLimit,
  dueAt: instant,
  /** 「7月9日 周四 17:00 前答复」 */
  dueText: z.string(),
  /** 「今天 14:30 前签收，中间没有节假日」 */
  noteText: z.string(),
  signDueAt: instant,
  days: z.array(
    z.object({
      date: z.string(),
      label: z.string(), // 7
      weekday: z.string(), // 周二
      kind: z.enum(['work', 'half', 'off']),
      name: z.string(), // 国庆节, 调休上班
      counted: z.number().nullable(), // 1 2 3
      mark: z.string(), // 交办 / 签收 / 答复
    }),
  ),
  provisional: z.boolean(),
});
export type DispatchPreview = z.output<typeof dispatchPreview>;

/** RFC 9457, with a stable `code` a program can rely on. */
export const problemView = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  since: z.array(z.string()).optional(),
});
export type ProblemView = z.output<typeof problemView>;
