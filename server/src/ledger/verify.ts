/** Checks the whole history: that nothing was deleted, exchanged or edited since it was recorded, and where if so. */
import type { Store } from '../store/types.ts';
import { verifyChain } from './verify.chain.ts';
import { verifyAudit, verifyCounts, verifyEvents, verifySealed } from './verify.events.ts';
import type { Finding, FindingKind, Progress } from './verify.model.ts';

export type { Finding, FindingKind, Progress } from './verify.model.ts';

export interface VerifyResult {
  events: number;
  audits: number;
  /** Entries in the ledger. */
  sealed: number;
  /** The last place that was looked at; 0 when the ledger is empty. */
  lastSeq: number;
  /** Of the last entry: covers everything before it; '' when the ledger is empty. */
  chainHash: string;
  findings: number;
}

/** How often a recorded entry is met in one check: by itself, as sealed, and in the chain. */
export const LOOKS_AT_EACH = 3;

/**
 * Reads everything in pages, so memory stays flat, and may run beside a working server. Each finding is handed over
 * as it is met. The hashes are computed apart from the code that writes them.
 */
export async function verifyLedger(
  store: Store,
  onFinding: (finding: Finding) => void,
  progress: Progress = () => undefined,
): Promise<VerifyResult> {
  let findings = 0;
  const report = (finding: Finding): void => {
    findings += 1;
    onFinding(finding);
  };
  const events = await verifyEvents(store, report, progress);
  const audits = await verifyAudit(store, report, progress);
  await verifyCounts(store, report, progress);
  await verifySealed(store, report, progress);
  const { length, lastSeq, chainHash } = await verifyChain(store, report, progress);
  return { events, audits, sealed: length, lastSeq, chainHash, findings };
}

/** 中文 for the report. */
export const FINDING_WORDS: Record<FindingKind, string> = {
  edited: '被修改',
  moved: '被移动',
  missing: '缺失',
  broken: '链断开',
  unsealed: '未入账',
  count: '数目不符',
};
