/** Attachments: theirs are fetched over their links, measured and kept; ours are offered over links that are signed and expire. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Body } from './states.ts';
import { Problem, sha256 } from './wire.ts';

const LINK_MS = 3_600_000;
const PATIENCE_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;

/** What both sides tell of a file. */
export interface FileFacts {
  id: string;
  name: string;
  type: string;
  bytes: number;
  sha256: string;
}
export interface KeptFile extends FileFacts {
  side: 'M' | 'P';
  here: boolean;
  problem: string;
}

/** The table of files in the platform's own database. */
export class FileTable {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    db.exec(`CREATE TABLE IF NOT EXISTS file (
      id TEXT PRIMARY KEY, case_id TEXT NOT NULL, side TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
      bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, href TEXT NOT NULL, body BLOB,
      problem TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0) STRICT`);
  }

  /** Remembers what a message of theirs brings; a repeat brings fresh links. */
  expect(caseId: string, files: readonly (FileFacts & { href: string })[]): void {
    for (const file of files) {
      this.#db
        .prepare(
          `INSERT INTO file (id, case_id, side, name, type, bytes, sha256, href) VALUES (?, ?, 'M', ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET href = excluded.href, next_at = 0`,
        )
        .run(file.id, caseId, file.name, file.type, file.bytes, file.sha256, file.href);
    }
  }

  keep(caseId: string, name: string, type: string, body: Buffer): FileFacts {
    const facts = { id: randomUUID(), name, type, bytes: body.length, sha256: sha256(body) };
    this.#db
      .prepare(
        "INSERT INTO file (id, case_id, side, name, type, bytes, sha256, href, body) VALUES (?, ?, 'P', ?, ?, ?, ?, '', ?)",
      )
      .run(facts.id, caseId, name, type, body.length, facts.sha256, body);
    return facts;
  }

  facts(id: string): FileFacts | null {
    const row = this.#db.prepare('SELECT id, name, type, bytes, sha256 FROM file WHERE id = ?').get(id);
    return row ? (row as unknown as FileFacts) : null;
  }

  body(id: string): Buffer | null {
    const row = this.#db.prepare('SELECT body FROM file WHERE id = ?').get(id);
    return row?.['body'] ? Buffer.from(row['body'] as Uint8Array) : null;
  }

  of(caseId: string): KeptFile[] {
    return this.#db
      .prepare(
        'SELECT id, side, name, type, bytes, sha256, body IS NOT NULL AS here, problem FROM file WHERE case_id = ? ORDER BY rowid',
      )
      .all(caseId)
      .map((row) => ({ ...(row as unknown as KeptFile), here: row['here'] === 1 }));
  }

  missing(now: number): { id: string; href: string; bytes: number; sha256: string; attempts: number }[] {
    return this.#db
      .prepare(
        "SELECT id, href, bytes, sha256, attempts FROM file WHERE side = 'M' AND body IS NULL AND next_at <= ? LIMIT 20",
      )
      .all(now) as never;
  }

  arrived(id: string, body: Buffer): void {
    this.#db.prepare("UPDATE file SET body = ?, problem = '' WHERE id = ?").run(body, id);
  }

  failed(id: string, problem: string, attempts: number, nextAt: number): void {
    this.#db
      .prepare('UPDATE file SET problem = ?, attempts = ?, next_at = ? WHERE id = ?')
      .run(problem, attempts, nextAt, id);
  }
}

export interface PlatformFiles {
  /** Fetches what is missing of theirs; each is kept only when length and SHA-256 are as told. */
  fetchMissing(): Promise<void>;
  /** A message with fresh links for the files of ours it names. */
  withLinks(body: Body): Body;
  /** The bytes behind a link of ours. Throws {@link Problem} for one that is not ours or has expired. */
  serve(id: string, query: URLSearchParams): Buffer;
}

export function createFiles(parts: {
  table(): FileTable;
  /** Where its own addresses begin. */
  base(): string;
  paceMs: number;
  faults(): { alterFiles: boolean; staleLinks: boolean };
}): PlatformFiles {
  const secret = randomBytes(32);
  const macOf = (id: string, expires: string): Buffer =>
    createHmac('sha256', secret).update(`${id}\n${expires}`).digest();
  let fetching: Promise<void> | undefined;

  function linkTo(id: string): string {
    const expires = String(Date.now() + (parts.faults().staleLinks ? -1_000 : LINK_MS));
    const query = new URLSearchParams({ e: expires, s: macOf(id, expires).toString('base64url') });
    return `${parts.base()}/sfw/v1/files/${id}?${query.toString()}`;
  }

  async function fetchOne(file: ReturnType<FileTable['missing']>[number]): Promise<void> {
    const failed = (problem: string): void => {
      const pause = Math.min(LONGEST_PAUSE_MS, parts.paceMs * 2 ** Math.min(file.attempts, 12));
      parts.table().failed(file.id, problem, file.attempts + 1, Date.now() + pause);
    };
    try {
      const answer = await fetch(file.href, { signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) {
        failed(answer.status === 401 ? '链接不对或已过期' : `对方回答 ${answer.status}`);
        return;
      }
      const body = Buffer.from(await answer.arrayBuffer());
      if (body.length !== file.bytes || sha256(body) !== file.sha256) {
        failed('附件校验不对，没有收下');
        return;
      }
      parts.table().arrived(file.id, body);
    } catch {
      failed('附件取不到');
    }
  }

  async function fetchAll(): Promise<void> {
    for (const file of parts.table().missing(Date.now())) {
      await fetchOne(file);
    }
  }

  return {
    fetchMissing: () =>
      (fetching ??= fetchAll().finally(() => {
        fetching = undefined;
      })),
    withLinks(body) {
      const { files } = body.data as { files?: FileFacts[] };
      return files && files.length > 0
        ? {
            ...body,
            data: { ...body.data, files: files.map((file) => ({ ...file, href: linkTo(file.id) })) },
          }
        : body;
    },
    serve(id, query) {
      const expires = query.get('e') ?? '';
      const own = macOf(id, expires);
      const given = Buffer.from(query.get('s') ?? '', 'base64url');
      const good = own.length === given.length && timingSafeEqual(own, given);
      const body = good && Number(expires) > Date.now() ? parts.table().body(id) : null;
      if (!body) {
        throw new Problem(401, 'badSignature', { detail: '链接不对或已过期' });
      }
      return parts.faults().alterFiles ? Buffer.concat([Buffer.from('!'), body.subarray(1)]) : body;
    },
  };
}
