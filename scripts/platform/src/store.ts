/** Its own memory: the log of messages with the other side, and nothing that could not be told from it. */
import { DatabaseSync } from 'node:sqlite';
import { FileTable } from './files.ts';
import type { Numbered } from './wire.ts';
import { matterOf, type Body, type Logged, type Matter } from './states.ts';

export interface Unsent {
  caseId: string;
  seq: number;
  id: string;
  body: Body;
  attempts: number;
}

/** One open database; every method is one transaction or a read. */
export class PlatformStore {
  readonly #db: DatabaseSync;
  readonly files: FileTable;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA busy_timeout = 2000;
      CREATE TABLE IF NOT EXISTS log (
        case_id TEXT NOT NULL, side TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL,
        sent INTEGER NOT NULL DEFAULT 1, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '', PRIMARY KEY (case_id, side, seq)) STRICT;
      CREATE INDEX IF NOT EXISTS log_unsent ON log (sent, next_at);
      CREATE TABLE IF NOT EXISTS matter (
        case_id TEXT PRIMARY KEY, day TEXT NOT NULL, state TEXT NOT NULL, view TEXT NOT NULL, touched INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS nonce (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS signing_key (
        key_id TEXT PRIMARY KEY, secret TEXT NOT NULL, dropped INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
    `);
    this.files = new FileTable(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  /** Writes a copy of everything to a file: last night's backup. */
  backup(file: string): void {
    this.#db.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
  }

  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      this.#db.exec('COMMIT');
      return value;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** True the first time. */
  useNonce(nonce: string, now: number): boolean {
    this.#db.prepare('DELETE FROM nonce WHERE at < ?').run(now - 900_000);
    return this.#db.prepare('INSERT OR IGNORE INTO nonce VALUES (?, ?)').run(nonce, now).changes === 1;
  }

  next(name: string): number {
    this.#db
      .prepare('INSERT INTO counter VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1')
      .run(name);
    return Number(this.#db.prepare('SELECT last FROM counter WHERE name = ?').get(name)?.['last']);
  }

  find(id: string): { seq: number; side: string } | undefined {
    const row = this.#db.prepare('SELECT seq, side FROM log WHERE id = ?').get(id);
    return row && { seq: Number(row['seq']), side: String(row['side']) };
  }

  last(caseId: string, side: 'M' | 'P'): number {
    const row = this.#db
      .prepare('SELECT max(seq) AS seq FROM log WHERE case_id = ? AND side = ?')
      .get(caseId, side);
    return Number(row?.['seq'] ?? 0);
  }

  /** Puts a message at its place and tells the matter anew. `sent` is false for one of ours that still has to go. */
  put(side: 'M' | 'P', body: Body, sent: boolean): void {
    this.#db
      .prepare(
        'INSERT INTO log (case_id, side, seq, id, type, at, body, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        body.caseId,
        side,
        body.seq,
        body.id,
        body.type,
        Date.parse(body.at),
        JSON.stringify(body),
        sent ? 1 : 0,
      );
    this.refold(body.caseId);
  }

  /** Moves our unsent messages of a case behind `after`; the first gets `after + 1`. */
  renumber(caseId: string, after: number): void {
    const rows = this.#db
      .prepare("SELECT seq, body FROM log WHERE case_id = ? AND side = 'P' AND sent = 0 ORDER BY seq")
      .all(caseId);
    this.#db.prepare("UPDATE log SET seq = -seq WHERE case_id = ? AND side = 'P' AND sent = 0").run(caseId);
    let seq = after;
    for (const row of rows) {
      seq += 1;
      const body = { ...(JSON.parse(String(row['body'])) as Body), seq };
      this.#db
        .prepare(
          "UPDATE log SET seq = ?, body = ?, problem = '', next_at = 0 WHERE case_id = ? AND side = 'P' AND seq = ?",
        )
        .run(seq, JSON.stringify(body), caseId, -Number(row['seq']));
    }
  }

  refold(caseId: string): void {
    const matter = matterOf(this.log(caseId));
    if (matter) {
      this.#db
        .prepare(
          `INSERT INTO matter VALUES (?, ?, ?, ?, ?) ON CONFLICT (case_id)
           DO UPDATE SET day = excluded.day, state = excluded.state, view = excluded.view, touched = excluded.touched`,
        )
        .run(caseId, matter.day, matter.state, JSON.stringify(matter), Date.now());
    }
  }

  log(caseId: string): Logged[] {
    return this.#db
      .prepare('SELECT * FROM log WHERE case_id = ? ORDER BY side, seq')
      .all(caseId)
      .map((row) => ({
        side: row['side'] as 'M' | 'P',
        seq: Number(row['seq']),
        id: String(row['id']),
        type: String(row['type']),
        at: Number(row['at']),
        body: JSON.parse(String(row['body'])) as Body,
      }));
  }

  /** The matter as it would stand with one more message of ours. */
  preview(body: Body): Matter {
    const { seq, id, type, at } = body;
    const matter = matterOf([
      ...this.log(body.caseId),
      { side: 'P', seq, id, type, at: Date.parse(at), body },
    ]);
    if (!matter) {
      throw new Error(`no matter ${body.caseId}`);
    }
    return matter;
  }

  matter(caseId: string): Matter | null {
    const row = this.#db.prepare('SELECT view FROM matter WHERE case_id = ?').get(caseId);
    return row ? (JSON.parse(String(row['view'])) as Matter) : null;
  }

  matters(limit = 200): Matter[] {
    return this.#db
      .prepare('SELECT view FROM matter ORDER BY touched DESC LIMIT ?')
      .all(limit)
      .map((row) => JSON.parse(String(row['view'])) as Matter);
  }

  /** Matters of these days, each with the numbers of its messages that both sides should have. */
  days(from: string, to: string): { day: string; caseId: string; state: string; log: Numbered[] }[] {
    const rows = this.#db
      .prepare(
        `SELECT day, m.case_id, state, side, seq, id FROM matter m JOIN log l ON l.case_id = m.case_id AND l.sent = 1
          WHERE day BETWEEN ? AND ? ORDER BY day, m.case_id`,
      )
      .all(from, to);
    return [...Map.groupBy(rows, (row) => String(row['case_id']))].map(([caseId, log]) => ({
      day: String(log[0]?.['day']),
      caseId,
      state: String(log[0]?.['state']),
      log: log.map((row) => ({
        side: row['side'] as 'M' | 'P',
        seq: Number(row['seq']),
        id: String(row['id']),
      })),
    }));
  }

  /** Cases with something to send now, oldest first. */
  casesToSend(now: number, limit: number): string[] {
    return this.#db
      .prepare('SELECT DISTINCT case_id FROM log WHERE sent = 0 AND next_at <= ? ORDER BY next_at LIMIT ?')
      .all(now, limit)
      .map((row) => String(row['case_id']));
  }

  unsent(caseId: string): Unsent[] {
    return this.#db
      .prepare("SELECT * FROM log WHERE case_id = ? AND side = 'P' AND sent = 0 ORDER BY seq")
      .all(caseId)
      .map((row) => ({
        caseId,
        seq: Number(row['seq']),
        id: String(row['id']),
        body: JSON.parse(String(row['body'])) as Body,
        attempts: Number(row['attempts']),
      }));
  }

  markSent(id: string, problem = ''): void {
    this.#db.prepare('UPDATE log SET sent = 1, problem = ? WHERE id = ?').run(problem, id);
  }

  markFailed(id: string, attempts: number, nextAt: number, problem: string): void {
    this.#db
      .prepare('UPDATE log SET attempts = ?, next_at = ?, problem = ? WHERE id = ?')
      .run(attempts, nextAt, problem, id);
  }

  /** From `seq` on our messages of a case are to be sent once more. */
  sendAgain(caseId: string, seq: number): void {
    this.#db
      .prepare("UPDATE log SET sent = 0, next_at = 0 WHERE case_id = ? AND side = 'P' AND seq >= ?")
      .run(caseId, seq);
  }

  problems(caseId: string): Map<string, string> {
    const rows = this.#db
      .prepare("SELECT id, problem FROM log WHERE case_id = ? AND problem != ''")
      .all(caseId);
    return new Map(rows.map((row) => [String(row['id']), String(row['problem'])]));
  }

  /** Keys that were agreed on since it was started, oldest first. */
  keys(): { keyId: string; secret: string }[] {
    return this.#db
      .prepare('SELECT key_id, secret FROM signing_key WHERE dropped = 0 ORDER BY at, rowid')
      .all()
      .map((row) => ({ keyId: String(row['key_id']), secret: String(row['secret']) }));
  }

  putKey(keyId: string, secret: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO signing_key VALUES (?, ?, 0, ?)').run(keyId, secret, Date.now());
  }

  dropKey(keyId: string): void {
    this.#db.prepare("INSERT OR REPLACE INTO signing_key VALUES (?, '', 1, ?)").run(keyId, Date.now());
  }

  isDropped(keyId: string): boolean {
    return (
      this.#db.prepare('SELECT 1 FROM signing_key WHERE key_id = ? AND dropped = 1').get(keyId) !== undefined
    );
  }

  waiting(): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM log WHERE sent = 0').get()?.['n']);
  }
}
