/** Rows kept by following the ledger: words of open cases, and what earlier dispatches teach. */

/** Open cases by the words they are about, newest first within an area and audience: where like ones are looked for. */
export interface OpenCaseWordTable {
  area_id: string;
  audience: string; // committee: not reviewed yet | staff | members
  word: string;
  submitted_at: number;
  case_id: string;
}

/** What one case teaches about dispatching: kept so that it can be taken back when the case changes. */
export interface LessonTable {
  case_id: string;
  area_id: string;
  unit_id: string | null; // who leads it
  category_id: string | null; // as reviewed
  features_json: string;
}

/** How many cases of an area with this feature were given this label. */
export interface LessonCountTable {
  area_id: string;
  target: string; // unit | category
  feature: string; // a word, its category or place, or `*` for every case
  label: string;
  n: number;
}
