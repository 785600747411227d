/** 督办: what is late, why, and whose move it is. */
import { lateFilter, lateGroupPage, lateGrouping, lateItemPage, lateSummary } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { tableOutput } from '../table.ts';
import { signedOn, signedOnTable } from './factories.ts';

const after = z.string().trim().min(1).max(400).optional();

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

  const table = signedOnTable.build({
    tag: 'late',
    summary: 'All late cases as a table for a spreadsheet',
    operationId: 'lateTable',
    input: lateFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => ({
      name: '超期明细.csv',
      pieces: late.table(ctx.identity.actor, input),
    }),
  });

  return { summary, groups, items, table };
}
