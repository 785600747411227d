/** Limits as short text for command lines and as words for people. */
import type { Limit } from './types.ts';

const UNITS = { h: 'hours', d: 'days', n: 'naturalDays' } as const;
const LARGEST = { hours: 7_000, days: 1_000, naturalDays: 1_000 } as const;

/**
 * `3d` working days, `4h` or `3.5h` office hours, `7n` natural days; null for anything else. Days are whole and at least
 * 1, hours more than 0 with at most two decimals, neither beyond 1,000 working days.
 */
export function parseLimit(text: string): Limit | null {
  const match = /^(\d{1,4}(?:\.\d{1,2})?)([hdn])$/.exec(text);
  if (!match) {
    return null;
  }
  const amount = Number(match[1]);
  const unit = UNITS[match[2] as keyof typeof UNITS];
  if (amount <= 0 || amount > LARGEST[unit] || (unit !== 'hours' && !Number.isInteger(amount))) {
    return null;
  }
  return { unit, amount };
}

/** 3 个工作日, 3.5 小时, 7 个自然日. */
export function limitText(limit: Limit): string {
  return `${limit.amount} ${{ hours: '小时', days: '个工作日', naturalDays: '个自然日' }[limit.unit]}`;
}
