/** The delivery log in SQL: what an administrator may see of it, narrowed as they asked. */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { DeliveryFilter } from '@minqing/shared/contract';
import { GOVERNMENT_STATES } from '@minqing/shared/workflow';
import type { DeliveryState } from '@minqing/shared/words';
import { searchTokens } from '../cases/index.ts';
import type { Directory } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import { spanOf } from '../store/span.ts';
import type { Database } from '../store/tables.ts';

/** What a search may name at once; more words make it narrower. */
const MOST_MATCHES = 200;
const SEARCH_TERMS = 8;

export type Eb = ExpressionBuilder<Database, 'outbox'>;
export type Where = (eb: Eb) => Expression<SqlBool>;

/** Given up and nothing done about it yet. */
export const isDead: Where = (eb) =>
  eb.and([eb('outbox.status', '=', 'dead'), eb('outbox.closing', '=', '')]);

/** Each state as a condition; together they are everything that stands in the log. */
export const STATES: Record<DeliveryState, Where> = {
  dead: isDead,
  retrying: (eb) => eb.and([eb('outbox.status', '=', 'waiting'), eb('outbox.attempts', '>', 0)]),
  queued: (eb) => eb.and([eb('outbox.status', '=', 'waiting'), eb('outbox.attempts', '=', 0)]),
  sent: (eb) => eb.and([eb('outbox.status', '=', 'done'), eb('outbox.read_at', 'is', null)]),
  read: (eb) => eb.and([eb('outbox.status', '=', 'done'), eb('outbox.read_at', 'is not', null)]),
  closed: (eb) => eb.and([eb('outbox.status', '=', 'dead'), eb('outbox.closing', '!=', '')]),
};

/** Which state a row is in. */
export function stateOf(row: {
  status: string;
  closing: string;
  attempts: number;
  read_at: number | null;
}): DeliveryState {
  switch (row.status) {
    case 'dead':
      return row.closing === '' ? 'dead' : 'closed';
    case 'waiting':
      return row.attempts > 0 ? 'retrying' : 'queued';
    default:
      return row.read_at === null ? 'sent' : 'read';
  }
}

/** An anonymous author's row: only the reviewer knows whom it went to. */
export const hidesName: Where = (eb) =>
  eb.and([
    eb('outbox.to_role', '=', ''),
    eb.exists(
      eb
        .selectFrom('cases as hidden')
        .select('hidden.id')
        .whereRef('hidden.id', '=', 'outbox.case_id')
        .where('hidden.anonymous', '=', 1),
    ),
  ]);

/** The log's rows of these areas, narrowed by everything but `state` and `q`. */
export function logged(areaIds: Iterable<string>, filter: DeliveryFilter, now: number): Where {
  const [from, to] = spanOf(filter, now);
  return (eb) => {
    const all: Expression<SqlBool>[] = [
      eb('outbox.logged', '=', 1),
      eb('outbox.area_id', 'in', [...areaIds]),
    ];
    if (from !== null) {
      all.push(eb('outbox.created_at', '>=', from));
    }
    if (to !== null) {
      all.push(eb('outbox.created_at', '<', to));
    }
    if (filter.channel) {
      all.push(eb('outbox.channel', '=', filter.channel));
    }
    if (filter.notice) {
      all.push(eb('outbox.notice', '=', filter.notice));
    }
    if (filter.unit) {
      all.push(eb('outbox.unit_id', '=', filter.unit));
    }
    if (filter.case) {
      all.push(eb('outbox.case_id', '=', filter.case));
    }
    if (filter.person) {
      all.push(eb('outbox.person_id', '=', filter.person), eb.not(hidesName(eb)));
    }
    return eb.and(all);
  };
}

/**
 * What the words may mean: people, units, cases. One condition each, so that each is asked by its own index; none when
 * nothing has such a name.
 */
export async function meaningsOf(
  db: Reader,
  directory: Pick<Directory, 'units'>,
  q: string,
): Promise<Where[]> {
  const people = await namedLike(db, q);
  const units = directory
    .units()
    .filter((unit) => unit.name.includes(q) || unit.shortName.includes(q))
    .slice(0, MOST_MATCHES)
    .map((unit) => unit.id);
  const cases = await casesLike(db, q);
  const found: Where[] = [];
  if (people.length > 0) {
    found.push((eb) => eb.and([eb('outbox.person_id', 'in', people), eb.not(hidesName(eb))]));
  }
  if (units.length > 0) {
    found.push((eb) => eb('outbox.unit_id', 'in', units));
  }
  if (cases.length > 0) {
    found.push((eb) => eb('outbox.case_id', 'in', cases));
  }
  return found;
}

/** People whose name begins so: what an index can find. */
async function namedLike(db: Reader, q: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person')
    .select('id')
    .where('name', '>=', q)
    .where('name', '<', `${q}\u{10ffff}`)
    .limit(MOST_MATCHES)
    .execute();
  return rows.map((row) => row.id);
}

async function casesLike(db: Reader, q: string): Promise<string[]> {
  const numbered = await db
    .selectFrom('cases')
    .select('id')
    .where('number', '>=', q.toUpperCase())
    .where('number', '<', `${q.toUpperCase()}\u{10ffff}`)
    .limit(MOST_MATCHES)
    .execute();
  const tokens = searchTokens(q).slice(0, SEARCH_TERMS);
  const [first, ...others] = tokens;
  if (numbered.length > 0 || first === undefined) {
    return numbered.map((row) => row.id);
  }
  const rows = await db
    .selectFrom('search_token')
    .innerJoin('cases', 'cases.id', 'search_token.case_id')
    .select('search_token.case_id')
    // The words of a report nobody has accepted yet are not for administrators: nor may they be guessed by searching.
    .where('cases.state', 'in', [...GOVERNMENT_STATES])
    .where('search_token.token', '=', first)
    .where((eb) =>
      eb.and(
        others.map((token) =>
          eb(
            'search_token.case_id',
            'in',
            eb.selectFrom('search_token as other').select('other.case_id').where('other.token', '=', token),
          ),
        ),
      ),
    )
    .orderBy('search_token.submitted_at', 'desc')
    .limit(MOST_MATCHES)
    .execute();
  return rows.map((row) => row.case_id);
}
