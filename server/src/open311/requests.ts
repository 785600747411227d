/** What was published, as GeoReport requests: nothing else is ever read here. */
import { DAY_MS, isoShanghaiFull, parseInstant } from '@minqing/shared/time';
import { leadAssignment, type Case } from '@minqing/shared/workflow';
import { CASE_STATES, OUTCOMES, RESULT_CLASSES } from '@minqing/shared/words';
import type { Catalogue } from '../catalogue/index.ts';
import { findCase } from '../cases/index.ts';
import { casesIn, createFollower, type Follower } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import { upsert, type Reader, type Store, type Tx } from '../store/index.ts';
import { GeoReportFault } from './fault.ts';
import type { Value } from './render.ts';

/** The specification's limits. */
const MOST = 1_000;
const SPAN_MS = 90 * DAY_MS;
const MOST_IDS = 100;
const OVER = new Set<Case['state']>(['closed', 'withdrawn', 'declined', 'merged']);

/** Published, and its author still lets everybody see it. */
const isPublic = (c: Case): boolean => c.published !== null && c.disclosure.openness === 'public';

/** Keeps one row a published case. */
export function createPublishedFollower(store: Store): Follower {
  return createFollower(store, {
    name: 'published',
    version: 1,
    async effect(tx, entries) {
      for (const caseId of casesIn(entries)) {
        await keep(tx, caseId);
      }
    },
    async clear(tx) {
      await tx.deleteFrom('published_case').execute();
    },
  });
}

async function keep(tx: Tx, caseId: string): Promise<void> {
  const c = await findCase(tx, caseId);
  if (!c || !isPublic(c)) {
    await tx.deleteFrom('published_case').where('case_id', '=', caseId).execute();
    return;
  }
  const row = {
    case_id: c.id,
    number: c.number,
    area_id: c.areaId,
    category_id: c.content.categoryId,
    open: OVER.has(c.state) ? (0 as const) : (1 as const),
    submitted_at: c.submittedAt,
  };
  await upsert(tx, 'published_case', row, { key: ['case_id'] });
}

export interface RequestQuery {
  service_request_id?: string;
  service_code?: string;
  start_date?: string;
  end_date?: string;
  status?: string;
}

export interface RequestDeps {
  directory: Directory;
  catalogue: Pick<Catalogue, 'categoryName'>;
}

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** At most a thousand, newest first. Ids given override every other condition, as the specification wants. */
export async function findRequests(
  db: Reader,
  deps: RequestDeps,
  areaId: string,
  query: RequestQuery,
  now: number,
): Promise<Value[]> {
  let wanted = db
    .selectFrom('published_case')
    .select('case_id')
    .where('area_id', 'in', [...deps.directory.areasWithin(areaId)]);
  const ids = listOf(query.service_request_id);
  if (ids.length > MOST_IDS) {
    throw new GeoReportFault(400, `service_request_id 一次最多 ${MOST_IDS} 个`);
  }
  if (ids.length > 0) {
    wanted = wanted.where('number', 'in', ids);
  } else {
    const { from, to } = spanOf(query, now);
    wanted = wanted.where('submitted_at', '>=', from).where('submitted_at', '<=', to);
    const codes = listOf(query.service_code);
    if (codes.length > 0) {
      wanted = wanted.where('category_id', 'in', codes);
    }
    const states = listOf(query.status);
    if (states.some((state) => state !== 'open' && state !== 'closed')) {
      throw new GeoReportFault(400, 'status 只能是 open 或 closed');
    }
    if (states.length > 0) {
      wanted = wanted.where(
        'open',
        'in',
        states.map((state) => (state === 'open' ? 1 : 0)),
      );
    }
  }
  const rows = await wanted.orderBy('submitted_at', 'desc').orderBy('case_id').limit(MOST).execute();
  const found: Value[] = [];
  for (const { case_id } of rows) {
    const c = await findCase(db, case_id);
    // The row follows the ledger; the case is what holds.
    if (c && isPublic(c)) {
      found.push(presentRequest(deps, c));
    }
  }
  return found;
}

/** The range asked for, at most 90 days; the last 90 without one, 90 from or up to a single end. */
function spanOf(
  { start_date: start, end_date: end }: RequestQuery,
  now: number,
): { from: number; to: number } {
  const read = (name: string, text: string | undefined): number | null => {
    const at = text ? parseInstant(text) : null;
    if (text && at === null) {
      throw new GeoReportFault(400, `${name} 要写成 2026-07-01T00:00:00+08:00`);
    }
    return at;
  };
  const first = read('start_date', start);
  const last = read('end_date', end);
  const to = last ?? (first === null ? now : Math.min(now, first + SPAN_MS));
  const from = first ?? to - SPAN_MS;
  if (to < from || to - from > SPAN_MS) {
    throw new GeoReportFault(400, 'start_date 到 end_date 不能超过 90 天，也不能倒过来');
  }
  return { from, to };
}

/** The words are the committee's, as published; place and files of the report are not, so they stay out. */
function presentRequest({ directory, catalogue }: RequestDeps, c: Case): Value {
  const lead = leadAssignment(c);
  const due = c.clocks.findLast((clock) => clock.kind === 'reply' && clock.stoppedAt === null);
  const over = OVER.has(c.state);
  const area = c.content.place.areaId ?? c.areaId;
  return {
    service_request_id: c.number,
    status: over ? 'closed' : 'open',
    status_notes: notesOf(c),
    service_name: catalogue.categoryName(c.areaId, c.content.categoryId),
    service_code: c.content.categoryId,
    description: c.published ? `${c.published.title}\n${c.published.text}` : null,
    agency_responsible: lead ? (directory.unit(lead.unitId)?.name ?? null) : null,
    service_notice: null,
    requested_datetime: isoShanghaiFull(c.submittedAt),
    updated_datetime: isoShanghaiFull(over ? (c.closedAt ?? c.lastEventAt) : c.lastEventAt),
    expected_datetime: due ? isoShanghaiFull(due.dueAt) : null,
    address: directory.area(area)?.name ?? null,
    address_id: area,
    zipcode: null,
    lat: null,
    long: null,
    media_url: null,
  };
}

/** 「已办结（已评价），答复：已解决」 */
function notesOf(c: Case): string {
  const reply = c.releasedAt === null ? undefined : c.replies.at(-1);
  const outcome = c.outcome ? `（${OUTCOMES[c.outcome]}）` : '';
  return `${CASE_STATES[c.state]}${outcome}${reply ? `，答复：${RESULT_CLASSES[reply.class]}` : ''}`;
}
