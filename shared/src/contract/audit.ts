/** The audit log: who did what about whom, and whether the record is whole. For administrators. */
import { z } from 'zod';
import { AUDIT_GROUPS, DELIVERY_PERIODS } from '../words/index.ts';

const keys = <T extends Record<string, unknown>>(map: T): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];
const instant = z.string().describe('ISO 8601 with offset +08:00');

export const auditFilter = z.object({
  group: z.enum(keys(AUDIT_GROUPS)).optional(),
  kind: z.string().trim().min(1).max(64).optional(),
  person: z.string().trim().min(1).max(60).optional().describe('Who did it: a name or an id'),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(191)
    .optional()
    .describe('Whom or what it was about: a name, a unit, a case’s number, an id'),
  period: z.enum(keys(DELIVERY_PERIODS)).default('all'),
  from: z.iso.date('请写成 2026-07-06').optional().describe('First day, instead of a period'),
  to: z.iso.date('请写成 2026-07-06').optional().describe('Last day'),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const auditItem = z.object({
  id: z.string(),
  /** Its place in the ledger; null for the moment before it has one. */
  seq: z.number().nullable(),
  at: instant,
  atText: z.string(),
  group: z.enum(keys(AUDIT_GROUPS)),
  kind: z.string(),
  /** 「看了委员的手机号」 */
  label: z.string(),
  who: z.string(),
  /** What it was about, in words: a name, a unit, a case’s number. */
  subject: z.string(),
  /** What was kept with it, a line each. */
  details: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type AuditItem = z.output<typeof auditItem>;

export const auditPage = z.object({
  items: z.array(auditItem),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
});
export type AuditPage = z.output<typeof auditPage>;

export const ledgerCheckView = z.object({
  state: z.enum(['none', 'running', 'whole', 'broken', 'failed']),
  /** 「台账完整」「第 1,204 条被修改」 */
  headline: z.string(),
  sentence: z.string(),
  /** 0..1 while it runs. */
  share: z.number(),
  /** Of the last check that ended: everything up to this place was looked at. */
  lastSeq: z.number().nullable(),
  /** The last entry’s chain hash, to compare with one kept elsewhere. */
  chainHash: z.string(),
  /** Those of the viewer’s areas, located to the event. */
  findings: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
    }),
  ),
  /** Found besides those: elsewhere, or past the first twenty. */
  more: z.number(),
});
export type LedgerCheckView = z.output<typeof ledgerCheckView>;
