/** The origins of a host organisation: what may be written, reading them, writing them. */
import { MOST_ORIGINS } from '@minqing/shared/contract';
import { conflict, invalidInput, type FieldProblem } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { insertIgnore, type Reader, type Tx } from '../store/index.ts';

export interface HostOrigins {
  hostId: string;
  /** `https://host[:port]`, none twice. */
  origins: readonly string[];
  /** 0 before anybody wrote it. */
  version: number;
  changedAt: number | null;
}

/** Those that were ever written, by host id. */
export async function readOrigins(db: Reader): Promise<Map<string, HostOrigins>> {
  const rows = await db.selectFrom('host_organisation').selectAll().execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        hostId: row.id,
        origins: JSON.parse(row.origins_json) as string[],
        version: row.version,
        changedAt: row.changed_at,
      },
    ]),
  );
}

/**
 * What was typed, as browsers name an origin. A whole address is taken for its origin; a wildcard, a path that means
 * something or anything but https is refused, since whoever is let in here acts with people's sessions. Plain http is for
 * this machine only, and not in production.
 */
export function parseOrigin(text: string, production: boolean): string {
  const url = URL.parse(text.trim());
  if (!url || url.username || url.password || text.includes('*')) {
    throw new Error('应为完整的网址，如 https://mini.example.gov.cn');
  }
  const here = url.hostname === '127.0.0.1' || /(^|\.)localhost$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here && !production)) {
    throw new Error('应以 https:// 开头');
  }
  return url.origin;
}

/** Every text as an origin, in the order given. Throws invalidInput naming those that are none. */
export function parseOrigins(texts: readonly string[], production: boolean): string[] {
  const problems: FieldProblem[] = [];
  const found = texts.map((text, index) => {
    try {
      return parseOrigin(text, production);
    } catch (error) {
      problems.push({ path: `origins.${index}`, message: (error as Error).message });
      return '';
    }
  });
  if (found.length > MOST_ORIGINS) {
    problems.push({ path: 'origins', message: `最多 ${MOST_ORIGINS} 个` });
  }
  if (problems.length > 0) {
    throw invalidInput(problems);
  }
  return [...new Set(found)];
}

export interface OriginsChange {
  hostId: string;
  origins: readonly string[];
  /** As it was read; another one in the meantime refuses the change. */
  version: number;
  /** Null: done at the machine, by a command. */
  personId: string | null;
  areaId?: string;
  at: number;
}

/** Writes them, audited. */
export async function writeOrigins(tx: Tx, change: OriginsChange): Promise<void> {
  const had = (await readOrigins(tx)).get(change.hostId);
  const nothing = { id: change.hostId, origins_json: '[]', version: 0, changed_at: change.at };
  await insertIgnore(tx, 'host_organisation', nothing);
  const written = await tx
    .updateTable('host_organisation')
    .set({
      origins_json: JSON.stringify(change.origins),
      version: change.version + 1,
      changed_at: change.at,
    })
    .where('id', '=', change.hostId)
    .where('version', '=', change.version)
    .executeTakeFirst();
  if (written.numUpdatedRows === 0n) {
    throw conflict('别人刚改过，请刷新后再改');
  }
  await appendAudit(tx, {
    at: change.at,
    kind: 'host.originsChanged',
    personId: change.personId,
    subject: change.hostId,
    data: { before: had?.origins ?? [], after: change.origins },
    ...(change.areaId === undefined ? {} : { areaId: change.areaId }),
  });
}
