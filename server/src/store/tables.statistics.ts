/** Rows the figures are kept in. */
type Instant = number;

/** One thing a case counts for; see Tally in shared/statistics. */
export interface TallyTable {
  gen: number;
  case_id: string;
  nth: number;
  kind: string;
  mark: number;
  at: Instant; // business time
  area_id: string;
  unit_id: string; // empty for none, like the next three
  category_id: string;
  sector: string;
  place_id: string;
}

/** How many tallies of a kind and mark there are in a day or month of an area, as a whole or under a key. */
export interface TallySumTable {
  gen: number;
  cut: string; // all | unit | category | sector | place | unitCategory
  area_id: string;
  grain: string; // d | m
  kind: string;
  period: number; // days since 1970, or months since the year 0
  key1: string;
  key2: string;
  mark: number;
  n: number;
  total: number; // sum of the marks of what is timed: minutes
}

export interface StatisticsTables {
  tally: TallyTable;
  tally_sum: TallySumTable;
}
