/** The calls of 管理 for what differs from place to place. All throw ApiError. */
import type {
  CategoriesAdmin,
  DispatchAdmin,
  PhrasesAdmin,
  ReasonsAdmin,
  TextPreview,
  TextsAdmin,
  UseView,
} from '@minqing/shared/contract';
import { newId } from '../../../api/index.ts';
import { call } from '../../../api/client.ts';

/** Which setting: the last parts of its address. */
export type SettingPath =
  | 'categories'
  | 'category-orders'
  | 'reasons'
  | 'phrases'
  | 'dispatch-entries'
  | 'texts';

export interface SettingTarget {
  path: SettingPath;
  itemId: string;
  areaId: string;
  unitId?: string;
  /** As it was read; null when nothing was set here. */
  seen: string | null;
}

const read = async <T>(path: string, areaId: string): Promise<T> =>
  (await call<T>(`/admin/${path}`, { query: { areaId } })).data;

export const catalogueApi = {
  categories: (areaId: string) => read<CategoriesAdmin>('categories', areaId),
  reasons: (areaId: string) => read<ReasonsAdmin>('reasons', areaId),
  phrases: (areaId: string) => read<PhrasesAdmin>('phrases', areaId),
  dispatch: (areaId: string) => read<DispatchAdmin>('dispatch-entries', areaId),
  texts: (areaId: string) => read<TextsAdmin>('texts', areaId),
  preview: async (areaId: string, itemId: string, words: Record<string, string>): Promise<TextPreview> =>
    (await call<TextPreview>(`/admin/texts/${itemId}/preview`, { method: 'POST', body: { areaId, words } }))
      .data,
  usesOf: (areaId: string, categoryId: string) => read<UseView>(`categories/${categoryId}/uses`, areaId),

  save: async ({ path, itemId, ...rest }: SettingTarget, value: object): Promise<void> => {
    await call(`/admin/${path}/${itemId}`, { method: 'PUT', body: { ...rest, value }, key: newId() });
  },
  clear: async ({ path, itemId, areaId, unitId, seen }: SettingTarget): Promise<void> => {
    const query = { areaId, unitId, seen: seen ?? undefined };
    await call(`/admin/${path}/${itemId}`, { method: 'DELETE', query, key: newId() });
  },
  undo: async (changeId: string): Promise<void> => {
    await call(`/admin/catalogue-changes/${changeId}/undo`, { method: 'POST', body: {}, key: newId() });
  },
};
