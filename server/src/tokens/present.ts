/** Tokens in words. */
import type { TokenView } from '@minqing/shared/contract';
import { dateText, isoShanghaiFull, momentText } from '@minqing/shared/time';
import { TOKEN_SCOPES, type TokenScope } from '@minqing/shared/words';
import type { Selectable } from 'kysely';
import type { AccessTokenTable } from '../store/tables.door.ts';

export type TokenRow = Selectable<AccessTokenTable>;

/** The scopes of a row; one that a later version dropped is left out and allows nothing. */
export function scopesOf(row: Pick<TokenRow, 'scopes_json'>): TokenScope[] {
  const kept = JSON.parse(row.scopes_json) as string[];
  return kept.filter((scope): scope is TokenScope => Object.hasOwn(TOKEN_SCOPES, scope));
}

export function stateOf(row: TokenRow, now: number): TokenView['state'] {
  return row.revoked_at !== null ? 'revoked' : row.expires_at <= now ? 'expired' : 'live';
}

/** `nameOf` names who revoked it. */
export function presentToken(row: TokenRow, now: number, nameOf: (personId: string) => string): TokenView {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: scopesOf(row).map((scope) => ({ scope, label: TOKEN_SCOPES[scope].label })),
    state: stateOf(row, now),
    stateText: stateText(row, now, nameOf),
    createdText: `${dateText(row.created_at, now)}创建`,
    expiresAt: isoShanghaiFull(row.expires_at),
    lastUsedAt: row.last_used_at === null ? null : isoShanghaiFull(row.last_used_at),
    lastUsedText:
      row.last_used_at === null
        ? '还没有用过'
        : `${momentText(row.last_used_at, now)} 用过${row.last_address ? `，来自 ${row.last_address}` : ''}`,
  };
}

function stateText(row: TokenRow, now: number, nameOf: (personId: string) => string): string {
  if (row.revoked_at !== null) {
    const by = row.revoked_by === row.person_id ? '本人' : nameOf(row.revoked_by ?? '');
    return `${dateText(row.revoked_at, now)}由${by}撤销${row.revoke_reason ? `：${row.revoke_reason}` : ''}`;
  }
  // The last day it works, as people count.
  const lastDay = dateText(row.expires_at - 1, now);
  return row.expires_at <= now ? `${lastDay}已过期` : `${lastDay}到期`;
}
