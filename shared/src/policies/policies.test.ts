import { describe, expect, it } from 'vitest';
import type { Limit } from '../calendar/index.ts';
import { defaultLimits } from '../workflow/index.ts';
import {
  cellOf,
  comparePolicies,
  limitFault,
  limitFor,
  NO_POLICY,
  POLICY_KINDS,
  policyFaults,
  rulesFor,
  TEMPOS,
  tempoFaults,
  tidyLimit,
  type AreaPolicy,
  type PolicyDocument,
  type PolicyRow,
} from './index.ts';

const days = (amount: number): Limit => ({ unit: 'days', amount });
const hours = (amount: number): Limit => ({ unit: 'hours', amount });
const row = (
  categoryId: string | null,
  urgency: PolicyRow['urgency'],
  limit: Limit,
  kind: PolicyRow['kind'] = 'reply',
): PolicyRow => ({ categoryId, urgency, kind, limit });
const policy = (
  areaId: string,
  rows: PolicyRow[],
  rules: Partial<PolicyDocument['rules']> = {},
): AreaPolicy => ({
  areaId,
  document: { rows, rules: { ...NO_POLICY.rules, ...rules } },
});

describe('which limit holds', () => {
  const city = policy('city', [
    row(null, null, days(5)),
    row(null, 'urgent', days(1)),
    row('housing', null, days(10)),
    row('housing', 'urgent', hours(2)),
    row(null, null, hours(7), 'sign'),
  ]);
  const county = policy('county', [row(null, null, days(4)), row('housing', null, days(8))]);
  const chain = [county, city];
  const reply = (categoryId: string, urgency: 'normal' | 'urgent' | 'complex') =>
    limitFor(chain, 'reply', { categoryId, urgency });

  it.each([
    ['category and urgency', 'housing', 'urgent', hours(2), 'city'],
    ['category before urgency and general', 'housing', 'complex', days(8), 'county'],
    ['urgency before general, though general is nearer', 'traffic', 'urgent', days(1), 'city'],
    ['general, own before above', 'traffic', 'normal', days(4), 'county'],
  ] as const)('%s', (_why, categoryId, urgency, limit, areaId) => {
    expect(reply(categoryId, urgency)).toEqual({ limit, areaId });
  });

  it('what the area left alone is inherited, what nobody set is the product’s own', () => {
    expect(limitFor(chain, 'sign', { categoryId: 'traffic', urgency: 'normal' })).toEqual({
      limit: hours(7),
      areaId: 'city',
    });
    for (const kind of POLICY_KINDS) {
      expect(limitFor([], kind, { categoryId: null, urgency: 'normal' })).toEqual({
        limit: defaultLimits()[kind],
        areaId: null,
      });
    }
  });

  it('a cell shows only what stands in exactly this scope', () => {
    expect(cellOf(chain, { categoryId: 'housing', urgency: null }, 'reply')).toEqual({
      limit: days(8),
      areaId: 'county',
    });
    expect(cellOf(chain, { categoryId: null, urgency: 'urgent' }, 'reply')?.areaId).toBe('city');
    expect(cellOf(chain, { categoryId: 'traffic', urgency: null }, 'reply')).toBeNull();
  });

  it('each rule comes from the nearest area that set it', () => {
    const above = policy('city', [], { dispatcherCheck: true, visitPercent: 20 });
    const own = policy('county', [], { dispatcherCheck: false, headApproval: true });
    expect(rulesFor([own, above])).toEqual({ dispatcherCheck: false, headApproval: true, visitPercent: 20 });
    expect(rulesFor([])).toEqual({ dispatcherCheck: false, headApproval: false, visitPercent: 10 });
  });
});

describe('what a policy may say', () => {
  it.each([
    ['reply', hours(2), null],
    ['reply', days(1), null],
    ['reply', days(15), null],
    ['reply', hours(8), '超过一个工作日的时限请按整天写'],
    ['reply', days(1.5), '天数要是整数'],
    ['reply', days(0.5), '不到一天的时限请按小时写'],
    ['reply', days(366), '时限最长 365 天'],
    ['reply', hours(0), '时限要大于 0'],
    ['reply', hours(Number.NaN), '时限要大于 0'],
    ['sign', hours(1.4), null],
    ['sign', hours(1.45), '小时最多一位小数'],
    ['reply', { unit: 'naturalDays', amount: 3 }, '这个时限按工作时间算'],
    ['rate', days(7), '这个时限按自然日算'],
    ['rate', { unit: 'naturalDays', amount: 7 }, null],
  ] as const)('%s %o: %s', (kind, limit, fault) => {
    expect(limitFault(kind, limit)).toBe(fault);
  });

  it('writes limits as the rule has them', () => {
    expect(tidyLimit('review', days(1))).toEqual(hours(7));
    expect(tidyLimit('review', days(0.5))).toEqual(hours(3.5));
    expect(tidyLimit('reply', days(1))).toEqual(days(1));
    expect(tidyLimit('reply', hours(14))).toEqual(days(2));
    expect(tidyLimit('sign', hours(7))).toEqual(hours(7));
  });

  it('finds every fault of a document', () => {
    const document: PolicyDocument = {
      rows: [row(null, null, days(3)), row(null, null, days(4)), row('housing', null, hours(20))],
      rules: { ...NO_POLICY.rules, visitPercent: 120 },
    };
    expect(policyFaults(document)).toEqual([
      { path: 'rows.1', message: '同一个范围写了两条' },
      { path: 'rows.2', message: '超过一个工作日的时限请按整天写' },
      { path: 'rules.visitPercent', message: '回访比例是 0 到 100 的整数' },
    ]);
    expect(policyFaults(NO_POLICY)).toEqual([]);
    const promised = policy('city', [row(null, null, days(30), 'promise')]).document;
    expect(policyFaults(promised)).toEqual([{ path: 'rows.0', message: '这个时限到承诺的日期为止，不用设' }]);
  });

  it('lets nobody have to answer before signing', () => {
    const twoHours = policy('city', [row('housing', 'urgent', hours(2))]);
    expect(tempoFaults([twoHours])).toEqual([{ categoryId: 'housing', urgency: 'urgent' }]);
    const withSign = policy('city', [
      row('housing', 'urgent', hours(2)),
      row('housing', 'urgent', hours(1), 'sign'),
      row(null, 'urgent', hours(7), 'sign'),
    ]);
    expect(tempoFaults([withSign])).toEqual([]);
    // A shorter sign of the area above is enough; its own rows alone are looked at.
    expect(tempoFaults([twoHours, policy('province', [row(null, null, hours(1), 'sign')])])).toEqual([]);
    expect(tempoFaults([policy('city', []), twoHours])).toEqual([]);
  });

  it('has four tempo classes, each one that may be published as it is', () => {
    expect(TEMPOS.map((tempo) => tempo.limits.reply)).toEqual([hours(2), days(1), days(3), days(15)]);
    for (const tempo of TEMPOS) {
      for (const [kind, limit] of Object.entries(tempo.limits)) {
        expect([tempo.id, kind, limitFault(kind as 'reply', limit)]).toEqual([tempo.id, kind, null]);
      }
    }
  });
});

describe('comparing', () => {
  it('names rows and rules that are new, changed or gone', () => {
    const before = policy('city', [row(null, null, days(3)), row('housing', null, days(5))]).document;
    const after = policy('city', [row(null, null, days(3)), row(null, 'urgent', hours(2))], {
      visitPercent: 10,
    }).document;
    expect(comparePolicies(before, after)).toEqual({
      rows: [
        { scope: { categoryId: 'housing', urgency: null, kind: 'reply' }, from: days(5), to: null },
        { scope: { categoryId: null, urgency: 'urgent', kind: 'reply' }, from: null, to: hours(2) },
      ],
      rules: [{ rule: 'visitPercent', from: null, to: 10 }],
    });
    expect(comparePolicies(after, after)).toEqual({ rows: [], rules: [] });
  });
});
