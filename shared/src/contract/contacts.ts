/** 通讯录同步: what it would change, and what earlier runs changed. */
import { z } from 'zod';

export const SYNC_KINDS = {
  personLeft: '离开',
  personAdded: '新增的人',
  personBack: '回来的人',
  personChanged: '资料变化',
  departmentAdded: '新增部门',
  departmentRenamed: '部门变化',
  departmentGone: '撤掉的部门',
  unitRenamed: '单位改名',
} as const;
export type SyncKind = keyof typeof SYNC_KINDS;
const kinds = Object.keys(SYNC_KINDS) as [SyncKind, ...SyncKind[]];

export const syncRun = z.object({
  id: z.string(),
  hostId: z.string(),
  /** 「夜间自动」「黄志强」 */
  byText: z.string(),
  atText: z.string(),
  state: z.enum(['reading', 'read', 'applying', 'done', 'failed']),
  /** 「正在读取通讯录，已读 320 人」「新增 3 人，离开 1 人」 */
  stateText: z.string(),
});
export type SyncRun = z.output<typeof syncRun>;

export const syncOverview = z.object({
  hosts: z.array(z.object({ id: z.string(), name: z.string(), people: z.number(), departments: z.number() })),
  /** Newest first. */
  runs: z.array(syncRun),
});
export type SyncOverview = z.output<typeof syncOverview>;

export const syncDetail = syncRun.extend({
  /** Why it must not be applied; empty when it may. */
  blockedText: z.string(),
  /** What it would change, or has changed, by kind; only kinds there are. */
  groups: z.array(
    z.object({
      kind: z.enum(kinds),
      label: z.string(),
      count: z.number(),
      /** The first of them. */
      items: z.array(z.object({ name: z.string(), detail: z.string(), warn: z.boolean() })),
    }),
  ),
  mayApply: z.boolean(),
});
export type SyncDetail = z.output<typeof syncDetail>;
