/** The ledger: orders events, seals the chain, feeds projections. */
export { appendAudit, appendEvent } from './append.ts';
export type { AuditEntry, RecordIdentity, RecordedEvent } from './append.ts';
