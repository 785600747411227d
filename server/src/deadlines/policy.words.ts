/** Words for limits, rows and rules of policies. */
import type { Limit } from '@minqing/shared/calendar';
import type { AreaRules, PolicyRow, RowChange, RuleChange } from '@minqing/shared/policies';
import { URGENCIES } from '@minqing/shared/words';
import { CLOCKS } from '@minqing/shared/workflow';

export const RULE_WORDS: Record<keyof AreaRules, { label: string; hint: string }> = {
  dispatcherCheck: { label: '三服务办审核答复', hint: '单位的答复先由三服务办审核，再给委员' },
  headApproval: { label: '单位负责人审签', hint: '答复先由单位负责人审签；单位可以另设' },
  visitPercent: { label: '办结后抽查回访', hint: '评价满意的办结件按比例抽取；低分的每件都回访' },
};

/** 7 小时, 3 天, 7 天 for natural days too: the column's head says which. */
export function limitWords(limit: Limit): string {
  return `${limit.amount} ${limit.unit === 'hours' ? '小时' : '天'}`;
}

/** The name of a category as the area calls it. */
export type NameCategory = (categoryId: string) => string;

/** 默认, 默认 · 紧急, 住房物业, 住房物业 · 紧急. */
export function scopeLabel(
  { categoryId, urgency }: Pick<PolicyRow, 'categoryId' | 'urgency'>,
  nameOf: NameCategory,
): string {
  const category = categoryId === null ? '默认' : nameOf(categoryId);
  return urgency === null ? category : `${category} · ${URGENCIES[urgency]}`;
}

/** 全部分类, 全部分类里标为紧急的, 这一类, 这一类里标为紧急的. */
export function scopeWords({ categoryId, urgency }: Pick<PolicyRow, 'categoryId' | 'urgency'>): string {
  const which = categoryId === null ? '全部分类' : '这一类';
  return urgency === null ? which : `${which}里标为${URGENCIES[urgency]}的`;
}

/** 住房物业 · 紧急 答复：3 天 → 5 天. */
export function rowChangeWords({ scope, from, to }: RowChange, nameOf: NameCategory): string {
  return `${scopeLabel(scope, nameOf)} ${CLOCKS[scope.kind].label}：${toldLimit(from)} → ${toldLimit(to)}`;
}

/** 三服务办审核答复：沿用 → 要. */
export function ruleChangeWords({ rule, from, to }: RuleChange): string {
  return `${RULE_WORDS[rule].label}：${toldRule(from)} → ${toldRule(to)}`;
}

function toldLimit(limit: Limit | null): string {
  return limit ? limitWords(limit) : '沿用';
}

/** 要, 不要, 10%, 沿用. */
export function toldRule(value: boolean | number | null): string {
  return value === null ? '沿用' : typeof value === 'number' ? `${value}%` : value ? '要' : '不要';
}
