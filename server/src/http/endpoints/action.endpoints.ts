/** One documented endpoint for each act a person may do: the table of the workflow decides which there are. */
import { ACTION_NAMES, INPUTS, spec, type ActionName, type ActionSpec } from '@minqing/shared/workflow';
import type { CaseView } from '@minqing/shared/contract';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Identity } from '../../people/index.ts';
import { digestOf } from '../../store/index.ts';
import type { HttpDeps } from '../deps.ts';
import { caseIdInput, caseSchema } from './case.endpoints.ts';
import { changing } from './factories.ts';

/** Acts of timers and of connected platforms alone have no endpoint. */
function isForPeople(row: ActionSpec): boolean {
  return row.who.some((relation) => relation !== 'timer' && relation !== 'platform');
}

/** The acts that have an endpoint. */
export const PERSONAL_ACTIONS: readonly ActionName[] = ACTION_NAMES.filter((action) =>
  isForPeople(spec(action)),
);

/** Every act's endpoint, by its name. */
export function actionEndpoints(deps: HttpDeps) {
  return Object.fromEntries(PERSONAL_ACTIONS.map((action) => [action, actionEndpoint(deps, action)]));
}

function actionEndpoint(deps: HttpDeps, action: ActionName) {
  const row = spec(action);
  const around = {
    caseId:
      action === 'submit' ? z.uuid('编号应为 UUID').describe('Minted by the author’s device') : caseIdInput,
    seenVersion: z.number().int().min(0).optional().describe('The version the person had before their eyes'),
  };
  const input = (INPUTS[row.input] as z.ZodObject).safeExtend(around);
  return changing.build({
    tag: 'actions',
    summary: row.label,
    description: [
      `${row.label}：${row.consequence}。`,
      `From ${row.from.join(', ')}; by ${row.who.join(', ')}.`,
      row.exclusive
        ? 'Exclusive: refused when the case changed in a way that matters since seenVersion.'
        : '',
      'Answers the case as it now stands, or 204 when the act took it out of this person’s sight.',
    ].join(' '),
    operationId: action,
    input,
    output: caseSchema,
    handler: async ({ input: given, ctx }): Promise<CaseView> => {
      const { caseId, seenVersion, ...rest } = given as { caseId: string; seenVersion?: number };
      const request = {
        door: 'http' as const,
        principal: ctx.identity.person.id,
        key: ctx.key,
        digest: digestOf({ action, caseId, seenVersion, input: rest }),
        seenVersion,
      };
      await deps.cases.perform(ctx.identity.actor, caseId, action, rest, request);
      const view = await viewAfter(deps, ctx.identity, caseId);
      // The answer is ended here; the framework sends nothing after that.
      return view ?? (ctx.response.status(204).end() as never);
    },
  });
}

/** The act is done and kept whatever happens now: somebody who may no longer see the case gets no error. */
async function viewAfter(deps: HttpDeps, identity: Identity, caseId: string): Promise<CaseView | null> {
  try {
    const view = await deps.cases.view(identity.actor, caseId);
    await deps.cases.markSeen(identity.actor, caseId);
    return view;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'notFound' || error.code === 'forbidden')) {
      return null;
    }
    throw error;
  }
}
