import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../ledger/index.ts';
import { STORES, type TestStore } from '../../../tests/support/stores.ts';
import { openStore } from '../store/index.ts';
import { createHistory, type Kept } from './history.ts';
import { createHistoryVault } from './secrets.ts';

const [sqlite] = STORES as [TestStore];
const vault = createHistoryVault(Buffer.alloc(32, 7));
const history = createHistory(vault);

const event = (version: number): RecordedEvent => ({
  id: `event-${version}`,
  recordedAt: version,
  caseId: 'case-1',
  version,
  action: 'comment',
  at: version,
  personId: 'ann',
  capacity: { kind: 'author' },
  to: 'submitted',
  clocks: [],
  data: { text: '早高峰排队' },
});
const sealed = (versions: number[], applied: Kept['applied'] = [], boundTo = 'xgj:case-1') => ({
  sealed: vault.seal({ events: versions.map(event), applied }, boundTo),
});
const open = (...messages: { sealed?: unknown }[]): number[] | null =>
  history.openAll('xgj', 'case-1', messages)?.events.map((e) => e.version) ?? null;

describe('the history our messages carry', () => {
  it('is whole again from all of them, also where one tells again what another told', () => {
    expect(open(sealed([1, 2]), sealed([3, 4, 5]), sealed([4, 5, 6]))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(history.openAll('xgj', 'case-1', [sealed([1], []), sealed([2, 3], [['m1', 2]])])?.applied).toEqual(
      [['m1', 2]],
    );
  });

  it('is not in what goes to a platform that has not agreed to keep it', async () => {
    const database = await sqlite.create();
    const store = await openStore({ url: database.databaseUrl });
    await store.migrate();
    const told = (sealHistory: boolean) =>
      store.transact((tx) => history.besides(tx, { id: 'xgj', sealHistory }, event(1)));
    expect(Object.keys(await told(true))).toEqual(['heard', 'sealed']);
    expect(Object.keys(await told(false))).toEqual(['heard']);
    await store.close();
    await database.drop();
  });

  it('is nothing when something is missing between', () => {
    expect(open(sealed([1, 2]), sealed([4]))).toBeNull();
    expect(open(sealed([2]))).toBeNull();
  });

  it('is nothing when one was altered, belongs to another case or came without it', () => {
    const one = String(sealed([1]).sealed);
    expect(open({ sealed: `${one.slice(0, -4)}AAAA` })).toBeNull();
    expect(open(sealed([1], [], 'xgj:case-2'))).toBeNull();
    expect(open(sealed([1]), {})).toBeNull();
  });

  it('tells nobody else anything', () => {
    expect(String(sealed([1]).sealed)).not.toContain(Buffer.from('早高峰').toString('base64url').slice(0, 8));
    expect(() =>
      createHistoryVault(Buffer.alloc(32, 8)).open(String(sealed([1]).sealed), 'xgj:case-1'),
    ).toThrow();
  });
});
