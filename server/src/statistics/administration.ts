/** What administrators set about figures: go-live, ranking, points. Validated, recorded, and counted anew where it matters. */
import type { StatisticsSettings, StatisticsSettingsChange } from '@minqing/shared/contract';
import { POINT_ACT_NAMES, POINT_ACTS, type MonthlyRule, type PointRules } from '@minqing/shared/statistics';
import { dateOfDay, dayNumberOf, dayOfDate, shanghaiDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Calendars } from '../cases/index.ts';
import { conflict, invalidInput } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering } from '../people/index.ts';
import { changeOnce, digestOf, upsert, type ChangeRequest } from '../store/index.ts';
import type { ReadingDeps } from './asked.ts';
import { wantRebuild } from './generation.ts';
import { monthlyTold, ruleOf } from './monthly.ts';
import { recountTold } from './recount.ts';
import { NOTHING_SET, settingName, type AreaSettings, type MonthlySetting } from './settings.ts';

type Deps = Pick<ReadingDeps, 'store' | 'clock' | 'directory' | 'settings'> & { calendars: Calendars };

const seenOf = (own: AreaSettings): string => digestOf(own).slice(0, 32);

export async function viewSettings(deps: Deps, viewer: Actor, areaId: string): Promise<StatisticsSettings> {
  administering(viewer, deps.directory).require(areaId);
  await deps.settings.refresh();
  const { settings } = deps;
  const own = settings.own(areaId);
  const liveFrom = settings.liveFrom(areaId);
  return {
    areaId,
    own: { ...own, monthly: own.monthly && ruleOf(own.monthly) },
    today: shanghaiDate(deps.clock.businessNow()),
    liveFrom: liveFrom === 0 ? null : dateOfDay(dayNumberOf(liveFrom)),
    leastRanked: settings.leastRanked(areaId),
    points: [...settings.points(areaId)],
    monthly: ruleOf(settings.monthly(areaId)),
    ...(await monthlyTold(deps, areaId)),
    acts: POINT_ACT_NAMES.map((act) => ({ act, name: POINT_ACTS[act] })),
    ...(await deps.store.read((db) => recountTold(db, deps.clock.businessNow()))),
    seen: seenOf(own),
  };
}

/** Throws invalid input for rules that would change what was earned, or that begin twice on one day. */
function checkPoints(
  before: readonly PointRules[] | null,
  after: readonly PointRules[] | null,
  today: string,
) {
  const dates = (after ?? []).map((rules) => rules.validFrom);
  if (new Set(dates).size !== dates.length) {
    throw invalidInput([{ path: 'points', message: '同一天只能有一套积分规则' }]);
  }
  if (after?.length === 0) {
    throw invalidInput([{ path: 'points', message: '至少留一套积分规则，或改为沿用上级的' }]);
  }
  const past = (before ?? []).filter((rules) => rules.validFrom <= today);
  const kept = past.every((rules) => after?.some((other) => digestOf(other) === digestOf(rules)));
  const added = (after ?? []).filter((rules) => !past.some((other) => digestOf(other) === digestOf(rules)));
  if (before !== null && (!kept || added.some((rules) => rules.validFrom <= today))) {
    throw invalidInput([
      { path: 'points', message: '已经生效的积分规则不能改，请新增一套，从明天或以后起用' },
    ]);
  }
}

/** Switching it on, or to another day, begins with the next moment: nothing goes out at once. */
const sinceOf = (before: MonthlySetting | null, after: MonthlyRule, now: number): number =>
  before?.on && before.day === after.day ? before.since : now;

export async function saveSettings(
  deps: Deps,
  viewer: Actor,
  change: StatisticsSettingsChange,
  request: ChangeRequest,
): Promise<StatisticsSettings> {
  const { store, clock, directory, settings } = deps;
  const { areaId, seen, liveFrom, leastRanked, points, monthly } = change;
  const scope = administering(viewer, directory);
  scope.require(areaId);
  const now = clock.businessNow();
  if (liveFrom !== null && (dayOfDate(liveFrom) ?? Infinity) > dayNumberOf(now)) {
    throw invalidInput([{ path: 'liveFrom', message: '启用日期不能晚于今天' }]);
  }
  await changeOnce(store, request, clock.machineNow(), async (tx) => {
    const row = await tx
      .selectFrom('setting')
      .select('value_json')
      .where('name', '=', settingName(areaId))
      .executeTakeFirst();
    const before = row ? { ...NOTHING_SET, ...(JSON.parse(row.value_json) as AreaSettings) } : NOTHING_SET;
    if (seenOf(before) !== seen) {
      throw conflict('别人刚改过这里的统计设置，请看过新的再改');
    }
    const after: AreaSettings = {
      liveFrom,
      leastRanked,
      points,
      monthly: monthly && { ...monthly, since: sinceOf(before.monthly, monthly, now) },
    };
    checkPoints(before.points, points, shanghaiDate(now));
    const value = { name: settingName(areaId), value_json: JSON.stringify(after) };
    await upsert(tx, 'setting', value, { key: ['name'] });
    await appendAudit(tx, {
      at: now,
      kind: 'statistics.changed',
      personId: scope.personId,
      subject: areaId,
      data: { before, after },
      areaId,
    });
    if (before.liveFrom !== liveFrom) {
      await wantRebuild(tx);
    }
    return areaId;
  });
  await settings.refresh();
  return viewSettings(deps, viewer, areaId);
}

/** Counts everything anew beside the figures in use. */
export async function orderRebuild(
  deps: Deps,
  viewer: Actor,
  request: ChangeRequest,
): Promise<{ counting: boolean }> {
  const scope = administering(viewer, deps.directory);
  await changeOnce(deps.store, request, deps.clock.machineNow(), async (tx) => {
    await appendAudit(tx, {
      at: deps.clock.businessNow(),
      kind: 'statistics.recounted',
      personId: scope.personId,
      subject: 'statistics',
      data: {},
      areaId: scope.ownAreaId,
    });
    await wantRebuild(tx);
    return 'statistics';
  });
  return { counting: true };
}
