import type { LateGroup, LateItem } from '@minqing/shared/contract';
import type { Opened } from './store.ts';

/** One line of the tree table, as the keys walk it. */
export type Row =
  | { id: string; kind: 'group'; group: LateGroup }
  | { id: string; kind: 'item'; group: LateGroup; item: LateItem }
  | { id: string; kind: 'more'; group: LateGroup };

/** Groups and, under those that are unfolded, their cases as far as they were read. */
export function rowsOf(groups: readonly LateGroup[], opened: ReadonlyMap<string, Opened>): Row[] {
  return groups.flatMap((group): Row[] => {
    const page = opened.get(group.key);
    return [
      { id: `g:${group.key}`, kind: 'group', group },
      ...(page?.items ?? []).map((item): Row => ({
        id: `i:${group.key}:${item.id}`,
        kind: 'item',
        group,
        item,
      })),
      ...(page && (page.after !== null || page.loading || page.error)
        ? [{ id: `m:${group.key}`, kind: 'more' as const, group }]
        : []),
    ];
  });
}

/** What the last line of an unfolded group says: how many are left, and whether they are ticked. */
export function moreText(group: LateGroup, page: Opened, whole: boolean): string {
  if (page.error) {
    return '没取到，点这里再试一次';
  }
  if (page.loading) {
    return '正在取';
  }
  const left = page.total - page.items.length;
  const ticked = group.unitMoves === group.late ? '，都已选上' : '，轮到单位的都已选上';
  return `还有 ${left} 件${whole ? ticked : ''}`;
}
