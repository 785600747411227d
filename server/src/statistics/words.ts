/** How figures are told. */
import type { ComparisonView, FigureView, StatisticsPeriod } from '@minqing/shared/contract';
import {
  FIGURES,
  periodText,
  rateText,
  type FigureName,
  type Period,
  type PeriodName,
  type Rate,
} from '@minqing/shared/statistics';
import { dateOfDay, hoursText } from '@minqing/shared/time';

/** 2,013 */
export const many = (n: number): string => n.toLocaleString('en-US');

export const NOTHING = '—';

export const periodView = (p: Period): StatisticsPeriod => ({
  name: p.name,
  from: dateOfDay(p.from),
  to: dateOfDay(p.to),
  text: periodText(p),
});

const LAST: Record<PeriodName, string> = {
  day: '前一天',
  week: '上周',
  month: '上月',
  quarter: '上季度',
  half: '上半年',
  year: '去年',
  last12: '前 12 个月',
  custom: '前一段',
};

/** 「上月同期」 while the period still runs, 「上月」 once it is over. */
export const lastName = (p: Period): string =>
  p.to < p.end && p.name !== 'custom' ? `${LAST[p.name]}同期` : LAST[p.name];
export const YEAR_NAME = '去年同期';

/** The number itself: a count, percent with one decimal, a mean with two; null without a whole. */
export function valueOf(id: FigureName, { part, whole }: Rate): number | null {
  switch (FIGURES[id].form) {
    case 'count':
      return part;
    case 'rate':
      return whole === 0 ? null : Number.parseFloat(rateText({ part, whole }));
    case 'mean':
      return whole === 0 ? null : Math.round((part / whole) * 100) / 100;
  }
}

function textOf(id: FigureName, found: Rate): string {
  switch (FIGURES[id].form) {
    case 'count':
      return many(found.part);
    case 'rate':
      return rateText(found) || NOTHING;
    case 'mean':
      return found.whole === 0 ? NOTHING : (found.part / found.whole).toFixed(1);
  }
}

const decimals = (value: number): string => String(Math.round(value * 10) / 10);

/** 高 1.3 个百分点, 少 12 件, 低 0.2 星. */
function differenceText(id: FigureName, difference: number): string {
  const size = Math.abs(difference);
  switch (FIGURES[id].form) {
    case 'count':
      return `${difference > 0 ? '多' : '少'} ${many(size)} 件`;
    case 'rate':
      return `${difference > 0 ? '高' : '低'} ${decimals(size)} 个百分点`;
    case 'mean':
      return `${difference > 0 ? '高' : '低'} ${decimals(size)} 星`;
  }
}

/** How it compares; null where there was nothing then. */
export function comparison(
  id: FigureName,
  now: Rate,
  then: Rate | undefined,
  name: string,
): ComparisonView | null {
  const value = valueOf(id, now);
  const had = then ? valueOf(id, then) : null;
  if (!then || value === null || had === null || then.whole === 0) {
    return null;
  }
  const precision = FIGURES[id].form === 'count' ? 1 : 10;
  const difference = Math.round((value - had) * precision) / precision;
  const { good } = FIGURES[id];
  return {
    part: then.part,
    whole: then.whole,
    value: had,
    text: textOf(id, then),
    direction: difference > 0 ? 'up' : difference < 0 ? 'down' : 'same',
    better: good === null || difference === 0 ? null : difference > 0 === (good === 'more'),
    phrase: difference === 0 ? `与${name}持平` : `比${name}${differenceText(id, difference)}`,
  };
}

/** 「按期首复 22,479 ÷ 到期应复 23,302」 */
export const fractionText = (id: FigureName, { part, whole }: Rate): string =>
  FIGURES[id].form === 'count'
    ? ''
    : `${FIGURES[id].partName} ${many(part)} ÷ ${FIGURES[id].wholeName} ${many(whole)}`;

export const figureView = (
  id: FigureName,
  found: Rate,
  compared: { last: ComparisonView | null; year: ComparisonView | null },
): FigureView => ({
  id,
  name: FIGURES[id].name,
  form: FIGURES[id].form,
  ...found,
  value: valueOf(id, found),
  text: textOf(id, found),
  fraction: fractionText(id, found),
  ...compared,
});

/** 「比去年同期快 2.4 小时」; null without a time then. */
export function timeComparison(
  now: number | null,
  then: number | null,
  name: string,
): { minutes: number; faster: boolean | null; phrase: string } | null {
  if (now === null || then === null) {
    return null;
  }
  const tenths = Math.round((now - then) / 6);
  return {
    minutes: then,
    faster: tenths === 0 ? null : tenths < 0,
    phrase:
      tenths === 0
        ? `与${name}持平`
        : `比${name}${tenths < 0 ? '快' : '慢'} ${hoursText(Math.abs(tenths) * 6)}`,
  };
}

/** 「增 38%」, 「减 6%」, 「新出现」, 「持平」 */
export function changeText(count: number, before: number): string {
  if (before === 0) {
    return '新出现';
  }
  const percent = Math.round(((count - before) / before) * 100);
  return percent === 0 ? '持平' : `${percent > 0 ? '增' : '减'} ${Math.abs(percent)}%`;
}
