import type { ActionView, CaseView } from '@minqing/shared/contract';

/** Inputs a member fills; their buttons belong to the member's page, not to a desk. */
const NOT_HERE: readonly ActionView['input'][] = [
  'submit',
  'withdraw',
  'rate',
  'answer',
  'supplement',
  'clock',
  'invite',
  'optionalReason',
];
/** Up to this rank an act is the main one of its moment; up to the second it may stand beside it. */
const MAIN = 1;
const BESIDE = 10;

export interface Verbs {
  /** The one filled button; null while nothing must be done by this person. */
  main: ActionView | null;
  /** The button beside it. */
  beside: ActionView | null;
  /** Everything, in the order of the sheet 更多. */
  all: ActionView[];
}

/** Which acts stand in the bar and which under 更多, from the ranks of the workflow table alone. */
export function verbsOf(view: Pick<CaseView, 'actions'>): Verbs {
  const all = view.actions.filter((one) => !NOT_HERE.includes(one.input)).toSorted((a, b) => a.rank - b.rank);
  const main = all.find((one) => one.rank <= MAIN) ?? null;
  const beside = all.find((one) => one !== main && one.rank <= (main ? BESIDE : 50)) ?? null;
  return { main, beside, all };
}

const PROGRESS_WORDS: Partial<Record<ActionView['action'], string>> = {
  reply: '正在答复',
  dispatch: '正在交办',
  sign: '正在签收',
  accept: '正在受理',
};

/** What a button says while its act is on the way. */
export function busyWord(action: ActionView['action']): string {
  return PROGRESS_WORDS[action] ?? '正在提交';
}
