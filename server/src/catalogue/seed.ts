/** What the product brings along, for areas that have set nothing. */
import type { CategoryValue } from '@minqing/shared/contract';
import { ACTION_NAMES, INPUTS, spec, type ActionName } from '@minqing/shared/workflow';
import {
  CATEGORIES,
  DECLINE_REASONS,
  GRADES,
  RATING_REASONS,
  RETURN_REASONS,
  TRANSFER_REASONS,
} from '@minqing/shared/words';
import { z } from 'zod';

/** Where a report stands whose author chose nothing; it can be renamed, never switched off. */
export const FALLBACK_CATEGORY = 'other';

type Extras = Partial<Pick<CategoryValue, 'notice' | 'questions'>>;
const choice = (id: string, label: string, choices: string[]): CategoryValue['questions'][number] => ({
  id,
  label,
  kind: 'choice',
  choices,
  required: false,
});
const EXTRAS: Partial<Record<string, Extras>> = {
  traffic: { questions: [choice('when', '什么时段最明显', ['早高峰', '晚高峰', '白天', '夜间', '一直'])] },
  environment: {
    questions: [
      choice('when', '什么时候最明显', ['白天', '夜里', '下雨后', '一直']),
      { id: 'since', label: '从哪天开始的', kind: 'date', choices: [], required: false },
    ],
  },
  safety: {
    notice: { kind: 'info', text: '正在发生的险情，请先拨打 110、119 或 120，再回来提交。' },
    questions: [choice('harm', '有没有人受伤', ['没有', '有', '不清楚'])],
  },
};

/** The default categories, in the order they are offered. */
export const SEED_CATEGORIES: ReadonlyMap<string, CategoryValue> = new Map(
  CATEGORIES.map(([id, name]) => [id, { name, active: true, notice: null, questions: [], ...EXTRAS[id] }]),
);

const SEED_REASONS: Partial<Record<ActionName, readonly string[]>> = {
  return: RETURN_REASONS,
  decline: DECLINE_REASONS,
  transferBack: TRANSFER_REASONS,
};

export interface ReasonList {
  /** An act, or `rate.<stars>`. */
  id: string;
  label: string;
  /** Who is offered them. */
  who: string;
  seed: readonly string[];
}

const takesReason = (action: ActionName): boolean => {
  const row = spec(action);
  const input: z.ZodType = INPUTS[row.input];
  return row.rank !== null && input instanceof z.ZodObject && 'reason' in input.shape;
};

const STARS = [1, 2, 3, 4, 5] as const;
export const gradeReasonId = (stars: number): string => `rate.${stars}`;
export const isGrade = (listId: string): boolean => STARS.some((stars) => gradeReasonId(stars) === listId);

/** Every list of ready-made reasons there is: the acts whose input has a reason, as the table says, and the grades. */
export const REASON_LISTS: readonly ReasonList[] = [
  ...ACTION_NAMES.filter(takesReason).map((action) => ({
    id: action,
    label: spec(action).label,
    who: '办这一步的人',
    seed: SEED_REASONS[action] ?? [],
  })),
  ...STARS.map((stars) => ({
    id: gradeReasonId(stars),
    label: `${stars} 星 · ${GRADES[stars]}`,
    who: '评价的委员',
    seed: RATING_REASONS[stars],
  })),
];
