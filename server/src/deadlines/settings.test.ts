import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AreaCalendar } from '@minqing/shared/calendar';
import { NO_POLICY, type PolicyDocument } from '@minqing/shared/policies';
import { createTestPeople, type TestPeople } from '../../../tests/support/people.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { writeCalendar } from './calendar.repository.ts';
import { createCalendars, createPolicies } from './index.ts';
import { revise } from './revision.ts';

const NOTHING: AreaCalendar = { hours: [], overrides: [], notices: [] };
const HALF = { date: '2026-07-31', kind: 'half' as const, name: '政务网机房割接' };

describe.each(STORES)('settings by area on $name', (kind) => {
  let database: TestDatabase;
  let around: TestPeople;
  beforeEach(async () => {
    database = await kind.create();
    around = await createTestPeople({ databaseUrl: database.databaseUrl });
  });
  afterEach(async () => {
    await around.close();
    await database.drop();
  });

  const write = (areaId: string, before: AreaCalendar, after: AreaCalendar) =>
    around.store.transact((tx) => writeCalendar(tx, areaId, before, after));

  it('calendars are inherited, changed row by row, and noticed by another process when it looks', async () => {
    const { store, people } = around;
    const here = await createCalendars(store, people.directory);
    const elsewhere = await createCalendars(store, people.directory);
    const city: AreaCalendar = {
      hours: [{ validFrom: '2026-06-01', spans: [['08:00', '12:00']] }],
      overrides: [HALF, { date: '2026-11-14', kind: 'work', name: '' }],
      notices: [{ year: 2027, days: [{ date: '2027-02-11', kind: 'off', name: '春节' }] }],
    };
    await write('330700', NOTHING, city);
    expect(elsewhere.of('330702').dayKind('2026-07-31').kind).toBe('work');
    await Promise.all([here.refresh(), elsewhere.refresh()]);
    for (const calendars of [here, elsewhere]) {
      expect(calendars.of('330702').dayKind('2026-07-31')).toMatchObject({ kind: 'half', name: HALF.name });
      expect(calendars.of('330702').dayKind('2027-02-11').name).toBe('春节');
      expect(calendars.of('330702').spansOf('2026-06-02')).toHaveLength(1);
      expect(calendars.of('330100').dayKind('2026-07-31').kind).toBe('work');
    }
    expect(here.settingsOf('330700')).toEqual(city);
    expect(here.settingsOf('330702')).toEqual(NOTHING);

    await write('330700', city, { ...city, hours: [], overrides: [HALF] });
    await here.refresh();
    expect(here.settingsOf('330700')).toEqual({ ...city, hours: [], overrides: [HALF] });
  });

  it('what would be can be asked before it is set', async () => {
    const calendars = await createCalendars(around.store, around.people.directory);
    const then = calendars.supposing('330700', { ...NOTHING, overrides: [HALF] });
    expect(then.of('330702').dayKind('2026-07-31').kind).toBe('half');
    expect(calendars.of('330702').dayKind('2026-07-31').kind).toBe('work');
  });

  it('policies are read from the newest published version of each area', async () => {
    const { store, people } = around;
    const policies = await createPolicies(store, people.directory);
    const reply = (amount: number): PolicyDocument => ({
      ...NO_POLICY,
      rows: [{ categoryId: null, urgency: null, kind: 'reply', limit: { unit: 'days', amount } }],
    });
    const version = (areaId: string, number: number, state: string, document: PolicyDocument) => ({
      id: `${areaId}-${number}`,
      area_id: areaId,
      number,
      state,
      revision: 1,
      document_json: JSON.stringify(document),
      note: '',
      edited_by: 'p',
      edited_at: 0,
      published_by: state === 'draft' ? null : 'p',
      published_at: state === 'draft' ? null : 0,
    });
    await store.transact(async (tx) => {
      await tx
        .insertInto('policy_version')
        .values([
          version('330700', 1, 'published', reply(9)),
          version('330700', 2, 'published', reply(5)),
          version('330700', 3, 'draft', reply(1)),
          version('330702', 1, 'draft', reply(2)),
          version('330000', 1, 'published', {
            rows: [],
            rules: { dispatcherCheck: true, headApproval: null, visitPercent: 15 },
          }),
        ])
        .execute();
      await revise(tx, 'policyRevision');
    });
    const limit = (areaId: string) =>
      policies.limitOf(areaId, 'reply', { categoryId: 'traffic', urgency: 'normal' });
    expect(limit('330702')).toEqual({ unit: 'days', amount: 3 });
    await policies.refresh();
    expect(limit('330702')).toEqual({ unit: 'days', amount: 5 });
    expect(limit('330700')).toEqual({ unit: 'days', amount: 5 });
    expect(limit('330100')).toEqual({ unit: 'days', amount: 3 });
    expect(policies.rulesOf('330702')).toEqual({
      dispatcherCheck: true,
      headApproval: false,
      visitPercent: 15,
    });
    expect(policies.chainOf('330702').map(({ areaId }) => areaId)).toEqual(['330700', '330000']);
  });
});
