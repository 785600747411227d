/** 每月统计 of an area: when the next is due, and what went out last. */
import {
  MONTHLY_ROLES,
  monthlyMoment,
  monthName,
  monthOf,
  type MonthlyRule,
} from '@minqing/shared/statistics';
import { dayNumberOf, momentText } from '@minqing/shared/time';
import type { Calendars } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { holders } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { countedUpTo, liveGeneration } from './generation.ts';
import type { MonthlySetting, Settings } from './settings.ts';

export interface MonthlyDeps {
  store: Pick<Store, 'read'>;
  clock: Clock;
  calendars: Calendars;
  settings: Pick<Settings, 'monthly'>;
}

/** A month's figures of an area whose moment has come. */
export interface MonthlyDue {
  areaId: string;
  /** The month that is told of, since the year 0. */
  month: number;
  rule: MonthlyRule;
}

export const ruleOf = ({ on, day, roles }: MonthlySetting): MonthlyRule => ({ on, day, roles: [...roles] });

/** What is due in an area now, sent or not; null before its moment, and where it was switched on only afterwards. */
export function monthlyDue({ clock, calendars, settings }: MonthlyDeps, areaId: string): MonthlyDue | null {
  const setting = settings.monthly(areaId);
  if (!setting.on) {
    return null;
  }
  const now = clock.businessNow();
  const month = monthOf(dayNumberOf(now));
  const moment = monthlyMoment(calendars.of(areaId), month, setting.day);
  return now < moment || moment < setting.since ? null : { areaId, month: month - 1, rule: ruleOf(setting) };
}

/** How far the figures have come: of the oldest event no place was given yet, by the database's clock; and of places. */
export async function countedSoFar(
  db: Reader,
): Promise<{ pendingSince: number | null; head: number; counted: number }> {
  const pending = await db
    .selectFrom('event_pending')
    .select('recorded_at')
    .orderBy('recorded_at')
    .limit(1)
    .executeTakeFirst();
  const last = await db.selectFrom('ledger').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst();
  return {
    pendingSince: pending ? Number(pending.recorded_at) : null,
    head: Number(last?.seq ?? 0),
    counted: await countedUpTo(db, await liveGeneration(db)),
  };
}

/** Who gets it, each once: the first role of the rule that they hold there. */
export async function monthlyReaders(
  db: Reader,
  { areaId, rule }: Pick<MonthlyDue, 'areaId' | 'rule'>,
  now: number,
): Promise<{ role: MonthlyRule['roles'][number]; personId: string }[]> {
  const found = new Map<string, { role: MonthlyRule['roles'][number]; personId: string }>();
  for (const role of MONTHLY_ROLES.filter((each) => rule.roles.includes(each))) {
    for (const { personId } of await holders(db, { role, areaIds: [areaId] }, now)) {
      if (!found.has(personId)) {
        found.set(personId, { role, personId });
      }
    }
  }
  return [...found.values()];
}

/** The sentences of the page: what comes next, and what went out last. */
export async function monthlyTold(
  deps: MonthlyDeps,
  areaId: string,
): Promise<{ monthlyNext: string; monthlyLast: string }> {
  const now = deps.clock.businessNow();
  const rule = deps.settings.monthly(areaId);
  return deps.store.read(async (db) => {
    const last = await db
      .selectFrom('monthly_delivery')
      .selectAll()
      .where('area_id', '=', areaId)
      .orderBy('month', 'desc')
      .executeTakeFirst();
    const monthlyLast = last
      ? `${monthName(last.month)}的已在 ${momentText(Number(last.at), now)} 发给 ${last.people} 位`
      : '';
    if (!rule.on) {
      return { monthlyNext: '', monthlyLast };
    }
    const month = monthOf(dayNumberOf(now));
    const calendar = deps.calendars.of(areaId);
    const moments = [month, month + 1].map((each) => monthlyMoment(calendar, each, rule.day));
    const next = moments[0] !== undefined && moments[0] > now ? 0 : 1;
    const { length } = await monthlyReaders(db, { areaId, rule }, now);
    const whom = length === 0 ? '现在没有人收，请先在「人员与角色」里安排' : `给 ${length} 位`;
    return {
      monthlyNext: `${momentText(moments[next] ?? now, now)} 发 ${monthName(month + next - 1)}的，${whom}`,
      monthlyLast,
    };
  });
}
