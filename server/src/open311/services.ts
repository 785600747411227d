/** Categories as GeoReport services, their questions as attributes. */
import type { CategoryView } from '@minqing/shared/contract';
import { GeoReportFault } from './fault.ts';
import type { Value } from './render.ts';

const DATATYPES: Record<CategoryView['questions'][number]['kind'], string> = {
  text: 'string',
  choice: 'singlevaluelist',
  date: 'datetime',
};

/** Categories whose notice says not to report here are no services. */
export const servicesOf = (categories: readonly CategoryView[]): CategoryView[] =>
  categories.filter((one) => one.notice?.kind !== 'stop');

export function serviceOf(category: CategoryView): Value {
  return {
    service_code: category.id,
    service_name: category.name,
    description: category.notice?.text ?? category.name,
    metadata: category.questions.length > 0,
    type: 'realtime',
    keywords: category.name,
    group: '社情民意',
  };
}

export function definitionOf(category: CategoryView): Value {
  return {
    service_code: category.id,
    attributes: category.questions.map((question, at) => ({
      variable: true,
      code: question.id,
      datatype: DATATYPES[question.kind],
      required: question.required,
      datatype_description: question.kind === 'date' ? 'YYYY-MM-DD' : null,
      order: at + 1,
      description: question.label,
      ...(question.kind === 'choice'
        ? { values: question.choices.map((choice) => ({ key: choice, name: choice })) }
        : {}),
    })),
  };
}

/** The service of that code. Throws 404. */
export function findService(categories: readonly CategoryView[], code: string): CategoryView {
  const found = servicesOf(categories).find((one) => one.id === code);
  if (!found) {
    throw new GeoReportFault(404, `service_code ${code} 不存在`);
  }
  return found;
}
