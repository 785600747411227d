/** What a category asks of whoever files under it, before the workflow looks at the report. */
import type { ActionName, Case } from '@minqing/shared/workflow';
import type { ReportRules } from '../catalogue/index.ts';
import { invalidInput } from '../errors.ts';

/** The category and what it asks differ from place to place; who files is asked all of it, who reviews only chooses. */
export function checkCategory(
  rules: ReportRules,
  action: ActionName,
  input: unknown,
  before: Case | null,
  intake: { areaId: string } | undefined,
): void {
  const areaId = before?.areaId ?? intake?.areaId;
  const { categoryId, answers = [] } = input as {
    categoryId?: string;
    answers?: { question: string; answer: string }[];
  };
  if (areaId === undefined || categoryId === undefined) {
    return;
  }
  const had = before?.content.categoryId ?? null;
  const problems =
    action === 'submit'
      ? rules.problemsOfReport(areaId, { categoryId, answers }, had)
      : rules.problemsOfCategory(areaId, categoryId, had);
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
}
