/** Whether a report fits what its category asks, in the area that receives it. */
import type { CategoryView } from '@minqing/shared/contract';
import { CATALOGUE_LENGTHS } from '@minqing/shared/words';
import { dayOfDate } from '@minqing/shared/time';
import type { FieldProblem } from '../errors.ts';
import type { Snapshot } from './snapshot.ts';

export interface ReportedContent {
  categoryId: string;
  answers: readonly { question: string; answer: string }[];
}

function wrong(question: CategoryView['questions'][number], answer: string): string | null {
  if (answer === '') {
    return question.required ? `请回答「${question.label}」` : null;
  }
  if (answer.length > CATALOGUE_LENGTHS.answer) {
    return `「${question.label}」最多写 ${CATALOGUE_LENGTHS.answer} 字`;
  }
  if (question.kind === 'choice' && !question.choices.includes(answer)) {
    return `「${question.label}」请从选项里选`;
  }
  return question.kind === 'date' && dayOfDate(answer) === null ? `「${question.label}」请选日期` : null;
}

/** A category that was switched off or never was; `before` is the one the case already has, which may stay. */
export function problemsOfCategory(
  snapshot: Snapshot,
  areaId: string,
  categoryId: string,
  before: string | null = null,
): FieldProblem[] {
  const category = snapshot.category(areaId, categoryId);
  return category?.active || categoryId === before
    ? []
    : [{ path: 'categoryId', message: '这一类已经停用，请重新选类别' }];
}

/**
 * What is wrong with the report's category and answers. `before` is the category the case already has: it may stay
 * though it was switched off meanwhile. Answers to questions that are no longer asked are kept as they are.
 */
export function problemsOfReport(
  snapshot: Snapshot,
  areaId: string,
  content: ReportedContent,
  before: string | null = null,
): FieldProblem[] {
  const switchedOff = problemsOfCategory(snapshot, areaId, content.categoryId, before);
  const category = snapshot.category(areaId, content.categoryId);
  if (switchedOff.length > 0 || !category) {
    return switchedOff;
  }
  if (category.notice?.kind === 'stop') {
    return [{ path: 'categoryId', message: category.notice.text }];
  }
  const answers = new Map(content.answers.map((one) => [one.question, one.answer.trim()]));
  return category.questions.flatMap((question) => {
    const message = wrong(question, answers.get(question.label) ?? '');
    return message === null ? [] : [{ path: `answers.${question.id}`, message }];
  });
}
