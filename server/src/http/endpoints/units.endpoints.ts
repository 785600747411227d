/** 管理 of areas and units. Whom and what an administrator may touch is decided in people/. */
import {
  areaTree,
  HEAD_APPROVALS,
  hostDepartment,
  impactView,
  unitDetail,
  unitPage,
} from '@minqing/shared/contract';
import { TIERS, UNIT_TYPES } from '@minqing/shared/words';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

export const idOf = (what: string) => z.string().min(1).max(64).describe(what);
export const names = <T extends Record<string, unknown>>(map: T) =>
  z.enum(Object.keys(map) as [keyof T & string, ...(keyof T & string)[]]);
/** Words of at most `max` characters that must be there. */
export const wordsOf = (what: string, max: number) =>
  z.string().trim().min(1, `请填写${what}`).max(max, `${what}最多 ${max} 个字`);
export const seenCases = z
  .number()
  .int()
  .min(0)
  .describe('The number of cases in the impact that was shown; another number refuses the change');
export const impactSchema = impactView.meta({ id: 'Impact' });

const code = z
  .string()
  .trim()
  .regex(/^\d{6,12}$/, '代码应为 6 到 12 位数字，例如 330702');
const prefix = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][A-Z0-9]{1,3}$/, '编号前缀应为 2 到 4 个大写字母，例如 WC');
const unitWords = {
  name: wordsOf('单位名称', 60),
  shortName: wordsOf('简称', 20),
  type: names(UNIT_TYPES),
  areaId: idOf('Area'),
};

/** What the list of units may be narrowed to. */
export const unitsInput = z.object({
  areaId: idOf('Only this very area').optional(),
  q: z.string().trim().max(60).default(''),
  type: names(UNIT_TYPES).optional(),
  state: z.enum(['active', 'stopped', 'lacking']).default('active'),
});

export function areaEndpoints({ people }: HttpDeps) {
  const { admin } = people;

  const areas = signedOn.build({
    tag: 'admin',
    summary: 'The areas I administer, as a tree',
    operationId: 'adminAreas',
    output: areaTree.meta({ id: 'AreaTree' }),
    handler: async ({ ctx }) => admin.areas(ctx.identity.actor),
  });

  const add = changing.build({
    tag: 'admin',
    summary: 'Add an area below one of mine',
    operationId: 'addArea',
    method: 'post',
    input: z.object({
      code,
      name: wordsOf('名称', 30),
      tier: names(TIERS),
      parentId: idOf('Area above'),
      prefix,
    }),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => ({
      id: await admin.addArea(ctx.identity.actor, input, changeRequest(ctx, 'addArea', input)),
    }),
  });

  const change = changing.build({
    tag: 'admin',
    summary: 'Rename an area or change the letters of its case numbers',
    operationId: 'changeArea',
    method: 'patch',
    input: z.object({ areaId: idOf('Area'), name: wordsOf('名称', 30), prefix }),
    output: z.object({}),
    handler: async ({ input: { areaId, ...words }, ctx }) => {
      await admin.changeArea(
        ctx.identity.actor,
        areaId,
        words,
        changeRequest(ctx, 'changeArea', { areaId, words }),
      );
      return {};
    },
  });

  const remove = changing.build({
    tag: 'admin',
    summary: 'Remove an area nothing names',
    operationId: 'removeArea',
    method: 'delete',
    input: z.object({ areaId: idOf('Area') }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await admin.removeArea(ctx.identity.actor, input.areaId, changeRequest(ctx, 'removeArea', input));
      return {};
    },
  });

  return { areas, add, change, remove };
}

export function unitEndpoints({ people }: HttpDeps) {
  const { admin } = people;

  const list = signedOn.build({
    tag: 'admin',
    summary: 'The units of my areas, with what they lack',
    operationId: 'adminUnits',
    input: unitsInput.extend({ after: z.string().max(1_000).optional() }),
    output: unitPage.meta({ id: 'UnitPage' }),
    handler: async ({ input, ctx }) => admin.units(ctx.identity.actor, input),
  });

  const one = signedOn.build({
    tag: 'admin',
    summary: 'One unit: its people, departments and rule',
    operationId: 'adminUnit',
    input: z.object({ unitId: idOf('Unit') }),
    output: unitDetail.meta({ id: 'UnitDetail' }),
    handler: async ({ input, ctx }) => admin.unit(ctx.identity.actor, input.unitId),
  });

  const add = changing.build({
    tag: 'admin',
    summary: 'Add a unit',
    operationId: 'addUnit',
    method: 'post',
    input: z.object(unitWords),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => ({
      id: await admin.addUnit(ctx.identity.actor, input, changeRequest(ctx, 'addUnit', input)),
    }),
  });

  const change = changing.build({
    tag: 'admin',
    summary: 'Change a unit',
    description: 'Type and area only while no person and no case names it.',
    operationId: 'changeUnit',
    method: 'patch',
    input: z.object({ unitId: idOf('Unit'), ...unitWords, headApproval: z.enum(HEAD_APPROVALS) }),
    output: z.object({}),
    handler: async ({ input: { unitId, ...words }, ctx }) => {
      await admin.changeUnit(
        ctx.identity.actor,
        unitId,
        words,
        changeRequest(ctx, 'changeUnit', { unitId, words }),
      );
      return {};
    },
  });

  const impact = signedOn.build({
    tag: 'admin',
    summary: 'What stopping a unit does to running cases',
    operationId: 'impactOfStoppingUnit',
    input: z.object({ unitId: idOf('Unit') }),
    output: impactSchema,
    handler: async ({ input, ctx }) => admin.impactOfStopping(ctx.identity.actor, input.unitId),
  });

  const stop = changing.build({
    tag: 'admin',
    summary: 'Stop a unit: it gets nothing new',
    operationId: 'stopUnit',
    method: 'post',
    input: z.object({ unitId: idOf('Unit'), seen: seenCases }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'stopUnit', input);
      await admin.setUnitActive(ctx.identity.actor, input.unitId, false, input.seen, request);
      return {};
    },
  });

  const resume = changing.build({
    tag: 'admin',
    summary: 'Take a stopped unit back',
    operationId: 'resumeUnit',
    method: 'post',
    input: z.object({ unitId: idOf('Unit') }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'resumeUnit', input);
      await admin.setUnitActive(ctx.identity.actor, input.unitId, true, 0, request);
      return {};
    },
  });

  const departments = signedOn.build({
    tag: 'admin',
    summary: 'Departments of the contacts by name',
    operationId: 'adminDepartments',
    input: z.object({ q: z.string().trim().max(60).default('') }),
    output: z.object({ items: z.array(hostDepartment) }).meta({ id: 'HostDepartments' }),
    handler: async ({ input, ctx }) => ({ items: await admin.departments(ctx.identity.actor, input.q) }),
  });

  const link = changing.build({
    tag: 'admin',
    summary: 'Say which unit a department stands for',
    operationId: 'linkDepartment',
    method: 'put',
    input: z.object({
      hostId: idOf('Host organisation'),
      departmentId: idOf('Department'),
      unitId: idOf('Unit').nullable().describe('Null: none'),
    }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await admin.linkDepartment(ctx.identity.actor, input, changeRequest(ctx, 'linkDepartment', input));
      return {};
    },
  });

  return { list, one, add, change, impact, stop, resume, departments, link };
}
