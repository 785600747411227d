/** Rows of the open door: access tokens, webhooks, what is published. Kinds as in tables.ts. */

type Flag = 0 | 1;
type Instant = number;

/** A personal access token. Its secret is nowhere: only the SHA-256. Times are business time. */
export interface AccessTokenTable {
  id: string;
  person_id: string;
  name: string;
  secret_hash: string;
  hint: string; // the secret's first characters
  scopes_json: string;
  created_at: Instant;
  expires_at: Instant;
  last_used_at: Instant | null;
  last_address: string;
  revoked_at: Instant | null;
  revoked_by: string | null;
  revoke_reason: string;
}

/** A subscription: where the steps of an area's cases are sent. */
export interface WebhookTable {
  id: string;
  area_id: string;
  name: string;
  url: string;
  events_json: string;
  level: string;
  basis: string;
  secret_cipher: string;
  /** Signs beside the new one until `old_until` (machine time). */
  old_secret_cipher: string | null;
  old_until: Instant;
  active: Flag;
  /** Why it was stopped by itself; empty while it was not. */
  stopped: string;
  /** Machine time of the first failure since the last success. */
  failing_since: Instant | null;
  /** Entries up to this place of the ledger are none of its business. */
  from_seq: number;
  version: number;
  created_by: string;
  created_at: Instant; // business time
  removed: Flag;
}

/** One message to one subscriber. Its id is the `webhook-id`, the same at every try and replay. */
export interface WebhookDeliveryTable {
  id: string;
  webhook_id: string;
  event_key: string; // the ledger's entry, once a subscriber; or test:<id>
  seq: number;
  type: string;
  number: string;
  payload: string; // the body, byte for byte
  state: string; // waiting | sent | failed
  attempts: number;
  next_at: Instant; // machine time
  lease_owner: string | null;
  lease_until: Instant; // machine time
  fence: number;
  created_at: Instant; // business time
  done_at: Instant | null; // business time
}

export interface WebhookAttemptTable {
  id: string;
  delivery_id: string;
  at: Instant; // business time
  ms: number;
  status: number | null;
  problem: string;
  answer: string;
}

/** One row a case that everybody may read, kept by following the ledger. */
export interface PublishedCaseTable {
  case_id: string;
  number: string;
  area_id: string;
  category_id: string;
  open: Flag;
  submitted_at: Instant;
}

export interface DoorTables {
  access_token: AccessTokenTable;
  webhook: WebhookTable;
  webhook_delivery: WebhookDeliveryTable;
  webhook_attempt: WebhookAttemptTable;
  published_case: PublishedCaseTable;
}
