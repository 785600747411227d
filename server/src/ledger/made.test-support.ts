/** Makers for the ledger's tests: cases with histories, written the way perform() writes them. */
import type { CaseEvent } from '@minqing/shared/workflow';
import { FAR } from '../store/tables.ts';
import type { NewCaseRow } from '../store/tables.ts';
import type { Store, Tx } from '../store/types.ts';
import { appendEvent } from './append.ts';

const T0 = 1_764_000_000_000;

/** An event that says nothing in particular but its place, and a text with quotes, line ends and rare characters. */
export function madeEvent(caseId: string, version: number): CaseEvent {
  return {
    caseId,
    version,
    action: version === 1 ? 'submit' : 'progress',
    at: T0 + version * 60_000,
    personId: 'p1',
    capacity:
      version === 1
        ? { kind: 'author' }
        : { kind: 'grant', role: 'handler', unitId: 'traffic', areaId: 'jinhua' },
    to: 'handling',
    clocks: [],
    data: { text: `第 ${version} 步："𠀀"\n🚦`, z: 1, a: [null, true, 1.5] },
  };
}

/** The next event of a case and the case's version, in one transaction; the first makes the case. */
export async function addEvent(
  tx: Tx,
  caseId: string,
  version: number,
  recordedAt = Date.now(),
): Promise<string> {
  if (version === 1) {
    await tx.insertInto('cases').values(madeCase(caseId)).execute();
  } else {
    await tx.updateTable('cases').set({ version }).where('id', '=', caseId).execute();
  }
  const id = `${caseId}-${version}`;
  await appendEvent(tx, madeEvent(caseId, version), { id, recordedAt });
  return id;
}

/** A case with this many events, each in a transaction of its own. */
export async function addCase(store: Store, caseId: string, events: number): Promise<void> {
  for (let version = 1; version <= events; version += 1) {
    await store.transact((tx) => addEvent(tx, caseId, version));
  }
}

function madeCase(id: string): NewCaseRow {
  return {
    id,
    number: `JH-2026-${id}`,
    version: 1,
    exclusive_version: 1,
    state: 'handling',
    area_id: 'jinhua',
    committee_id: 'committee',
    dispatch_office_id: 'office',
    title: '迎宾大道红绿灯按车流设置时长',
    category_id: 'traffic',
    place_area_id: null,
    urgency: 'normal',
    openness: 'staff',
    anonymous: 0,
    round: 1,
    transferred: 0,
    lead_unit_id: null,
    mover: 'handler',
    clock_kind: null,
    due_at: FAR,
    amber_at: FAR,
    started_at: T0,
    paused: 0,
    outcome: null,
    last_stars: null,
    submitted_at: T0,
    first_dispatched_at: null,
    released_at: null,
    closed_at: null,
    last_event_at: T0,
    body_json: '{}',
  };
}
