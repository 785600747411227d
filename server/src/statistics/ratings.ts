/** 最新评价: the answers that were rated last, with how long the unit took. */
import type { RatingsQuery, RatingsView, StatisticsCase } from '@minqing/shared/contract';
import { usedText } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { CaseState } from '@minqing/shared/words';
import type { Reader } from '../store/index.ts';
import { asked } from './asked.ts';
import { presentCounted } from './list.present.ts';
import { NO_CHANGE, pageOfTallies, type ListDeps } from './list.ts';
import { readStanding, told } from './standing.ts';

const AGAIN: readonly CaseState[] = ['accepted', 'dispatched', 'handling', 'replying'];

/** Working minutes from the first dispatch to the first answer, by case. */
async function minutesOf(db: Reader, gen: number, ids: readonly string[]): Promise<Map<string, number>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('tally')
          .select(['case_id', 'mark'])
          .where('gen', '=', gen)
          .where('case_id', 'in', [...ids])
          .where('kind', '=', 'time:handle')
          .execute();
  return new Map(rows.map((row) => [row.case_id, row.mark]));
}

/** Cases that are being done again, with their round. */
async function roundsOf(db: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('cases')
          .select(['id', 'round'])
          .where('id', 'in', [...ids])
          .where('state', 'in', [...AGAIN])
          .where('round', '>', 1)
          .execute();
  return new Map(rows.map((row) => [row.id, row.round]));
}

export async function readRatings(deps: ListDeps, viewer: Actor, query: RatingsQuery): Promise<RatingsView> {
  const { selection, period, now } = asked(deps, viewer, query);
  const wanted = { title: '', kind: 'rated', only: null, but: null } as const;
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    const { rows } = await pageOfTallies(db, at, { selection, wanted, period }, NO_CHANGE, {
      limit: query.limit,
      after: undefined,
    });
    const ids = rows.map((row) => row.caseId);
    return {
      rows,
      items: await presentCounted(db, deps, viewer, rows, now),
      minutes: await minutesOf(db, at.gen, ids),
      rounds: await roundsOf(db, ids),
    };
  });
  return {
    ...told(standing),
    items: found.rows.map(({ caseId, mark }, i) => {
      const { id, title, category, area, unit } = found.items[i] as StatisticsCase;
      const minutes = found.minutes.get(caseId);
      const round = found.rounds.get(caseId);
      const used = minutes === undefined ? '' : `用 ${usedText(minutes)}`;
      return {
        id,
        title: id === null ? '' : title,
        category,
        area,
        unit,
        stars: mark,
        note: round === undefined ? used : `已进入第 ${round} 轮办理`,
      };
    }),
  };
}
