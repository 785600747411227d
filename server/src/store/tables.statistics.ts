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

/** What an accepted report is about. */
export interface TopicTable {
  case_id: string;
  area_id: string;
  category_id: string;
  place_id: string;
  at: Instant; // of the report, like the next
  words_json: string; // of its title
}

export interface TopicWordTable {
  area_id: string;
  word: string;
  at: Instant;
  case_id: string;
}

/** How many reports of a day or month have a word, or are of a category at a place. */
export interface TopicCountTable {
  area_id: string;
  kind: string; // word | cluster
  grain: string; // d | m
  period: number;
  key1: string;
  key2: string;
  n: number;
}

/** The figures of a month as they went to those in charge of an area. */
export interface MonthlyDeliveryTable {
  area_id: string;
  month: number; // since the year 0
  at: Instant; // business time
  people: number; // who got it
}

export interface StatisticsTables {
  tally: TallyTable;
  tally_sum: TallySumTable;
  topic: TopicTable;
  topic_word: TopicWordTable;
  topic_count: TopicCountTable;
  monthly_delivery: MonthlyDeliveryTable;
}
