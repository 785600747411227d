/** What an area sets about its figures: when it went live, how many make a ranking, the points of its members. */
import { LEAST_RANKED, STANDARD_POINTS, type PointRules } from '@minqing/shared/statistics';
import { dayOfDate, startOfDay } from '@minqing/shared/time';
import type { Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';

export interface AreaSettings {
  /** YYYY-MM-DD; what was reported before counts nowhere. Null: as the area above. */
  liveFrom: string | null;
  leastRanked: number | null;
  points: PointRules[] | null;
}

export interface Settings {
  refresh(): Promise<void>;
  /** Instant from which reports of an area count; 0 where nothing was set. */
  liveFrom(areaId: string): number;
  leastRanked(areaId: string): number;
  /** Rules by the day they begin. */
  points(areaId: string): readonly PointRules[];
  own(areaId: string): AreaSettings;
}

export const NOTHING_SET: AreaSettings = { liveFrom: null, leastRanked: null, points: null };
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
    own: (areaId) => all.get(areaId) ?? NOTHING_SET,
  };
}
