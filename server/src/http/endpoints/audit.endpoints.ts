/** The audit log and the check of the ledger, for administrators. */
import { auditFilter, auditPage, ledgerCheckView } from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { workbook } from '../../workbook/index.ts';
import { tableOutput } from '../table.ts';
import { changing, signedOn, signedOnSpreadsheet } from './factories.ts';

const tag = 'audit';

export function auditEndpoints({ audit }: HttpDeps) {
  const check = ledgerCheckView.meta({ id: 'LedgerCheck' });
  const list = signedOn.build({
    tag,
    summary: 'Who did what about whom',
    description: 'Sign-ons, administrative acts, reads of personal data, newest first, of my areas.',
    operationId: 'listAudit',
    input: auditFilter.extend({ after: z.string().max(1_000).optional() }),
    output: auditPage.meta({ id: 'AuditPage' }),
    handler: async ({ input: { after, ...filter }, ctx }) => audit.list(ctx.identity.actor, filter, after),
  });

  const table = signedOnSpreadsheet.build({
    tag,
    summary: 'The audit log as an Excel workbook',
    operationId: 'auditTable',
    input: auditFilter,
    output: tableOutput,
    handler: async ({ input, ctx }) => ({
      name: '操作审计.xlsx',
      pieces: workbook([await audit.table(ctx.identity.actor, input)]),
    }),
  });

  const verification = signedOn.build({
    tag,
    summary: 'The last check of the ledger',
    operationId: 'ledgerCheck',
    output: check,
    handler: async ({ ctx }) => audit.verification(ctx.identity.actor),
  });

  const verify = changing.build({
    tag,
    summary: 'Check the whole ledger now, in the background',
    operationId: 'checkLedger',
    method: 'post',
    output: check,
    handler: async ({ ctx }) => audit.verify(ctx.identity.actor),
  });

  return { list, table, verification, verify };
}
