import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTown, report, WHO, type Town } from '../support/town.ts';

const AT_ONCE = 40;

describe.each(STORES)('many reports in the same moment, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  it('are all taken, each under a number of its own', async () => {
    const member = await town.person(WHO.member);
    // The year's first number makes the counter; the others meet on it.
    expect((await member.try(uuidv7(), 'submit', report())).status).toBe(200);
    const before = await deadlocks();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => member.try(uuidv7(), 'submit', report())),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
    const numbers = answers.map((answer) => String(answer.body['number']));
    expect(new Set(numbers).size).toBe(AT_ONCE);
    expect(numbers.every((number) => /^JH-2026-\d{6}$/.test(number))).toBe(true);
    // Taken in turn, not by locking one another out and trying again. Other suites on this database may have a few.
    expect((await deadlocks()) - before).toBeLessThan(AT_ONCE / 4);
  });

  /** How often the database had to break a circle of waiting transactions. */
  async function deadlocks(): Promise<number> {
    if (town.app.store.dialect === 'sqlite') {
      return 0;
    }
    const found = await town.app.store.read((db) =>
      sql<{ Value: string }>`show global status like 'Innodb_deadlocks'`.execute(db),
    );
    return Number(found.rows[0]?.Value);
  }
});
