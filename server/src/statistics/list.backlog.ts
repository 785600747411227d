/** The cases in hand behind an age or whom they wait for, the longest first. */
import type { StatisticsCasePage, StatisticsCasesQuery } from '@minqing/shared/contract';
import { MOVERS, type LateMover } from '@minqing/shared/statistics';
import { leftText } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import { keyset, pageOf, type KeysetColumn, type Reader } from '../store/index.ts';
import type { Calendars } from '../cases/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { AGES, ageBounds, BEGAN, inHand, MOVER } from './backlog.ts';
import { presentCounted } from './list.present.ts';
import type { Selection } from './scope.ts';
import { readStanding, told } from './standing.ts';
import { many } from './words.ts';

const ORDER: readonly KeysetColumn[] = [
  { column: 'at', direction: 'asc', type: 'number' },
  { column: 'caseId', direction: 'asc', type: 'string' },
];

function handed(
  db: Reader,
  selection: Selection,
  { bounds, mover }: { bounds: { after: number; upTo: number } | null; mover: string | undefined },
) {
  const rows = inHand(db, selection).select([
    'running_case.case_id as caseId',
    'running_case.area_id as areaId',
    'running_case.unit_id as unitId',
    'running_case.due_at as dueAt',
    'cases.category_id as categoryId',
    BEGAN.as('at'),
    MOVER.as('mover'),
  ]);
  return db
    .selectFrom(rows.as('hand'))
    .$if(bounds !== null, (qb) => qb.where('at', '>', bounds?.after ?? 0))
    .$if(bounds !== null && bounds.upTo !== Infinity, (qb) => qb.where('at', '<=', bounds?.upTo ?? 0))
    .$if(mover !== undefined, (qb) => qb.where('mover', '=', mover ?? ''));
}

export async function listInHand(
  deps: ReadingDeps & { calendars: Calendars },
  viewer: Actor,
  query: StatisticsCasesQuery,
): Promise<StatisticsCasePage> {
  const { selection, now } = asked(deps, viewer, query);
  const age = AGES.find(({ id }) => id === query.age);
  if (!age && query.age !== 'all') {
    throw invalidInput([{ path: 'age', message: '没有这一档时长' }]);
  }
  if (query.mover !== undefined && !(query.mover in MOVERS)) {
    throw invalidInput([{ path: 'mover', message: '没有这一方' }]);
  }
  const bounds = age ? ageBounds(deps.calendars, selection.areaId, now, age.id) : null;
  const narrow = { bounds, mover: query.mover };
  const { found, standing } = await readStanding(deps.store, now, async (db) => {
    const rows = await keyset(
      handed(db, selection, narrow).selectAll(),
      ORDER,
      query.limit,
      query.after,
    ).execute();
    const page = pageOf(rows, query.limit, (row) => [Number(row.at), row.caseId]);
    const { n } = await handed(db, selection, narrow)
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const lines = page.rows.map((row) => ({ ...row, at: Number(row.at), kind: '', mark: 0 }));
    const items = await presentCounted(db, deps, viewer, lines, now);
    return {
      total: Number(n),
      after: page.next ?? null,
      items: items.map((item, i) => {
        const row = page.rows[i];
        const calendar = deps.calendars.of(row?.areaId ?? '');
        const waited = calendar.workingMinutesBetween(Number(row?.at), now);
        const whom = MOVERS[(row?.mover ?? '') as LateMover] ?? '';
        const late = Number(row?.dueAt) < now ? '，已超期' : '';
        return { ...item, note: `已 ${leftText(waited)}，等${whom}${late}` };
      }),
    };
  });
  const whom = query.mover === undefined ? '' : ` · 等${MOVERS[query.mover as LateMover]}`;
  return {
    ...told(standing),
    title: `在办${age ? ` · ${age.label}` : ''}${whom} ${many(found.total)}`,
    ...found,
  };
}
