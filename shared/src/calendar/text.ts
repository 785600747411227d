/** The working of a due time as lines a person can check. */
import { fullDeadlineText, fullMomentText, weekdayText } from '../time/moment.ts';
import { limitText } from './limits.ts';
import type { DueExplanation, DueStep, Limit } from './types.ts';

/** How a limit of each unit is counted. */
export const RULE_TEXTS: Record<Limit['unit'], string> = {
  hours: '只计办公时间，计满即到期',
  days: '当天不计，从下一个工作日数起，到最后一个工作日下班',
  naturalDays: '当天不计，到最后一天 24:00，逢休息日顺延到下一个工作日',
};

/** Start, limit, one line a day, and the due time; where a year's notice is not out, one line that says so. */
export function explainLines(explanation: DueExplanation): string[] {
  const { startAt, limit, working, dueAt } = explanation;
  const years = [...new Set(working.filter((step) => step.provisional).map((step) => step.date.slice(0, 4)))];
  const width = Math.max(...working.map((step) => textWidth(step.name)));
  return [
    `起算　${fullMomentText(startAt)}`,
    `时限　${limitText(limit)}（${RULE_TEXTS[limit.unit]}）`,
    ...working.map((step) => stepLine(step, width)),
    ...years.map((year) => `${year} 年放假安排未公布，先按法定节日推算，暂定`),
    `到期　${fullDeadlineText(dueAt)}${explanation.provisional ? '（暂定）' : ''}`,
  ];
}

function stepLine(step: DueStep, width: number): string {
  const name = step.name + ' '.repeat(width - textWidth(step.name));
  return `  ${step.date} ${weekdayText(step.weekday)}  ${name}  ${step.why}`;
}

/** Columns on a terminal, where a Chinese character takes two. */
function textWidth(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
}
