import { afterEach, beforeEach, expect, it } from 'vitest';
import { inboundSchema } from '@minqing/shared/exchange';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { openStore, type Store } from '../store/index.ts';
import { effected, keep } from './inbound.keep.ts';
import type { Partner } from './partners.ts';

const xgj = { id: 'xgj' } as Partner;
const CASE = '0197e0a0-0000-7000-8000-000000000001';
const message = (seq: number, state: string) =>
  inboundSchema.parse({
    id: `0197e0a0-0000-7000-8000-00000000010${seq}`,
    caseId: CASE,
    seq,
    type: 'unit.signed',
    at: '2026-07-06T09:00:00+08:00',
    unit: 'YK-GA',
    state,
    due: {},
    data: {},
  });

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await STORES[0]!.create();
  store = await openStore({ url: database.databaseUrl });
  await store.migrate();
  await store.transact((tx) =>
    tx
      .insertInto('exchange_case')
      .values({
        partner_id: xgj.id,
        case_id: CASE,
        day: '2026-07-06',
        open: 1,
        state_code: 'DQS',
        out_seq: 1,
        in_seq: 0,
      })
      .execute(),
  );
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const place = () =>
  store.read((db) =>
    db.selectFrom('exchange_case').select(['in_seq', 'state_code']).executeTakeFirstOrThrow(),
  );

it('what took effect after a backup tells where the case stands there, also where the backup had kept it', async () => {
  await store.transact((tx) => keep(tx, xgj, message(1, 'BLZ'), 1));
  expect(await place()).toEqual({ in_seq: 1, state_code: 'DQS' });
  await store.transact((tx) => effected(tx, xgj, message(1, 'BLZ'), 5, 2));
  expect(await place()).toEqual({ in_seq: 1, state_code: 'BLZ' });
  await store.transact((tx) => effected(tx, xgj, message(2, 'DPJ'), 6, 3));
  expect(await place()).toEqual({ in_seq: 2, state_code: 'DPJ' });
  await store.transact((tx) => effected(tx, xgj, message(1, 'BLZ'), 5, 4));
  expect(await place()).toEqual({ in_seq: 2, state_code: 'DPJ' });
});
