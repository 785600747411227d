/** 工作日历 and 时限与规则, and the working of one clock. What an administrator may do is decided in deadlines/. */
import {
  calendarChange,
  calendarPreview,
  calendarView,
  clockWorking,
  policyDocument,
  policyView,
} from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { caseIdInput } from './case.endpoints.ts';
import { changing, signedOn } from './factories.ts';

const areaId = z.string().min(1).max(64);
const change = calendarChange.meta({ id: 'CalendarChange' });
const policy = policyView.meta({ id: 'Policy' });

/** Which year of which area's calendar. */
export const calendarInput = z.object({
  areaId,
  year: z.coerce.number().int().min(2004).max(2099).optional().describe('This year without it'),
});

export function deadlineEndpoints({ deadlines }: HttpDeps) {
  const working = signedOn.build({
    tag: 'cases',
    summary: 'How a deadline came to be',
    description:
      'Day by day what counted, and what each pause, extension and change of the calendar gave back.',
    operationId: 'clockWorking',
    input: z.object({ caseId: caseIdInput, clockId: z.string().min(1).max(64).describe('reply#1') }),
    output: clockWorking.meta({ id: 'ClockWorking' }),
    handler: async ({ input, ctx }) => deadlines.workings.of(ctx.identity.actor, input.caseId, input.clockId),
  });

  const year = signedOn.build({
    tag: 'admin',
    summary: 'A year of an area’s working calendar',
    operationId: 'adminCalendar',
    input: calendarInput,
    output: calendarView.meta({ id: 'Calendar' }),
    handler: async ({ input, ctx }) => deadlines.calendars.year(ctx.identity.actor, input.areaId, input.year),
  });

  const preview = signedOn.build({
    tag: 'admin',
    summary: 'What a change of the calendar would move',
    description: 'Changes nothing.',
    operationId: 'previewCalendarChange',
    method: 'post',
    input: z.object({ areaId, change }),
    output: calendarPreview.meta({ id: 'CalendarPreview' }),
    handler: async ({ input, ctx }) =>
      deadlines.calendars.preview(ctx.identity.actor, input.areaId, input.change),
  });

  const save = changing.build({
    tag: 'admin',
    summary: 'Change the calendar',
    description: 'Running clocks are counted anew soon after, never to an earlier moment.',
    operationId: 'changeCalendar',
    method: 'post',
    input: z.object({ areaId, change }),
    output: z.object({ words: z.string() }),
    handler: async ({ input, ctx }) =>
      deadlines.calendars.save(ctx.identity.actor, input.areaId, input.change),
  });

  const policies = signedOn.build({
    tag: 'admin',
    summary: 'Limits and rules of an area',
    operationId: 'adminPolicies',
    input: z.object({ areaId }),
    output: policy,
    handler: async ({ input, ctx }) => deadlines.policies.page(ctx.identity.actor, input.areaId),
  });

  const saveDraft = changing.build({
    tag: 'admin',
    summary: 'Keep the draft of limits and rules',
    operationId: 'savePolicyDraft',
    method: 'put',
    input: z.object({ areaId, revision: z.number().int().min(0), document: policyDocument }),
    output: policy,
    handler: async ({ input, ctx }) => deadlines.policies.saveDraft(ctx.identity.actor, input.areaId, input),
  });

  const discardDraft = changing.build({
    tag: 'admin',
    summary: 'Throw the draft of limits and rules away',
    operationId: 'discardPolicyDraft',
    method: 'delete',
    input: z.object({ areaId }),
    output: policy,
    handler: async ({ input, ctx }) => deadlines.policies.discardDraft(ctx.identity.actor, input.areaId),
  });

  const publish = changing.build({
    tag: 'admin',
    summary: 'Publish the draft of limits and rules',
    description: 'Binds clocks that start afterwards; running ones keep theirs.',
    operationId: 'publishPolicy',
    method: 'post',
    input: z.object({
      areaId,
      versionId: z.string().min(1).max(64),
      revision: z.number().int().min(1),
      note: z.string().trim().max(200, '说明不超过 200 个字').default(''),
    }),
    output: policy,
    handler: async ({ input, ctx }) => deadlines.policies.publish(ctx.identity.actor, input.areaId, input),
  });

  return { working, year, preview, save, policies, saveDraft, discardDraft, publish };
}
