/** How many cases under way a change would touch, so that it is told before it is made. */
import type { UseView } from '@minqing/shared/contract';
import type { CaseState } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';

/** Exact up to here; more than that nobody counts. */
const CAP = 1_000;
const UNDER_WAY: readonly CaseState[] = [
  'submitted',
  'returned',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
];

/** Cases under way in these areas that carry the category. */
export async function usesOf(db: Reader, areaIds: readonly string[], categoryId: string): Promise<UseView> {
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('area_id', 'in', [...areaIds])
    .where('state', 'in', [...UNDER_WAY])
    .where('category_id', '=', categoryId)
    .limit(CAP + 1)
    .execute();
  const many = rows.length > CAP;
  const text =
    rows.length === 0
      ? '没有在办的民情属于这一类。'
      : `${many ? `${CAP} 多` : rows.length} 件在办的民情属于这一类，它们照旧办，名称不变。`;
  return { open: many ? null : rows.length, text };
}
