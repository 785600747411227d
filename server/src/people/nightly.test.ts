import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestPeople, type TestPeople } from '../../../tests/support/people.ts';
import { HostError } from '../hosts/index.ts';

let town: TestPeople;
beforeEach(async () => {
  town = await createTestPeople();
  town.clock.machine = Date.parse('2026-07-07T14:40:00+08:00');
});
afterEach(() => town.close());

const names = async (): Promise<string[]> =>
  (await town.store.read((db) => db.selectFrom('person').select('name').orderBy('name').execute())).map(
    (row) => row.name,
  );

describe('the nightly job', () => {
  it('walks a host that was never walked at once, then once a night from two o’clock', async () => {
    town.host.addPerson('a', '甲');
    await town.people.nightly();
    expect(await names()).toEqual(['甲']);
    town.host.addPerson('b', '乙');
    town.clock.machine = Date.parse('2026-07-08T01:59:00+08:00');
    await town.people.nightly();
    expect(await names()).toEqual(['甲']);
    town.clock.machine = Date.parse('2026-07-08T02:00:00+08:00');
    await town.people.nightly();
    expect(await names()).toEqual(['乙', '甲']);
  });

  it('waits a quarter of an hour after a failure, and then tries again', async () => {
    town.host.addPerson('a', '甲');
    town.host.failure = new HostError('unavailable', '502', 'html');
    await town.people.nightly();
    town.host.failure = null;
    await town.people.nightly();
    expect(await names()).toEqual([]);
    town.clock.machine += 15 * 60_000;
    await town.people.nightly();
    expect(await names()).toEqual(['甲']);
  });
});
