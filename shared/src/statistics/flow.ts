/** From a report to its result: the steps a case passes, and where those are that did not come further. */
import type { Case } from '../workflow/model.ts';

/** Where a case is, or how it ended. Every report is in exactly one of them. */
export const FLOW_ENDS = {
  review: '待审核',
  returned: '退回补充',
  declined: '不予受理',
  withdrawn: '已撤回',
  merged: '已并案',
  dispatch: '待交办',
  sign: '待签收',
  handling: '办理中',
  rework: '整改中',
  rating: '待评价',
  ruling: '待裁定',
  unrated: '未评价',
  upheld: '未满意办结',
  satisfied: '满意',
} as const;
export type FlowEnd = keyof typeof FLOW_ENDS;
/** The order is kept in the database: add at the end only. */
export const FLOW_END_NAMES = Object.keys(FLOW_ENDS) as [FlowEnd, ...FlowEnd[]];

/** The steps in order; each holds the step after it and those that stopped or left here. */
export const FLOW_STEPS = [
  { id: 'reported', name: '上报', ends: ['review', 'returned', 'declined', 'withdrawn', 'merged'] },
  { id: 'accepted', name: '受理', ends: ['dispatch'] },
  { id: 'dispatched', name: '交办', ends: ['sign', 'handling', 'rework'] },
  { id: 'replied', name: '答复', ends: ['rating', 'ruling'] },
  { id: 'closed', name: '办结', ends: ['unrated'] },
  { id: 'rated', name: '评价', ends: ['upheld'] },
  { id: 'satisfied', name: '满意', ends: ['satisfied'] },
] as const satisfies readonly { id: string; name: string; ends: readonly FlowEnd[] }[];
export type FlowStep = (typeof FLOW_STEPS)[number]['id'];
export const FLOW_STEP_NAMES = FLOW_STEPS.map((step) => step.id) as [FlowStep, ...FlowStep[]];

/** Where those are that came as far as a step: its own ends and those of every later one. */
export function endsFrom(step: FlowStep): FlowEnd[] {
  return FLOW_STEPS.slice(FLOW_STEP_NAMES.indexOf(step)).flatMap(({ ends }) => [...ends]);
}

/** How far a case came, as it now stands. What was answered and is done again is 整改中. */
export function endOf(c: Pick<Case, 'state' | 'replies' | 'outcome'>): FlowEnd {
  const again = c.replies.length > 0;
  switch (c.state) {
    case 'draft':
    case 'submitted':
      return 'review';
    case 'returned':
    case 'declined':
    case 'withdrawn':
    case 'merged':
      return c.state;
    case 'accepted':
      return again ? 'rework' : 'dispatch';
    case 'dispatched':
      return again ? 'rework' : 'sign';
    case 'handling':
    case 'replying':
      return again ? 'rework' : 'handling';
    case 'replied':
      return 'rating';
    case 'disputed':
      return 'ruling';
    case 'closed':
      return c.outcome === 'rated' ? 'satisfied' : c.outcome === 'upheld' ? 'upheld' : 'unrated';
  }
}

export interface FlowCount {
  id: FlowStep;
  name: string;
  count: number;
  /** Who stopped or left at this step; together with the next step they make up `count`. */
  ends: { id: FlowEnd; name: string; count: number }[];
}

/** The steps with their counts, from how many are in each end. */
export function flowOf(counts: Partial<Record<FlowEnd, number>>): FlowCount[] {
  let beyond = 0;
  return FLOW_STEPS.toReversed()
    .map(({ id, name, ends }): FlowCount => {
      const own = ends.map((end) => ({ id: end, name: FLOW_ENDS[end], count: counts[end] ?? 0 }));
      beyond += own.reduce((sum, end) => sum + end.count, 0);
      return { id, name, count: beyond, ends: id === 'satisfied' ? [] : own };
    })
    .toReversed();
}
