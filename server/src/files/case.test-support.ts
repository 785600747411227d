/** Cases for the tests of files/, as rows: which case names a file is all that matters here. */
import { randomUUID } from 'node:crypto';
import { FAR } from '../store/tables.ts';
import type { Tx } from '../store/index.ts';

/** A case of the person's that names the file. */
export async function addCaseNaming(
  tx: Tx,
  fileId: string,
  personId: string,
  anonymous: 0 | 1,
): Promise<void> {
  const id = randomUUID();
  await tx
    .insertInto('cases')
    .values({
      id,
      number: id.slice(0, 13),
      version: 1,
      exclusive_version: 1,
      state: 'submitted',
      area_id: '330700',
      committee_id: 'cppcc',
      dispatch_office_id: 'office',
      title: '迎宾大道红绿灯',
      category_id: 'traffic',
      place_area_id: null,
      urgency: 'normal',
      openness: 'staff',
      anonymous,
      round: 0,
      transferred: 0,
      lead_unit_id: null,
      mover: 'reviewer',
      clock_kind: null,
      due_at: FAR,
      amber_at: FAR,
      started_at: 0,
      paused: 0,
      outcome: null,
      last_stars: null,
      submitted_at: 0,
      first_dispatched_at: null,
      released_at: null,
      closed_at: null,
      last_event_at: 0,
      body_json: '{}',
    })
    .execute();
  await tx
    .insertInto('case_author')
    .values({ case_id: id, person_id: personId, position: 0, joined: 'first', awaited: 0, submitted_at: 0 })
    .execute();
  await tx
    .insertInto('case_file')
    .values({ case_id: id, file_id: fileId, person_id: personId, audience: 'all' })
    .execute();
}
