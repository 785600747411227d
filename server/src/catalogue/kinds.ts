/** The kinds of things an area may set, and what must hold for each beyond its schema. */
import {
  categoryValue,
  dispatchValue,
  hasUnseen,
  orderValue,
  phraseValue,
  reasonsValue,
  wordingValue,
  type CategoryValue,
  type DispatchValue,
} from '@minqing/shared/contract';
import { CATALOGUE_LENGTHS } from '@minqing/shared/words';
import { hasStrayBrace, variablesOf } from '@minqing/shared/wording';
import type { z } from 'zod';
import type { FieldProblem } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import { FALLBACK_CATEGORY, isGrade, REASON_LISTS } from './seed.ts';
import type { Snapshot } from './snapshot.ts';

export const KINDS = {
  category: categoryValue,
  categoryOrder: orderValue,
  reasons: reasonsValue,
  phrase: phraseValue,
  dispatch: dispatchValue,
  text: wordingValue,
} as const satisfies Record<string, z.ZodType>;
export type CatalogueKind = keyof typeof KINDS;
export type ValueOf<K extends CatalogueKind> = z.output<(typeof KINDS)[K]>;

/** How many of a kind one owner may have. */
export const MOST: Record<CatalogueKind, number> = {
  category: 60,
  categoryOrder: 1,
  reasons: 200,
  phrase: CATALOGUE_LENGTHS.phrases,
  dispatch: 1_000,
  text: 1_000,
};

/** A text of a notice or card an area may word differently. Its defaults live with whoever sends it. */
export interface TextRule {
  id: string;
  name: string;
  fields: readonly { key: string; label: string; max: number; lines: boolean }[];
  variables: readonly string[];
}

export interface CheckContext {
  snapshot: Snapshot;
  directory: Directory;
  texts: ReadonlyMap<string, TextRule>;
}

type Check<K extends CatalogueKind> = (
  areaId: string,
  itemId: string,
  value: ValueOf<K>,
  x: CheckContext,
) => FieldProblem[];

const problem = (path: string, message: string): FieldProblem[] => [{ path, message }];

function checkCategory(
  areaId: string,
  itemId: string,
  value: CategoryValue,
  x: CheckContext,
): FieldProblem[] {
  if (itemId === FALLBACK_CATEGORY && (!value.active || value.notice?.kind === 'stop')) {
    return problem('active', '没选类别的民情都归这一类，不能停用，也不能设成不收');
  }
  const twin = x.snapshot
    .categories(areaId)
    .find((one) => one.id !== itemId && one.active && one.name === value.name);
  return value.active && twin ? problem('name', `已经有「${value.name}」这一类，请换个名称`) : [];
}

function checkDispatch(areaId: string, _id: string, value: DispatchValue, x: CheckContext): FieldProblem[] {
  if (!x.snapshot.category(areaId, value.categoryId)) {
    return problem('categoryId', '没有这个类别，请重新选');
  }
  if (!x.directory.unitsWithin(areaId).some((u) => u.id === value.unitId && u.type === 'department')) {
    return problem('unitId', '这个单位不在本地区，或者已经撤销，请重新选');
  }
  if (value.placeAreaId !== null && !x.directory.areasWithin(areaId).includes(value.placeAreaId)) {
    return problem('placeAreaId', '这个地区不归本地区管，请重新选');
  }
  return [];
}

function checkText(_areaId: string, itemId: string, value: ValueOf<'text'>, x: CheckContext): FieldProblem[] {
  const rule = x.texts.get(itemId);
  if (!rule) {
    return problem('', '没有这条文字');
  }
  const known = new Map(rule.fields.map((field) => [field.key, field]));
  return Object.entries(value.words).flatMap(([key, words]): FieldProblem[] => {
    const field = known.get(key);
    const path = `words.${key}`;
    if (!field) {
      return problem(path, '没有这一栏');
    }
    const stranger = variablesOf(words).find((name) => !rule.variables.includes(name));
    if (words.trim() === '') {
      return problem(path, `请写${field.label}`);
    }
    if (stranger !== undefined) {
      return problem(path, `这条文字里没有「${stranger}」可放，请删掉`);
    }
    if (hasUnseen(words)) {
      return problem(path, `${field.label}里有看不见的字符，请删掉重写`);
    }
    if (hasStrayBrace(words)) {
      return problem(path, '花括号只用来放变量，请删掉');
    }
    if (words.length > field.max) {
      return problem(path, `${field.label}最多 ${field.max} 字`);
    }
    return !field.lines && words.includes('\n') ? problem(path, `${field.label}只能写一行`) : [];
  });
}

const CHECKS: { [K in CatalogueKind]?: Check<K> } = {
  category: checkCategory,
  categoryOrder: (areaId, _id, value, x) =>
    value.ids.some((id) => !x.snapshot.category(areaId, id))
      ? problem('ids', '类别有了变化，请刷新后再排')
      : [],
  reasons: (_areaId, itemId, value) => {
    if (!REASON_LISTS.some((list) => list.id === itemId)) {
      return problem('', '没有这一步的理由');
    }
    const long = value.reasons.findIndex((reason) => reason.length > CATALOGUE_LENGTHS.gradeReason);
    return isGrade(itemId) && long >= 0
      ? problem(`reasons.${long}`, `评价的理由最多 ${CATALOGUE_LENGTHS.gradeReason} 字，手机上好点`)
      : [];
  },
  dispatch: checkDispatch,
  text: checkText,
};

/** What is wrong with a value that fits its schema. */
export function checkValue<K extends CatalogueKind>(
  kind: K,
  areaId: string,
  itemId: string,
  value: ValueOf<K>,
  x: CheckContext,
): FieldProblem[] {
  const check = CHECKS[kind] as Check<K> | undefined;
  return check?.(areaId, itemId, value, x) ?? [];
}
