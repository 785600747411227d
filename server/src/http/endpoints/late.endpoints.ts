/** 督办: what is late, why, and whose move it is. */
import {
  lateFilter,
  lateGroupPage,
  lateGrouping,
  lateItemPage,
  lateSummary,
  urgePreview,
  urgeSelection,
  urgesView,
} from '@minqing/shared/contract';
import { INPUTS } from '@minqing/shared/workflow';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { workbook } from '../../workbook/index.ts';
import { tableOutput } from '../table.ts';
import { changing, signedOn, signedOnSpreadsheet } from './factories.ts';

const after = z.string().trim().min(1).max(400).optional();

const urgesSchema = urgesView.meta({ id: 'Urges' });

export function lateEndpoints({ late }: HttpDeps) {
  const summary = signedOn.build({
    tag: 'late',
    summary: 'How much is late, why, and whose move it is',
    description: 'For inspectors, leaders, dispatch offices and reviewers. A paused clock is never late.',
    operationId: 'lateSummary',
    input: lateFilter,
    output: lateSummary.meta({ id: 'LateSummary' }),
    handler: async ({ input, ctx }) => late.summary(ctx.identity.actor, input),
  });

  const groups = signedOn.build({
    tag: 'late',
    summary: 'Late cases put together by unit, stage, reason or area',
    description: 'Most late cases first, by keyset: pass the answer’s `after` for the next page.',
    operationId: 'lateGroups',
    input: lateFilter.extend({
      by: lateGrouping.default('unit'),
      all: z.stringbool().default(false).describe('Also groups with nothing late'),
      after,
    }),
    output: lateGroupPage.meta({ id: 'LateGroupPage' }),
    handler: async ({ input, ctx }) => late.groups(ctx.identity.actor, input),
  });

  const items = signedOn.build({
    tag: 'late',
    summary: 'The late cases of one group',
    description: 'The oldest miss first, by keyset.',
    operationId: 'lateItems',
    input: lateFilter.extend({
      by: lateGrouping,
      key: z.string().min(1).max(64).describe('Of the group'),
      after,
      limit: z.coerce.number().int().min(1).max(50).optional(),
    }),
    output: lateItemPage.meta({ id: 'LateItemPage' }),
    handler: async ({ input, ctx }) => late.items(ctx.identity.actor, input),
  });

  const table = signedOnSpreadsheet.build({
    tag: 'late',
    summary: 'All late cases as an Excel workbook',
    operationId: 'lateTable',
    input: lateFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => ({
      name: '超期明细.xlsx',
      pieces: workbook([late.table(ctx.identity.actor, input)]),
    }),
  });

  const preview = signedOn.build({
    tag: 'late',
    summary: 'What an urge of these cases would say, and whom it would reach',
    description: 'Sends nothing. Its `caseIds` are what to send: exactly the cases the sentence names.',
    operationId: 'previewUrges',
    method: 'post',
    input: urgeSelection,
    output: urgePreview.meta({ id: 'UrgePreview' }),
    handler: async ({ input, ctx }) => late.previewUrges(ctx.identity.actor, input),
  });

  const urge = changing.build({
    tag: 'late',
    summary: 'Urge many cases with one wish',
    description:
      'Each case is urged by the act of the workflow, each unit gets one notice that names its cases. Answers at once; GET /api/urges/{urgesId} tells how far it has come and what was left out, with why.',
    operationId: 'startUrges',
    method: 'post',
    input: urgeSelection.extend(INPUTS.urge.shape),
    output: urgesSchema,
    handler: async ({ input, ctx }) => late.startUrges(ctx.identity.actor, input, ctx.key),
  });

  const urges = signedOn.build({
    tag: 'late',
    summary: 'How far a wish of mine to urge has come',
    operationId: 'urges',
    input: z.object({ urgesId: z.uuid('编号应为 UUID') }),
    output: urgesSchema,
    handler: async ({ input, ctx }) => late.urges(ctx.identity.actor, input.urgesId),
  });

  return { summary, groups, items, table, preview, urge, urges };
}
