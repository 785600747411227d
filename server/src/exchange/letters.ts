/** What could not be delivered or does not fit, for an administrator to decide; nothing is ever dropped. */
import type { CodeReplayed, ExchangeCheck, ExchangeLetter } from '@minqing/shared/contract';
import { EXCHANGE_ERRORS, type ExchangeErrorCode } from '@minqing/shared/exchange';
import { momentText } from '@minqing/shared/time';
import { spec, type Actor } from '@minqing/shared/workflow';
import { ACTION_OF, type InboundType } from '@minqing/shared/exchange';
import type { Clock } from '../clock.ts';
import { AppError, conflict, invalidInput, notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Administering, type Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { partnerFor } from './admin.view.ts';
import { replayHeld } from './admin.replay.ts';
import { causeOf, codeOf } from './codes.ts';
import type { Inbound } from './inbound.ts';
import { CODE_KINDS, ExchangeRefusal, type CodeKind, type InRow } from './model.ts';
import type { Partners } from './partners.ts';
import { FINDINGS, type Finding, type Outcome, type Reconcile } from './reconcile.ts';

const MOST = 100;

/** Our messages in words. */
const OUT_WORDS: Record<string, string> = {
  'case.handed': '交给平台办理',
  'case.corrected': '更正类别地点',
  'author.supplemented': '委员补充情况',
  'author.answered': '委员回答核实',
  'question.lapsed': '核实到期',
  'author.rated': '委员评价',
  'case.settled': '评价结果',
  'case.ruled': '裁定',
  'case.reopened': '重新办理',
  'case.cancelled': '不再由平台办理',
  'case.urged': '催办',
  'case.supervised': '督办',
  'case.instructed': '批示',
};

export interface LetterRef {
  way: 'out' | 'in';
  partnerId: string;
  id: string;
}

export interface Letters {
  list(viewer: Actor, partnerId: string): Promise<{ items: ExchangeLetter[] }>;
  /** Sends a dead letter again, or tries a held message again. Throws refused with why it still does not fit. */
  retry(viewer: Actor, ref: LetterRef): Promise<void>;
  /** Gives a held message up, with a reason; what waits behind it goes on. */
  dismiss(viewer: Actor, ref: LetterRef, reason: string): Promise<void>;
  /** Tries everything again that is held because of one code, and what waits behind; says how far it got. */
  replayCode(viewer: Actor, partnerId: string, kind: CodeKind, code: string): Promise<CodeReplayed>;
  checks(viewer: Actor, partnerId: string): Promise<{ items: ExchangeCheck[] }>;
  /** Compares now. Throws conflict while it is being done. */
  check(viewer: Actor, partnerId: string): Promise<Outcome>;
}

export function createLetters(deps: {
  store: Store;
  clock: Clock;
  directory: Directory;
  partners: Partners;
  inbound: Inbound;
  reconcile: Reconcile;
  wake(): void;
}): Letters {
  const { store, clock, partners, inbound } = deps;
  const scopeOf = (viewer: Actor): Administering => administering(viewer, deps.directory);

  const heldRow = (ref: LetterRef): Promise<InRow | undefined> =>
    store.read((db) =>
      db
        .selectFrom('exchange_in')
        .selectAll()
        .where('partner_id', '=', ref.partnerId)
        .where('message_id', '=', ref.id)
        .where('status', '=', 'held')
        .executeTakeFirst(),
    );

  async function audit(scope: Administering, ref: LetterRef, data: Record<string, unknown>): Promise<void> {
    await store.transact((tx) =>
      appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'exchange.letter',
        personId: scope.personId,
        subject: ref.id,
        data: { ...ref, ...data },
        areaId: partners.one(ref.partnerId)?.areaId ?? scope.ownAreaId,
      }),
    );
  }

  async function resend(ref: LetterRef): Promise<void> {
    const done = await store.transact((tx) =>
      tx
        .updateTable('exchange_out')
        .set({ status: 'waiting', next_at: 0, attempts: 0 })
        .where('id', '=', ref.id)
        .where('partner_id', '=', ref.partnerId)
        .where('status', '=', 'dead')
        .executeTakeFirst(),
    );
    if (Number(done.numUpdatedRows) === 0) {
      throw notFound('这条已经重发或送到了');
    }
    deps.wake();
  }

  return {
    async list(viewer, partnerId) {
      partnerFor(partners, scopeOf(viewer), partnerId);
      const now = clock.machineNow();
      return store.read(async (db) => ({
        items: [...(await heldOf(db, partnerId, now)), ...(await deadOf(db, partnerId, now))],
      }));
    },
    async retry(viewer, ref) {
      const scope = scopeOf(viewer);
      partnerFor(partners, scope, ref.partnerId);
      if (ref.way === 'out') {
        await resend(ref);
        await audit(scope, ref, { did: 'resend' });
        return;
      }
      const row = await heldRow(ref);
      if (!row) {
        throw notFound('这条消息已经处理过了');
      }
      try {
        await inbound.retry(row);
      } catch (error) {
        if (error instanceof ExchangeRefusal) {
          throw new AppError('refused', { title: whyOf(error.code, error.detail ?? '') });
        }
        throw error;
      }
      await audit(scope, ref, { did: 'retry' });
    },
    async dismiss(viewer, ref, reason) {
      const scope = scopeOf(viewer);
      partnerFor(partners, scope, ref.partnerId);
      if (reason.trim() === '') {
        throw invalidInput([{ path: 'reason', message: '请写原因' }]);
      }
      const row = ref.way === 'in' ? await heldRow(ref) : undefined;
      if (!row) {
        throw notFound('这条消息已经处理过了');
      }
      await store.transact((tx) =>
        tx
          .updateTable('exchange_in')
          .set({ status: 'dismissed', done_at: clock.machineNow() })
          .where('partner_id', '=', row.partner_id)
          .where('message_id', '=', row.message_id)
          .where('status', '=', 'held')
          .execute(),
      );
      await audit(scope, ref, { did: 'dismiss', reason });
      await inbound.goOn(row.partner_id, row.case_id);
    },
    async replayCode(viewer, partnerId, kind, code) {
      const scope = scopeOf(viewer);
      partnerFor(partners, scope, partnerId);
      const outcome = await replayHeld({ store, inbound }, partnerId, causeOf(kind, code));
      await audit(
        scope,
        { way: 'in', partnerId, id: code.slice(0, 64) },
        { did: 'replay', kind, ...outcome },
      );
      return outcome;
    },
    async checks(viewer, partnerId) {
      partnerFor(partners, scopeOf(viewer), partnerId);
      return store.read(async (db) => ({ items: await checksOf(db, partnerId, clock.businessNow()) }));
    },
    async check(viewer, partnerId) {
      const scope = scopeOf(viewer);
      const partner = partnerFor(partners, scope, partnerId);
      const outcome = await deps.reconcile(partner);
      if (!outcome) {
        throw conflict('正在对账，请稍后再看');
      }
      await store.transact((tx) =>
        appendAudit(tx, {
          at: clock.businessNow(),
          kind: 'exchange.checked',
          personId: scope.personId,
          subject: partnerId,
          data: { cases: outcome.cases, findings: outcome.findings.length },
          areaId: partner.areaId,
        }),
      );
      return outcome;
    },
  };
}

/** Why a message is held or was refused, for whoever decides about it. */
const whyOf = (code: string, text: string): string => {
  const title = EXCHANGE_ERRORS[code as ExchangeErrorCode]?.title ?? '对方没有收下';
  const missing = code === 'unknownCode' ? codeOf(text) : null;
  const about = missing ? `${CODE_KINDS[missing.kind]} ${missing.code}` : text;
  return about === '' ? title : `${title}（${about}）`;
};

/** What either kind of letter tells of its case and of its trouble. */
const aboutOf = (row: {
  case_id: string;
  number: string | null;
  title: string | null;
  error_code: string;
  error_text: string;
}): Pick<ExchangeLetter, 'caseId' | 'number' | 'title' | 'why'> => ({
  caseId: row.case_id,
  number: row.number ?? '',
  title: row.title ?? '',
  why: whyOf(row.error_code, row.error_text),
});

async function heldOf(db: Reader, partnerId: string, now: number): Promise<ExchangeLetter[]> {
  const rows = await db
    .selectFrom('exchange_in')
    .leftJoin('cases', 'cases.id', 'exchange_in.case_id')
    .selectAll('exchange_in')
    .select(['cases.number', 'cases.title'])
    .where('exchange_in.partner_id', '=', partnerId)
    .where('exchange_in.status', '=', 'held')
    .orderBy('exchange_in.received_at')
    .limit(MOST)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.message_id,
      way: 'in' as const,
      ...aboutOf(row),
      what: spec(ACTION_OF[row.type as InboundType]).label,
      missing: row.error_code === 'unknownCode' ? codeOf(row.error_text) : null,
      atText: momentText(row.received_at, now),
      behind: await behind(db, 'exchange_in', partnerId, row.case_id, row.seq),
    })),
  );
}

async function deadOf(db: Reader, partnerId: string, now: number): Promise<ExchangeLetter[]> {
  const rows = await db
    .selectFrom('exchange_out')
    .leftJoin('cases', 'cases.id', 'exchange_out.case_id')
    .selectAll('exchange_out')
    .select(['cases.number', 'cases.title'])
    .where('exchange_out.partner_id', '=', partnerId)
    .where('exchange_out.status', '=', 'dead')
    .orderBy('exchange_out.created_at')
    .limit(MOST)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      way: 'out' as const,
      ...aboutOf(row),
      what: OUT_WORDS[row.type] ?? row.type,
      missing: null,
      atText: momentText(row.created_at, now),
      behind: await behind(db, 'exchange_out', partnerId, row.case_id, row.seq),
    })),
  );
}

async function behind(
  db: Reader,
  table: 'exchange_in' | 'exchange_out',
  partnerId: string,
  caseId: string,
  seq: number,
): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('partner_id', '=', partnerId)
    .where('case_id', '=', caseId)
    .where('seq', '>', seq)
    .where('status', 'in', ['waiting', 'new'])
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

async function checksOf(db: Reader, partnerId: string, now: number): Promise<ExchangeCheck[]> {
  const rows = await db
    .selectFrom('exchange_check')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .orderBy('at', 'desc')
    .limit(30)
    .execute();
  const all = rows.map((row) => ({ row, findings: JSON.parse(row.findings_json) as Finding[] }));
  const ids = [...new Set(all.flatMap(({ findings }) => findings.map((f) => f.caseId)))].slice(0, 500);
  const named = ids.length
    ? await db.selectFrom('cases').select(['id', 'number']).where('id', 'in', ids).execute()
    : [];
  const numbers = new Map(named.map((row) => [row.id, row.number]));
  return all.map(({ row, findings }) => ({
    atText: momentText(row.at, now),
    sentence:
      row.error !== ''
        ? `没有对完：${row.error}`
        : row.differing === 0
          ? `${row.cases} 件，一致`
          : `${row.cases} 件，${row.differing} 件不同，已修复 ${row.repaired} 件`,
    findings: findings.map((f) => ({
      number: numbers.get(f.caseId) ?? f.caseId,
      text: FINDINGS[f.kind],
      repaired: f.repaired,
    })),
  }));
}
