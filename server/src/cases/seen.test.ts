import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';

describe.each(STORES)('what somebody has seen of a case, on $name', (store) => {
  let database: TestDatabase;
  let office: Office;
  beforeEach(async () => {
    database = await store.create();
    office = await openOffice(database.databaseUrl);
  });
  afterEach(async () => {
    await office.close();
    await database.drop();
  });

  it('is written when there is something new, and not each time a page asks', async () => {
    const { store: rows, cases } = office.app;
    const member = office.holder('member', '金华市政协');
    const reviewer = office.holder('reviewer', '金华市政协');
    const caseId = await office.filed(member, { title: '路灯不亮' });
    const seen = async (): Promise<number[]> =>
      (
        await rows.read((db) =>
          db.selectFrom('case_seen').select('version').where('case_id', '=', caseId).execute(),
        )
      ).map((row) => row.version);
    const writes = vi.spyOn(rows, 'transact');
    await cases.markSeen(reviewer, caseId);
    await cases.markSeen(reviewer, caseId);
    await cases.markSeen(reviewer, caseId);
    expect([await seen(), writes.mock.calls.length]).toEqual([[1], 1]);
    await office.did(reviewer, caseId, 'accept');
    writes.mockClear();
    await cases.markSeen(reviewer, caseId);
    expect([await seen(), writes.mock.calls.length]).toEqual([[2], 1]);
    await cases.markSeen(reviewer, 'no such case');
    expect(writes.mock.calls.length).toBe(1);
  });
});
