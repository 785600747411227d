/** What the parts of exchange/ hand each other. */
import type { ExchangeErrorCode } from '@minqing/shared/exchange';
import type { Selectable } from 'kysely';
import type { ExchangeInTable, ExchangeOutTable, ExchangePartnerTable } from '../store/tables.exchange.ts';

export type PartnerRow = Selectable<ExchangePartnerTable>;
export type InRow = Selectable<ExchangeInTable>;
export type OutRow = Selectable<ExchangeOutTable>;

export const CODE_KINDS = { category: '类别', unit: '单位', state: '状态' } as const;
export type CodeKind = keyof typeof CODE_KINDS;

/** A message or request that is not taken, with what the contract says about it. */
export class ExchangeRefusal extends Error {
  override name = 'ExchangeRefusal';
  readonly code: ExchangeErrorCode;
  readonly detail: string | undefined;
  readonly expected: number | undefined;
  /** The message is kept here and waits for an administrator. */
  readonly kept: boolean;
  readonly errors: { path: string; message: string }[] | undefined;

  constructor(
    code: ExchangeErrorCode,
    more: {
      detail?: string | undefined;
      expected?: number | undefined;
      kept?: boolean | undefined;
      errors?: { path: string; message: string }[] | undefined;
    } = {},
  ) {
    super(more.detail ?? code);
    this.code = code;
    this.detail = more.detail;
    this.expected = more.expected;
    this.kept = more.kept ?? false;
    this.errors = more.errors;
  }
}
