/** The last check of the ledger in words; what it found is located to the event, for those who may know of the case. */
import type { LedgerCheckView } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import { ACTION_NAMES, spec, type ActionName } from '@minqing/shared/workflow';
import { namesOf } from '../cases/index.ts';
import { FINDING_WORDS, type Finding, type LedgerCheckRow } from '../ledger/index.ts';
import type { Administering } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import { kindOf } from './kinds.ts';
import type { AuditDeps } from './index.ts';

const SHOWN = 20;

const NEVER: LedgerCheckView = {
  state: 'none',
  headline: '还没有核验过',
  sentence: '每天凌晨 2 点后自动核验一次，也可以现在就核验。',
  share: 0,
  lastSeq: null,
  chainHash: '',
  findings: [],
  more: 0,
};

export async function viewCheck(deps: AuditDeps, scope: Administering): Promise<LedgerCheckView> {
  const row = await deps.check.latest();
  if (!row) {
    return NEVER;
  }
  const now = deps.clock.businessNow();
  return deps.store.read(async (db) => {
    const all = JSON.parse(row.findings_json) as Finding[];
    const told = await tellFindings(db, scope, all.slice(0, SHOWN));
    const names = await namesOf(db, row.person_id ? [row.person_id] : []);
    const who = row.person_id ? `${names(row.person_id).name} ` : '';
    return {
      state: row.state as LedgerCheckView['state'],
      headline: headlineOf(row),
      sentence: sentenceOf(row, who, now),
      share: row.total > 0 ? Math.min(1, row.done / row.total) : 0,
      lastSeq: row.finished_at === null ? null : row.last_seq,
      chainHash: row.chain_hash,
      findings: told,
      more: row.findings - told.length,
    };
  });
}

function headlineOf(row: LedgerCheckRow): string {
  switch (row.state) {
    case 'running':
      return `正在核验，已完成 ${Math.floor(row.total > 0 ? Math.min(99, (row.done / row.total) * 100) : 0)}%`;
    case 'whole':
      return '台账完整，没有被改动';
    case 'broken':
      return `台账有 ${row.findings} 处不对，请保留现场并上报`;
    default:
      return '上次核验没有做完';
  }
}

function sentenceOf(row: LedgerCheckRow, who: string, now: number): string {
  const began = `${who}${momentText(row.started_at, now)} 开始`;
  if (row.state === 'running') {
    return `${began}，不影响办理。`;
  }
  if (row.finished_at === null || row.state === 'failed') {
    return `${began}，中途停下了，请重新核验。`;
  }
  return `${began}，${momentText(row.finished_at, now)} 完成，核到第 ${row.last_seq.toLocaleString('en-US')} 条。`;
}

async function tellFindings(
  db: Reader,
  scope: Administering,
  findings: readonly Finding[],
): Promise<LedgerCheckView['findings']> {
  const caseIds = [...new Set(findings.flatMap((f) => f.at.caseId ?? []))];
  const cases =
    caseIds.length > 0
      ? await db.selectFrom('cases').select(['id', 'number', 'area_id']).where('id', 'in', caseIds).execute()
      : [];
  const told: LedgerCheckView['findings'] = [];
  for (const finding of findings) {
    const { caseId, version, auditId, seq } = finding.at;
    const c = cases.find((row) => row.id === caseId);
    if (c && !scope.covers(c.area_id)) {
      continue;
    }
    const place = c
      ? `${c.number}${version === undefined ? '' : ` 第 ${version} 步${await stepName(db, c.id, version)}`}`
      : auditId
        ? `操作审计${await auditName(db, auditId)}`
        : caseId
          ? '一件已经不在的民情'
          : '台账';
    told.push({
      title: `${place}：${FINDING_WORDS[finding.kind]}`,
      text: [seq === undefined ? '' : `台账第 ${seq} 条`, finding.place, finding.detail]
        .filter(Boolean)
        .join(' · '),
    });
  }
  return told;
}

async function stepName(db: Reader, caseId: string, version: number): Promise<string> {
  const row = await db
    .selectFrom('event')
    .select('action')
    .where('case_id', '=', caseId)
    .where('version', '=', version)
    .executeTakeFirst();
  const action = row?.action as ActionName | undefined;
  return action && ACTION_NAMES.includes(action) ? `「${spec(action).label}」` : '';
}

async function auditName(db: Reader, auditId: string): Promise<string> {
  const row = await db.selectFrom('audit').select('kind').where('id', '=', auditId).executeTakeFirst();
  return row ? `「${kindOf(row.kind).label}」` : '';
}
