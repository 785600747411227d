/** Their codes and ours: one table for each platform. A code nobody has matched yet is remembered, so that it can be. */
import type { Reader, Tx } from '../store/index.ts';
import { insertIgnore } from '../store/index.ts';
import { CODE_KINDS, ExchangeRefusal, type CodeKind } from './model.ts';

/** How a message that is held names the code it waits for. */
export const causeOf = (kind: CodeKind, code: string): string => `${kind} ${code}`;

/** The code such a cause names; null for any other text. */
export function codeOf(cause: string): { kind: CodeKind; code: string } | null {
  const kind = (Object.keys(CODE_KINDS) as CodeKind[]).find((one) => cause.startsWith(causeOf(one, '')));
  return kind ? { kind, code: cause.slice(causeOf(kind, '').length) } : null;
}

/** What a code of theirs means here. Throws `unknownCode`, which the caller keeps. */
export async function oursOf(db: Reader, partnerId: string, kind: CodeKind, code: string): Promise<string> {
  const row = await db
    .selectFrom('exchange_code')
    .select('ours')
    .where('partner_id', '=', partnerId)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row?.ours) {
    throw new ExchangeRefusal('unknownCode', { detail: causeOf(kind, code) });
  }
  return row.ours;
}

/** Our thing in their words: the first code matched to it, else our own id. */
export async function theirsOf(db: Reader, partnerId: string, kind: CodeKind, ours: string): Promise<string> {
  const row = await db
    .selectFrom('exchange_code')
    .select('code')
    .where('partner_id', '=', partnerId)
    .where('kind', '=', kind)
    .where('ours', '=', ours)
    .orderBy('code')
    .executeTakeFirst();
  return row?.code ?? ours;
}

/** Remembers a code that has no meaning here yet. */
export async function remember(tx: Tx, partnerId: string, kind: CodeKind, code: string): Promise<void> {
  await insertIgnore(tx, 'exchange_code', { partner_id: partnerId, kind, code, name: '', ours: '' });
}
