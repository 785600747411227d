/** Files and paper: lists as workbooks, one case as 办理单 or as an archive. */
import { casePrint, statisticsFilter } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { tableOutput } from '../table.ts';
import { caseIdInput, listInput } from './case.endpoints.ts';
import { signedOn, signedOnArchive, signedOnSpreadsheet, signedOnWord } from './factories.ts';

export function outputEndpoints({ output }: HttpDeps) {
  const cases = signedOnSpreadsheet.build({
    tag: 'output',
    summary: 'A list of cases as an Excel workbook',
    description: 'The whole list under the same filters as a page of it. Recorded in the audit log.',
    operationId: 'casesWorkbook',
    input: listInput,
    output: tableOutput,
    handler: async ({ input, ctx }) => output.cases(ctx.identity.actor, input),
  });

  const figures = signedOnSpreadsheet.build({
    tag: 'output',
    summary: 'Figures as an Excel workbook, each with what it means and leaves out',
    operationId: 'figuresWorkbook',
    input: statisticsFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => output.figures(ctx.identity.actor, input),
  });

  const circular = signedOnWord.build({
    tag: 'output',
    summary: '通报: the figures as a Word document ready to be sent on',
    operationId: 'circular',
    input: statisticsFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => output.circular(ctx.identity.actor, input),
  });

  const print = signedOn.build({
    tag: 'output',
    summary: 'One case for paper',
    description: 'For those who work on it. Recorded in the audit log.',
    operationId: 'casePrint',
    input: z.object({ caseId: caseIdInput }),
    output: casePrint.meta({ id: 'CasePrint' }),
    handler: async ({ input, ctx }) => output.print(ctx.identity.actor, input.caseId),
  });

  const archive = signedOnArchive.build({
    tag: 'output',
    summary: 'One case with its history and every file, as a ZIP archive',
    description: 'For those who work on it. Recorded in the audit log.',
    operationId: 'caseArchive',
    input: z.object({ caseId: caseIdInput }),
    output: tableOutput,
    handler: async ({ input, ctx }) => output.archive(ctx.identity.actor, input.caseId),
  });

  return { cases, figures, circular, print, archive };
}
