/** Rows of the connection to other platforms; kinds as in tables.ts. Times of delivery are machine time. */

type Flag = 0 | 1;
type Instant = number;

export interface ExchangePartnerTable {
  id: string;
  name: string;
  /** Whose administrators look after the connection. */
  area_id: string;
  base_url: string; // without a trailing slash
  suite: string; // hmac-sha256 | sm2-sm3
  allow_json: string; // addresses and networks that may call; empty: any
  share_phone: Flag;
  seal_history: Flag; // our messages carry the sealed history
  active: Flag;
  failures: number; // sendings that failed one after the other
  paused_until: Instant; // the breaker is open until then
  checked_on: string; // business day of the last daily comparison
  created_at: Instant; // business time
}

export interface ExchangeKeyTable {
  partner_id: string;
  key_id: string;
  suite: string;
  sealed: string; // encrypted with DATA_KEY
  from_at: Instant;
  to_at: Instant; // FAR while it has no end
  seen_at: Instant; // the platform first signed with it then; 0 before
}

/** An area whose cases are handed to a platform when they are accepted. */
export interface ExchangeAreaTable {
  area_id: string;
  partner_id: string;
  since_at: Instant; // business time
}

/** A code of the platform and what it means here; '' while nobody has said. */
export interface ExchangeCodeTable {
  partner_id: string;
  kind: string; // category | unit | state
  code: string;
  name: string;
  ours: string;
}

export interface ExchangeCaseTable {
  partner_id: string;
  case_id: string;
  day: string; // on which it was first handed over, YYYY-MM-DD
  open: Flag; // 0 once it was taken back
  state_code: string; // as the platform last told
  out_seq: number;
  in_seq: number;
}

export interface ExchangeOutTable {
  id: string;
  partner_id: string;
  case_id: string;
  seq: number;
  type: string;
  body_json: string; // its files by id only: links are made when it is sent
  status: string; // waiting | sent | dead
  attempts: number;
  next_at: Instant;
  error_code: string;
  error_text: string;
  created_at: Instant;
  sent_at: Instant; // 0 until then
}

export interface ExchangeInTable {
  partner_id: string;
  message_id: string;
  case_id: string;
  seq: number;
  type: string;
  body_json: string;
  digest: string; // of the body without its files' links
  status: string; // new | applied | waiting | held | dismissed
  error_code: string;
  error_text: string;
  received_at: Instant;
  done_at: Instant; // 0 until then
  version: number; // of the case after it was applied
}

export interface ExchangeNonceTable {
  partner_id: string;
  nonce: string;
  at: Instant;
}

export interface ExchangeCheckTable {
  id: string;
  partner_id: string;
  at: Instant; // business time
  days: number;
  cases: number;
  differing: number;
  repaired: number;
  error: string; // '' when it came to its end
  findings_json: string;
}

export interface ExchangeTables {
  exchange_partner: ExchangePartnerTable;
  exchange_key: ExchangeKeyTable;
  exchange_area: ExchangeAreaTable;
  exchange_code: ExchangeCodeTable;
  exchange_case: ExchangeCaseTable;
  exchange_out: ExchangeOutTable;
  exchange_in: ExchangeInTable;
  exchange_nonce: ExchangeNonceTable;
  exchange_check: ExchangeCheckTable;
}
