/** 管理 of areas, units, people and grants: what the API answers. Texts a person reads are made by the server. */
import { z } from 'zod';
import { ROLES, TIERS, UNIT_TYPES } from '../words/index.ts';
import { personRef } from './substitutes.ts';
import { areaRef, unitRef } from './views.ts';

const names = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];

export const HEAD_APPROVALS = ['inherit', 'yes', 'no'] as const;
export type HeadApproval = (typeof HEAD_APPROVALS)[number];
const period = z.enum(['coming', 'running', 'over']);
const date = z.string().describe('YYYY-MM-DD');

/** One area of the tree, with what it needs to take part. */
export const areaItem = z.object({
  id: z.string().describe('National administrative code'),
  name: z.string(),
  tier: z.enum(names(TIERS)),
  tierLabel: z.string(),
  /** Of case numbers: JH. */
  prefix: z.string(),
  /** Null for the topmost area this administrator sees. */
  parentId: z.string().nullable(),
  committee: unitRef.nullable(),
  /** Its own or, where it has none, that of the nearest area above. */
  dispatchOffice: unitRef.nullable(),
  /** True when the dispatch office is another area's. */
  borrowed: z.boolean(),
  /** Open units of exactly this area. */
  units: z.number(),
  /** What it lacks to take part: 「没有政协，民情报不进来」. */
  warnings: z.array(z.string()),
  /** True while nothing names it: it may be removed again. */
  removable: z.boolean(),
});
export type AreaItem = z.output<typeof areaItem>;

/** The tree, parents before their children. */
export const areaTree = z.object({ items: z.array(areaItem) });
export type AreaTree = z.output<typeof areaTree>;

export const unitItem = unitRef.extend({
  type: z.enum(names(UNIT_TYPES)),
  typeLabel: z.string(),
  area: areaRef,
  active: z.boolean(),
  /** 「3 位经办人，1 位负责人」 */
  staffText: z.string(),
  /** 「没有经办人，交办不了」 */
  warnings: z.array(z.string()),
});
export type UnitItem = z.output<typeof unitItem>;

export const unitPage = z.object({
  items: z.array(unitItem),
  after: z.string().nullable(),
  total: z.number(),
  /** Of the whole answer, how many lack somebody. */
  lacking: z.number(),
});
export type UnitPage = z.output<typeof unitPage>;

/** Somebody's role in a unit, as the unit's page lists it. */
export const unitStaff = z.object({
  grantId: z.string(),
  person: personRef,
  role: z.enum(names(ROLES)),
  roleLabel: z.string(),
  /** 「2022年1月1日 起」 */
  periodText: z.string(),
  /** 「由吴珊代办到 7月10日」; empty when they are there. */
  awayText: z.string(),
  /** False when they cannot be reached: no account, or left. */
  reachable: z.boolean(),
});
export type UnitStaff = z.output<typeof unitStaff>;

export const hostDepartment = z.object({
  hostId: z.string(),
  id: z.string(),
  name: z.string(),
  /** 「金华市 / 市公安局」 */
  path: z.string(),
  people: z.number(),
  /** The unit it stands for already. */
  unit: unitRef.nullable(),
});
export type HostDepartmentView = z.output<typeof hostDepartment>;

export const unitDetail = unitItem.extend({
  today: date,
  headApproval: z.enum(HEAD_APPROVALS),
  /** Roles one may have in this unit. */
  roles: z.array(z.object({ id: z.enum(names(ROLES)), label: z.string() })),
  staff: z.array(unitStaff),
  departments: z.array(hostDepartment),
  /** People of its departments who have no role in it yet. */
  suggestions: z.array(personRef),
  openCases: z.number(),
  /** False once something names it: then its type and area stay. */
  movable: z.boolean(),
});
export type UnitDetail = z.output<typeof unitDetail>;

export const grantView = z.object({
  id: z.string(),
  role: z.enum(names(ROLES)),
  roleLabel: z.string(),
  unit: unitRef.nullable(),
  area: areaRef,
  fromDate: date,
  toDate: date.nullable().describe('YYYY-MM-DD, the last day; null without an end'),
  periodText: z.string(),
  state: period,
  mayEnd: z.boolean(),
});
export type GrantView = z.output<typeof grantView>;

export const membershipView = z.object({
  id: z.string(),
  committee: unitRef,
  sector: z.string(),
  specialCommittee: z.string(),
  term: z.string(),
  periodText: z.string(),
  state: period,
  mayEdit: z.boolean(),
});
export type MembershipView = z.output<typeof membershipView>;

export const personItem = personRef.extend({
  /** 「138****1234」 */
  phone: z.string().nullable(),
  active: z.boolean(),
  /** 「经办人 · 市公安局交警支队」, the first few. */
  roles: z.array(z.string()),
  /** 「昨天 09:12 用过」「还没登录过」「已离开通讯录」 */
  seenText: z.string(),
});
export type PersonItem = z.output<typeof personItem>;

export const personPage = z.object({ items: z.array(personItem), after: z.string().nullable() });
export type PersonPage = z.output<typeof personPage>;

export const personDetail = personItem.extend({
  today: date,
  grants: z.array(grantView),
  memberships: z.array(membershipView),
  accounts: z.array(
    z.object({
      id: z.string(),
      hostId: z.string(),
      userId: z.string(),
      active: z.boolean(),
      departments: z.array(z.string()),
      seenText: z.string(),
    }),
  ),
  /** 「7月6日 至 7月10日由吴珊代办」, running and to come. */
  awayTexts: z.array(z.string()),
  /** Empty when name, title and phone may be changed here; else why not. */
  lockedText: z.string(),
});
export type PersonDetail = z.output<typeof personDetail>;

/** What a change does to running cases, before it is made. */
export const impactView = z.object({
  /** Open cases nobody could act on afterwards. Sent along with the change: another number refuses it. */
  stranded: z.number(),
  cases: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), stateLabel: z.string() })),
  /** What happens, one sentence each. */
  sentences: z.array(z.string()),
});
export type ImpactView = z.output<typeof impactView>;
