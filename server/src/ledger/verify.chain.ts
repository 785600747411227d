/** Checks of the ledger itself: dense, chained, and about rows that still are what they were when it was sealed. */
import { sql } from 'kysely';
import type { Store } from '../store/types.ts';
import { digest } from './verify.model.ts';
import type { Progress, Report } from './verify.model.ts';

const PAGE = 1_000;

interface LedgerLine {
  seq: number;
  event_id: string;
  source: string;
  event_hash: string;
  chain_hash: string;
  event_now: string | null;
  audit_now: string | null;
  case_id: string | null;
  version: number | null;
}

/** Walks the ledger by seq, holding one page. Returns its length and last chain hash: what an outside anchor would keep. */
export async function verifyChain(
  store: Store,
  report: Report,
  progress: Progress,
): Promise<{ length: number; lastSeq: number; chainHash: string }> {
  let seq = 0;
  let chain = '';
  let length = 0;
  for (;;) {
    const rows = await linesAfter(store, seq);
    for (const row of rows) {
      const place = `ledger ${row.seq}`;
      if (row.seq !== seq + 1) {
        const gap = row.seq === seq + 2 ? `ledger ${seq + 1}` : `ledger ${seq + 1} to ${row.seq - 1}`;
        report({ kind: 'missing', place: gap, detail: `deleted before ${row.seq}`, at: { seq: seq + 1 } });
      } else if (digest(chain + row.event_hash) !== row.chain_hash) {
        report({
          kind: 'broken',
          place,
          detail: 'the chain does not lead here: this entry was edited, swapped or put in',
          at: { seq: row.seq },
        });
      }
      checkSubject(row, place, report);
      // Goes on from what is stored, so that one fault is told once and the next one is still found.
      seq = row.seq;
      chain = row.chain_hash;
    }
    length += rows.length;
    await progress(rows.length);
    if (rows.length < PAGE) {
      return { length, lastSeq: seq, chainHash: chain };
    }
  }
}

function checkSubject(row: LedgerLine, place: string, report: Report): void {
  const now = row.source === 'audit' ? row.audit_now : row.event_now;
  const at = {
    seq: row.seq,
    ...(row.source === 'audit' ? { auditId: row.event_id } : {}),
    ...(row.case_id !== null && row.version !== null ? { caseId: row.case_id, version: row.version } : {}),
  };
  if (now === null) {
    const detail = `${row.source} ${row.event_id} was sealed here and is gone`;
    report({ kind: 'missing', place, detail, at });
  } else if (now !== row.event_hash) {
    const what = row.case_id === null ? '' : ` (case ${row.case_id} event ${row.version})`;
    report({
      kind: 'edited',
      place,
      detail: `${row.source} ${row.event_id}${what} is not what was sealed here`,
      at,
    });
  }
}

async function linesAfter(store: Store, seq: number): Promise<LedgerLine[]> {
  const { rows } = await store.read((db) =>
    sql<LedgerLine>`select l.seq as seq, l.event_id as event_id, l.source as source, l.event_hash as event_hash,
        l.chain_hash as chain_hash, e.hash as event_now, a.hash as audit_now, e.case_id as case_id, e.version as version
      from ledger l left join event e on e.id = l.event_id left join audit a on a.id = l.event_id
      where l.seq > ${seq} order by l.seq limit ${PAGE}`.execute(db),
  );
  return rows;
}
