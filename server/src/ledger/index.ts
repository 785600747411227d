/** The ledger: orders events, seals the chain, feeds projections. */
export { appendAudit, appendEvent } from './append.ts';
export type { AuditEntry, RecordIdentity, RecordedEvent } from './append.ts';
export { createLedgerCheck, type LedgerCheck, type LedgerCheckRow } from './check.ts';
export { followLedger, ledgerAfter, ledgerOfCase, ledgerPosition } from './follow.ts';
export type { LedgerEntry } from './follow.ts';
export { casesIn, createFollower } from './follower.ts';
export type { Follower } from './follower.ts';
export { recordedEvents } from './rows.ts';
export { createSequencer } from './sequencer.ts';
export type { LedgerLog, LedgerMetrics, Sequencer, SequencerOptions } from './sequencer.ts';
export { FINDING_WORDS, verifyLedger } from './verify.ts';
export type { Finding, FindingKind, VerifyResult } from './verify.ts';
