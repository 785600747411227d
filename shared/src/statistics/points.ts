/** 履职积分: points of a member by rules that are set with the day they begin; what was earned keeps its day's rules. */
import { ADOPTION_LEVELS, type AdoptionLevel } from '../words/index.ts';

export const POINT_ACTS = {
  reported: '提交',
  accepted: '受理',
  solved: '解决',
  supported: '附议',
  commended: '优秀',
  ...(Object.fromEntries(
    Object.entries(ADOPTION_LEVELS).map(([level, name]) => [`adopted:${level}`, name]),
  ) as Record<`adopted:${AdoptionLevel}`, string>),
} as const;
export type PointAct = keyof typeof POINT_ACTS;
export const POINT_ACT_NAMES = Object.keys(POINT_ACTS) as [PointAct, ...PointAct[]];

export interface PointRules {
  /** YYYY-MM-DD, the first day they hold for. */
  validFrom: string;
  points: Record<PointAct, number>;
  /** The most a year may bring; null for no cap. */
  yearlyCap: number | null;
}

/** What holds where nothing was set. */
export const STANDARD_POINTS: PointRules = {
  validFrom: '2000-01-01',
  points: {
    reported: 0,
    accepted: 2,
    solved: 3,
    supported: 1,
    commended: 2,
    'adopted:county': 2,
    'adopted:city': 3,
    'adopted:province': 5,
    'adopted:nation': 8,
  },
  yearlyCap: null,
};

/** Something a member earned points for. */
export interface Earned {
  act: PointAct;
  /** YYYY-MM-DD in Shanghai. */
  date: string;
}

/** The rules of a date: of those that had begun, the latest. */
export function rulesOn(rules: readonly PointRules[], date: string): PointRules {
  return (
    rules.filter((r) => r.validFrom <= date).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0] ??
    STANDARD_POINTS
  );
}

export interface PointsOfYear {
  total: number;
  /** What it would be without the cap. */
  uncapped: number;
  cap: number | null;
  /** Only acts there were. */
  items: { act: PointAct; name: string; count: number; points: number }[];
}

/** Points of one calendar year; the cap is the one in force at its last day or, of the running year, at `until`. */
export function pointsOf(
  earned: readonly Earned[],
  rules: readonly PointRules[],
  year: number,
  until: string,
): PointsOfYear {
  const own = earned.filter((e) => e.date.startsWith(`${year}-`) && e.date <= until);
  const items = POINT_ACT_NAMES.flatMap((act) => {
    const dates = own.filter((e) => e.act === act);
    const points = dates.reduce((sum, e) => sum + rulesOn(rules, e.date).points[act], 0);
    return dates.length > 0 && points > 0
      ? [{ act, name: POINT_ACTS[act], count: dates.length, points }]
      : [];
  });
  const uncapped = items.reduce((sum, item) => sum + item.points, 0);
  const last = `${year}-12-31`;
  const cap = rulesOn(rules, until < last ? until : last).yearlyCap;
  return { total: cap === null ? uncapped : Math.min(cap, uncapped), uncapped, cap, items };
}
