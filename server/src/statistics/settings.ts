/** What an area sets about its figures: go-live, how many make a ranking, members' points, the monthly delivery. */
import {
  LEAST_RANKED,
  MONTHLY_OFF,
  STANDARD_POINTS,
  type MonthlyRule,
  type PointRules,
} from '@minqing/shared/statistics';
import { dayOfDate, startOfDay } from '@minqing/shared/time';
import type { Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';

export interface AreaSettings {
  /** YYYY-MM-DD; what was reported before counts nowhere. Null: as the area above. */
  liveFrom: string | null;
  leastRanked: number | null;
  points: PointRules[] | null;
  monthly: MonthlySetting | null;
}

/** `since`: business time from which it holds; what was due before is not made up for. */
export type MonthlySetting = MonthlyRule & { since: number };

export interface Settings {
  refresh(): Promise<void>;
  /** Instant from which reports of an area count; 0 where nothing was set. */
  liveFrom(areaId: string): number;
  leastRanked(areaId: string): number;
  /** Rules by the day they begin. */
  points(areaId: string): readonly PointRules[];
  /** Whether and when the figures of a month go to those in charge. */
  monthly(areaId: string): MonthlySetting;
  own(areaId: string): AreaSettings;
}

export const NOTHING_SET: AreaSettings = {
  liveFrom: null,
  leastRanked: null,
  points: null,
  monthly: null,
};
const PREFIX = 'statistics:area:';
export const settingName = (areaId: string): string => `${PREFIX}${areaId}`;

async function readAll(db: Reader): Promise<Map<string, AreaSettings>> {
  const rows = await db
    .selectFrom('setting')
    .selectAll()
    .where('name', '>=', PREFIX)
    .where('name', '<', `${PREFIX}~`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.name.slice(PREFIX.length),
      { ...NOTHING_SET, ...(JSON.parse(row.value_json) as Partial<AreaSettings>) },
    ]),
  );
}

/** Settings of every area, each thing from the area itself or the nearest above that has it. */
export async function createSettings(
  store: Pick<Store, 'read'>,
  directory: Pick<Directory, 'areaChain'>,
): Promise<Settings> {
  let all = await store.read(readAll);
  const nearest = <K extends keyof AreaSettings>(areaId: string, key: K): AreaSettings[K] => {
    const at = directory.areaChain(areaId).find((id) => all.get(id)?.[key] != null);
    return (at === undefined ? null : (all.get(at)?.[key] ?? null)) as AreaSettings[K];
  };
  return {
    async refresh() {
      all = await store.read(readAll);
    },
    liveFrom(areaId) {
      const date = nearest(areaId, 'liveFrom');
      return date === null ? 0 : startOfDay(dayOfDate(date) ?? 0);
    },
    leastRanked: (areaId) => nearest(areaId, 'leastRanked') ?? LEAST_RANKED,
    points: (areaId) => nearest(areaId, 'points') ?? [STANDARD_POINTS],
    monthly: (areaId) => nearest(areaId, 'monthly') ?? { ...MONTHLY_OFF, since: 0 },
    own: (areaId) => all.get(areaId) ?? NOTHING_SET,
  };
}
