/** Rows of people who are one person in several host organisations; see tables.ts for the conventions. */
type Instant = number;

/** Two people who may be one: found by their phone number, or said by themselves. One row a pair, for ever. */
export interface PersonLinkTable {
  id: string;
  one_id: string; // the smaller id of the two
  other_id: string;
  way: string; // phone | code
  state: string; // proposed | refused | linked | undone
  created_at: Instant; // business time, like the next
  decided_at: Instant | null;
  decided_by: string | null;
  kept_id: string | null; // who they are since
  /** What came over from the other one, so that it can go back. */
  moved_json: string;
}

/** A code somebody types in another host to be the same person there. One a person at a time. */
export interface LinkCodeTable {
  person_id: string;
  account_id: string; // where it was shown
  code_hash: string; // SHA-256
  expires_at: Instant; // machine time
}

export interface LinkingTables {
  person_link: PersonLinkTable;
  link_code: LinkCodeTable;
}
