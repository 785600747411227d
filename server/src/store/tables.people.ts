/** Rows of areas, units, people and who holds what. Instants are epoch milliseconds; flags are 0 or 1. */
import type { ColumnType } from 'kysely';

type Flag = 0 | 1;
type Instant = number;

export interface AreaTable {
  id: string;
  name: string;
  tier: string;
  parent_id: string | null;
  prefix: string; // of case numbers: JH
}

export interface UnitTable {
  id: string;
  name: string;
  short_name: string;
  type: string;
  area_id: string;
  active: Flag;
  head_approval: ColumnType<string, string | undefined, string>; // inherit | yes | no
}

export interface PersonTable {
  id: string;
  name: string;
  title: string;
  phone_cipher: string | null; // AES-256-GCM
  phone_index: string | null; // HMAC blind index
  active: Flag;
  settings_json: string;
  created_at: Instant;
}

export interface AccountTable {
  id: string;
  host_id: string;
  user_id: string;
  union_id: string;
  person_id: string;
  active: Flag;
  last_seen_at: Instant | null; // machine time, like the next
  synced_at: Instant;
  /** Came over from another person who turned out to be this one: that person's data is not this account's. */
  linked: ColumnType<Flag, Flag | undefined, Flag>;
}

export interface HostOrganisationTable {
  id: string;
  origins_json: string; // where else its front end is served from
  version: number;
  changed_at: Instant;
}

export interface HostDepartmentTable {
  host_id: string;
  department_id: string;
  parent_id: string | null;
  name: string;
  unit_id: string | null;
  synced_at: Instant;
}

export interface RoleGrantTable {
  id: string;
  person_id: string;
  role: string;
  unit_id: string | null;
  area_id: string;
  from_at: Instant;
  to_at: Instant | null;
}

/** Somebody acts for a person who is away. Over at `to_at`, or at `ended_at` when it was ended before. */
export interface SubstitutionTable {
  id: string;
  person_id: string;
  substitute_id: string;
  from_at: Instant;
  to_at: Instant;
  ended_at: Instant | null;
  reason: string;
  created_at: Instant;
  created_by: string;
}

/** From this moment on other people hold a duty: the cards of what is open must reach them. Gone once that is done. */
export interface HoldingChangeTable {
  id: string;
  at: Instant; // business time
  cause: string; // grant | begin | end | left
  person_id: string;
  role: string | null; // of the grant that changed; null means everything the person holds
  unit_id: string | null;
  area_id: string | null;
  substitution_id: string | null;
  progress: string; // the last case that was looked at
}

/** Departments of the host an account stands in, as last synced. */
export interface AccountDepartmentTable {
  account_id: string;
  department_id: string;
}

/** A walk through a host's contacts: the nightly one, or one an administrator reads first and then applies. */
export interface SyncRunTable {
  id: string;
  host_id: string;
  kind: string; // night | admin
  state: string; // reading | read | applying | done | failed
  person_id: string | null;
  at: Instant; // business time
  beat_at: Instant; // machine time of the last sign of life
  ended_at: Instant | null; // business time
  digest: string | null; // of what it would change
  counts_json: string;
  plan_json: string;
  problem: string | null;
  seen: number; // people read so far
}

export interface MembershipTable {
  id: string;
  person_id: string;
  committee_id: string;
  sector: string;
  special_committee: string;
  term: string;
  from_at: Instant;
  to_at: Instant | null;
}

export interface SessionTable {
  id_hash: string; // SHA-256 of the secret
  person_id: string;
  account_id: string;
  kind: string; // cookie | bearer
  csrf: string;
  created_at: Instant; // machine time, like the next two
  seen_at: Instant;
  expires_at: Instant;
}
