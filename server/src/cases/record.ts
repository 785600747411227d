/** A member's year in one sentence, from the definitions every figure uses. */
import { memberYear } from '@minqing/shared/statistics';
import { localTime, usedText } from '@minqing/shared/time';
import type { Case } from '@minqing/shared/workflow';
import type { Reader } from '../store/index.ts';
import type { Calendars } from './world.ts';

/** More cases than anyone files in a year; keeps the sentence cheap whatever happens. */
const MOST = 500;

export async function recordOf(
  db: Reader,
  personId: string,
  calendars: Calendars,
  now: number,
): Promise<string> {
  const year = localTime(now).year;
  const from = Date.UTC(year, 0, 1) - 8 * 3_600_000;
  const rows = await db
    .selectFrom('case_author')
    .innerJoin('cases', 'cases.id', 'case_author.case_id')
    .select('cases.body_json')
    .where('case_author.person_id', '=', personId)
    .where('case_author.joined', 'in', ['first', 'accepted'])
    .where('case_author.submitted_at', '>=', from)
    .limit(MOST)
    .execute();
  const cases = rows.map((r) => JSON.parse(r.body_json) as Case);
  const { submitted, closed, meanReplyMinutes } = memberYear(cases, (c) => calendars.of(c.areaId));
  const late = await lateOf(db, personId, now);
  const behind = late === 0 ? '' : `现有 ${late} 件超期`;
  if (submitted === 0) {
    return behind;
  }
  const mean = meanReplyMinutes === null ? '' : `，平均 ${usedText(meanReplyMinutes)}答复`;
  return [`今年提交 ${submitted} 件，办结 ${closed} 件${mean}`, behind].filter(Boolean).join('，');
}

/** How many of a person's cases, of whichever year, somebody is late with. */
async function lateOf(db: Reader, personId: string, now: number): Promise<number> {
  const { n } = await db
    .selectFrom('case_author')
    .innerJoin('running_case', 'running_case.case_id', 'case_author.case_id')
    .where('case_author.person_id', '=', personId)
    .where('case_author.joined', 'in', ['first', 'accepted'])
    .where('running_case.due_at', '<', now)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(n);
}
