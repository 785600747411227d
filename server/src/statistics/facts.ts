/** What a case does not know of itself and counts by: its author's 界别, its area's calendar and go-live date. */
import { talliesOf, type Tally } from '@minqing/shared/statistics';
import { firstAuthor, replay, type Case } from '@minqing/shared/workflow';
import { eventsOf, type Calendars } from '../cases/index.ts';
import type { LedgerEntry } from '../ledger/index.ts';
import type { Reader } from '../store/index.ts';

export interface FactSources {
  calendars: Calendars;
  /** Instant from which reports of an area count. */
  liveFrom(areaId: string): number;
}

/** Acts whose subject is a member whose 界别 or term may have changed. */
export const OF_MEMBERS: ReadonlySet<string> = new Set(['membership.changed', 'grant.given', 'grant.ended']);

const AT_ONCE = 200;
/** As long as a key of the sums may be. */
const SECTOR_LENGTH = 64;

/** The 界别 of each first author when they reported: of the membership that had begun last; empty where there is none. */
async function sectorsOf(db: Reader, cases: readonly Case[]): Promise<Map<string, string>> {
  const people = [...new Set(cases.flatMap((c) => firstAuthor(c) ?? []))];
  const memberships: { person_id: string; sector: string; from_at: number; to_at: number | null }[] = [];
  for (let i = 0; i < people.length; i += AT_ONCE) {
    memberships.push(
      ...(await db
        .selectFrom('membership')
        .select(['person_id', 'sector', 'from_at', 'to_at'])
        .where('person_id', 'in', people.slice(i, i + AT_ONCE))
        .orderBy('from_at')
        .orderBy('id')
        .execute()),
    );
  }
  return new Map(
    cases.map((c) => {
      const own = memberships.findLast(
        (m) =>
          m.person_id === firstAuthor(c) &&
          m.from_at <= c.submittedAt &&
          (m.to_at === null || m.to_at > c.submittedAt),
      );
      return [c.id, (own?.sector ?? '').slice(0, SECTOR_LENGTH)];
    }),
  );
}

/** What these cases count for. */
export async function countCases(
  db: Reader,
  sources: FactSources,
  cases: readonly Case[],
): Promise<Map<string, Tally[]>> {
  const sectors = await sectorsOf(db, cases);
  return new Map(
    cases.map((c) => [
      c.id,
      talliesOf(c, {
        calendar: sources.calendars.of(c.areaId),
        sector: sectors.get(c.id) ?? '',
        liveFrom: sources.liveFrom(c.areaId),
      }),
    ]),
  );
}

/** The last version of each case among these entries. */
export function versionsIn(entries: readonly LedgerEntry[]): Map<string, number> {
  const versions = new Map<string, number>();
  for (const { event } of entries) {
    if (event) {
      versions.set(event.caseId, Math.max(event.version, versions.get(event.caseId) ?? 0));
    }
  }
  return versions;
}

/** The version each case had reached at a place in the ledger; none of a case that has nothing there yet. */
export async function versionsAt(
  db: Reader,
  caseIds: readonly string[],
  seq: number,
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let i = 0; i < caseIds.length; i += AT_ONCE) {
    const rows = await db
      .selectFrom('event')
      .innerJoin('ledger', 'ledger.event_id', 'event.id')
      .select((eb) => ['event.case_id', eb.fn.max('event.version').as('version')])
      .where('event.case_id', 'in', caseIds.slice(i, i + AT_ONCE))
      .where('ledger.seq', '<=', seq)
      .groupBy('event.case_id')
      .execute();
    rows.forEach((row) => found.set(row.case_id, Number(row.version)));
  }
  return found;
}

/** The cases as they stood at these versions, whatever became of them since. */
export async function casesAt(db: Reader, versions: ReadonlyMap<string, number>): Promise<Case[]> {
  const ids = [...versions.keys()];
  const found: Case[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const rows = await db
      .selectFrom('cases')
      .select(['id', 'version', 'body_json'])
      .where('id', 'in', ids.slice(i, i + AT_ONCE))
      .execute();
    for (const { id, version, body_json } of rows) {
      const wanted = versions.get(id) ?? version;
      const c =
        version <= wanted
          ? (JSON.parse(body_json) as Case)
          : replay((await eventsOf(db, id)).filter((event) => event.version <= wanted));
      if (c) {
        found.push(c);
      }
    }
  }
  return found;
}
