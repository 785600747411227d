/** What a policy may say. Limits up to a working day are in hours, longer ones in days; so says the design. */
import type { Limit } from '../calendar/index.ts';
import { MINUTES_PER_WORKING_DAY } from '../time/index.ts';
import { CLOCKS, type ClockKind } from '../workflow/index.ts';
import { limitFor } from './resolve.ts';
import type { AreaPolicy, CaseFacts, PolicyDocument, PolicyRow } from './types.ts';

const HOURS_PER_DAY = MINUTES_PER_WORKING_DAY / 60;
/** More than this is no limit any more but a mistake in typing. */
const LONGEST_DAYS = 365;
const MOST_ROWS = 1_000;

export interface PolicyFault {
  /** Path within the document: `rows.3`. */
  path: string;
  message: string;
}

/** Clocks whose limits an area may set, in the order people meet them; what was promised ends at its own date. */
export const POLICY_KINDS = (Object.keys(CLOCKS) as ClockKind[]).filter((kind) => kind !== 'promise');

/** A limit as the rule writes it: 14 hours are 2 days, a day is 7 hours unless the clock is one that runs in days. */
export function tidyLimit(kind: ClockKind, limit: Limit): Limit {
  const own: Limit = CLOCKS[kind].limit;
  if (limit.unit === 'hours' && limit.amount > HOURS_PER_DAY && limit.amount % HOURS_PER_DAY === 0) {
    return { unit: 'days', amount: limit.amount / HOURS_PER_DAY };
  }
  if (limit.unit === 'days' && limit.amount <= 1 && own.unit === 'hours') {
    return { unit: 'hours', amount: limit.amount * HOURS_PER_DAY };
  }
  return limit;
}

/** What is wrong with a limit, in words; null when nothing is. */
export function limitFault(kind: ClockKind, limit: Limit): string | null {
  const natural = CLOCKS[kind].limit.unit === 'naturalDays';
  if (natural !== (limit.unit === 'naturalDays')) {
    return natural ? '这个时限按自然日算' : '这个时限按工作时间算';
  }
  if (!(limit.amount > 0)) {
    return '时限要大于 0';
  }
  if (limit.unit === 'hours') {
    if (limit.amount > HOURS_PER_DAY) {
      return '超过一个工作日的时限请按整天写';
    }
    return Math.abs(limit.amount * 10 - Math.round(limit.amount * 10)) > 1e-9 ? '小时最多一位小数' : null;
  }
  if (!Number.isInteger(limit.amount)) {
    return limit.amount < 1 ? '不到一天的时限请按小时写' : '天数要是整数';
  }
  return limit.amount > LONGEST_DAYS ? `时限最长 ${LONGEST_DAYS} 天` : null;
}

/** Every fault of a document; an empty list means that it may be published. */
export function policyFaults(document: PolicyDocument): PolicyFault[] {
  const faults: PolicyFault[] = [];
  if (document.rows.length > MOST_ROWS) {
    faults.push({ path: 'rows', message: `最多 ${MOST_ROWS} 条，请合并一些` });
  }
  const seen = new Set<string>();
  document.rows.forEach((row, index) => {
    const path = `rows.${index}`;
    const fault =
      row.kind === 'promise' ? '这个时限到承诺的日期为止，不用设' : limitFault(row.kind, row.limit);
    if (fault) {
      faults.push({ path, message: fault });
    }
    const key = rowKey(row);
    if (seen.has(key)) {
      faults.push({ path, message: '同一个范围写了两条' });
    }
    seen.add(key);
  });
  const percent = document.rules.visitPercent;
  if (percent !== null && (!Number.isInteger(percent) || percent < 0 || percent > 100)) {
    faults.push({ path: 'rules.visitPercent', message: '回访比例是 0 到 100 的整数' });
  }
  return faults;
}

/** What tells two rows apart. */
export function rowKey(row: Pick<PolicyRow, 'categoryId' | 'urgency' | 'kind'>): string {
  return `${row.categoryId ?? ''}/${row.urgency ?? ''}/${row.kind}`;
}

/** Scopes of the area's own rows in which a unit would have to answer before it has to sign. */
export function tempoFaults(chain: readonly AreaPolicy[]): CaseFacts[] {
  const scopes = new Map<string, CaseFacts>();
  for (const { categoryId, urgency, kind } of chain[0]?.document.rows ?? []) {
    if (kind === 'sign' || kind === 'reply') {
      scopes.set(`${categoryId ?? ''}/${urgency ?? ''}`, { categoryId, urgency });
    }
  }
  const hoursOf = (kind: ClockKind, scope: CaseFacts): number => {
    const { unit, amount } = limitFor(chain, kind, scope).limit;
    return unit === 'hours' ? amount : amount * HOURS_PER_DAY;
  };
  return [...scopes.values()].filter((scope) => hoursOf('sign', scope) >= hoursOf('reply', scope));
}
