/** The cases in hand behind an age or whom they wait for, the longest first. */
import type { StatisticsCasePage, StatisticsCasesQuery } from '@minqing/shared/contract';
import { LATE_REASONS, MOVERS, type LateMover, type LateReason } from '@minqing/shared/statistics';
import { leftText } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import { decodeCursor, keyset, pageOf, type KeysetColumn, type Reader } from '../store/index.ts';
import type { Calendars } from '../cases/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { checkThen, thenOf, type Moved } from './asof.ts';
import { AGES, ageBounds, settledHand } from './backlog.ts';
import { BEGAN, handOf, inHand, MOVER, moverName, moversOf, type Hand } from './hand.ts';
import { presentCounted } from './list.present.ts';
import type { Selection } from './scope.ts';
import { readStanding, told } from './standing.ts';
import { many } from './words.ts';

const ORDER: readonly KeysetColumn[] = [
  { column: 'at', direction: 'asc', type: 'number' },
  { column: 'caseId', direction: 'asc', type: 'string' },
];

interface Narrow {
  bounds: { after: number; upTo: number } | null;
  mover: string | undefined;
  lateAt: number | null;
  reason: string | undefined;
}

function handed(db: Reader, selection: Selection, moved: Moved, { bounds, mover, lateAt, reason }: Narrow) {
  const rows = inHand(db, selection, moved.ids).select([
    'running_case.case_id as caseId',
    'running_case.area_id as areaId',
    'running_case.unit_id as unitId',
    'running_case.due_at as dueAt',
    'running_case.reason as reason',
    'cases.category_id as categoryId',
    BEGAN.as('at'),
    MOVER.as('mover'),
  ]);
  return db
    .selectFrom(rows.as('hand'))
    .$if(bounds !== null, (qb) => qb.where('at', '>', bounds?.after ?? 0))
    .$if(bounds !== null && bounds.upTo !== Infinity, (qb) => qb.where('at', '<=', bounds?.upTo ?? 0))
    .$if(lateAt !== null, (qb) => qb.where('dueAt', '<', lateAt ?? 0))
    .$if(reason !== undefined, (qb) => qb.where('reason', '=', reason ?? ''))
    .$if(mover !== undefined, (qb) => qb.where('mover', 'in', [...moversOf(mover ?? '')]));
}

/** The same of those that moved on, as they stood. */
const handedThen = (selection: Selection, moved: Moved, { bounds, mover, lateAt, reason }: Narrow): Hand[] =>
  moved.cases
    .flatMap((c) => handOf(c, selection) ?? [])
    .filter(({ at }) => bounds === null || (at > bounds.after && at <= bounds.upTo))
    .filter(({ dueAt }) => lateAt === null || dueAt < lateAt)
    .filter((hand) => reason === undefined || hand.reason === reason)
    .filter((hand) => mover === undefined || moversOf(mover).includes(hand.mover));

/** Longest first; equal ones by their ids. */
const isBefore = (a: readonly [number, string], b: readonly [number, string]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

export async function listInHand(
  deps: ReadingDeps & { calendars: Calendars },
  viewer: Actor,
  query: StatisticsCasesQuery,
): Promise<StatisticsCasePage> {
  const then = thenOf(query, deps.clock.businessNow());
  const { selection, now } = asked(deps, viewer, query, then?.now);
  const age = AGES.find(({ id }) => id === query.age);
  if (!age && query.age !== 'all') {
    throw invalidInput([{ path: 'age', message: '没有这一档时长' }]);
  }
  if (query.reason !== undefined && !(query.reason in LATE_REASONS)) {
    throw invalidInput([{ path: 'reason', message: '没有这个超期原因' }]);
  }
  const words = [
    '在办',
    ...(age ? [age.label] : []),
    ...(query.mover === undefined ? [] : [`等${moverName(query.mover)}`]),
    ...(query.late ? ['已超期'] : []),
    ...(query.reason === undefined ? [] : [LATE_REASONS[query.reason as LateReason].label]),
  ];
  const narrow: Narrow = {
    bounds: age ? ageBounds(deps.calendars, selection.areaId, now, age.id) : null,
    mover: query.mover,
    lateAt: query.late ? now : null,
    reason: query.reason,
  };
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    if (then) {
      checkThen(then, at);
    }
    const { page, total } = await settledHand(db, then?.seq ?? at.seq, async (moved) => {
      const kept = await keyset(
        handed(db, selection, moved, narrow).selectAll(),
        ORDER,
        query.limit,
        query.after,
      ).execute();
      const had = handedThen(selection, moved, narrow);
      const [afterAt, afterId] = query.after === undefined ? [0, ''] : decodeCursor(query.after, ORDER);
      const after = [Number(afterAt), String(afterId)] as const;
      const rows = [
        ...kept.map((row): Hand => ({ ...row, at: Number(row.at), dueAt: Number(row.dueAt) })),
        ...had.filter((hand) => isBefore(after, [hand.at, hand.caseId])),
      ].toSorted((a, b) => (isBefore([a.at, a.caseId], [b.at, b.caseId]) ? -1 : 1));
      const { n } = await handed(db, selection, moved, narrow)
        .select((eb) => eb.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow();
      return {
        page: pageOf(rows, query.limit, (row) => [row.at, row.caseId]),
        total: Number(n) + had.length,
      };
    });
    const lines = page.rows.map((row) => ({ ...row, kind: '', mark: 0 }));
    const items = await presentCounted(db, deps, viewer, lines, deps.clock.businessNow());
    return {
      total,
      after: page.next ?? null,
      items: items.map((item, i) => {
        const row = page.rows[i];
        const calendar = deps.calendars.of(row?.areaId ?? '');
        const waited = calendar.workingMinutesBetween(row?.at ?? now, now);
        const late = (row?.dueAt ?? now) < now ? '，已超期' : '';
        return { ...item, note: `已 ${leftText(waited)}，等${MOVERS[row?.mover as LateMover] ?? ''}${late}` };
      }),
    };
  });
  return {
    ...told(then ? { ...standing, seq: then.seq } : standing),
    title: `${words.join(' · ')} ${many(found.total)}`,
    ...found,
  };
}
