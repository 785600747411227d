/** One sentence for each change, as the list of changes and the question before an undo say it. */
import type { CategoryValue } from '@minqing/shared/contract';
import type { Directory } from '../people/index.ts';
import { ownerIdOf, type Change } from './catalogue.repository.ts';
import type { TextRule } from './kinds.ts';
import { REASON_LISTS } from './seed.ts';
import type { Snapshot } from './snapshot.ts';

export interface WordsContext {
  snapshot: Snapshot;
  directory: Pick<Directory, 'unit'>;
  texts: ReadonlyMap<string, TextRule>;
}

const shortened = (text: string): string => {
  const characters = [...text.replaceAll(/\s+/g, ' ')];
  return characters.length > 14 ? `${characters.slice(0, 13).join('')}…` : characters.join('');
};

function thingOf(change: Change, x: WordsContext): string {
  const value = (change.after ?? change.before) as Record<string, unknown>;
  switch (change.kind) {
    case 'category':
      return `类别「${String(value.name)}」`;
    case 'categoryOrder':
      return '类别的顺序';
    case 'reasons':
      return `「${REASON_LISTS.find((list) => list.id === change.itemId)?.label ?? change.itemId}」的理由`;
    case 'phrase':
      return `常用语「${shortened(String(value.text))}」`;
    case 'dispatch': {
      const unit = x.directory.unit(String(value.unitId))?.shortName ?? '（已撤销单位）';
      return `派单目录「${x.snapshot.categoryName(change.areaId, String(value.categoryId))} → ${unit}」`;
    }
    case 'text':
      return `文字「${x.texts.get(change.itemId)?.name ?? change.itemId}」`;
  }
}

/** Where nothing set means that the area above leads again; lines of lists simply go. */
const FALLS_BACK = new Set(['category', 'categoryOrder', 'reasons', 'text']);

function verbOf({ before, after, kind }: Change): string {
  if (after === null) {
    return FALLS_BACK.has(kind) ? '改回沿用上级：' : '删除了';
  }
  if (kind === 'category') {
    const was = (before as CategoryValue | null)?.active ?? true;
    const is = (after as CategoryValue).active;
    if (was !== is) {
      return is ? '启用了' : '停用了';
    }
  }
  return before === null && !FALLS_BACK.has(kind) ? '新增了' : '修改了';
}

/** 「停用了类别「文旅体育」」 */
export function changeWords(change: Change, x: WordsContext): string {
  const unit = change.owner.startsWith('unit:')
    ? x.directory.unit(ownerIdOf(change.owner))?.shortName
    : undefined;
  return `${verbOf(change)}${unit ? `${unit}的` : ''}${thingOf(change, x)}`;
}
