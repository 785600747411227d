import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { eventsOf, findCase } from '../../server/src/cases/case.repository.ts';
import { anotherServer, bearer, type Another } from '../support/again.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const WEEKDAYS_3 = 3 * 24 * 3_600_000;

describe.each(STORES)('a server that was off for three working days, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let later: Another | undefined;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await later?.stop();
    await town?.messenger.stop();
    await database?.drop();
  });

  it('tells each overdue clock once, ends a question at its own moment, and knows what was asked before', async () => {
    const waiting = {
      review: await tale.filed(),
      dispatch: await tale.accepted(),
      sign: await tale.atPolice(),
    };
    const asked = await tale.atPolice();
    const before = await tale.did('handler', asked, 'ask', { question: '是哪个方向排队？' });
    const limit = before.clocks.find((k) => k.kind === 'ask')?.dueAt;
    const headers = { 'idempotency-key': uuidv7() };
    const handler = await tale.as('handler');
    const first = await handler.call(
      'POST',
      `/cases/${waiting.sign}/actions/progress`,
      { text: '先去看看' },
      headers,
    );
    expect(first.status).toBe(200);
    const unsigned = await tale.atPolice();
    await tale.quiet();

    await town.app.stop();
    await town.control('POST', '/clock', { advanceMs: WEEKDAYS_3 });
    later = await anotherServer(town);
    const { app } = later;
    const history = (id: string) => app.store.read((db) => eventsOf(db, id));

    await town.until(
      'no timer is late',
      async () =>
        (await app.timers.nextAt()) === null || ((await app.timers.nextAt()) ?? 0) > app.clock.businessNow(),
    );
    await town.until('everything is sent', async () => (await app.notices.backlog()).waiting === 0);

    const overdue = async (id: string): Promise<unknown[]> =>
      (await history(id)).filter((e) => e.action === 'overdue').map((e) => e.data.clockId);
    expect(await overdue(waiting.review)).toEqual(['review#1']);
    expect(await overdue(waiting.dispatch)).toEqual(['dispatch#1']);
    expect(await overdue(unsigned)).toEqual(['sign#1']);
    // Of the moments missed only the latest are told: nobody is reminded of what is overdue, and the ladder is climbed once.
    const steps = (await history(waiting.review)).map((e) => [e.action, e.data.step]);
    expect(steps).toEqual([
      ['submit', undefined],
      ['overdue', undefined],
      ['remind', 'head'],
    ]);

    const lapsed = (await history(asked)).filter((e) => e.action === 'lapseAsk');
    expect(lapsed.map((e) => e.at)).toEqual([limit]);
    const c = await app.store.read((db) => findCase(db, asked));
    expect(c?.clocks.find((k) => k.kind === 'reply')?.pausedAt).toBeNull();

    for (const [who, title, id] of [
      [CAST.reviewer, /审核已超期/, waiting.review],
      [CAST.dispatcher, /交办已超期/, waiting.dispatch],
      [CAST.handler, /签收已超期/, unsigned],
      [CAST.handler, /没有等到委员回答/, asked],
    ] as const) {
      const version = (await history(id)).find(
        (e) => e.action === 'overdue' || e.action === 'lapseAsk',
      )?.version;
      const { number } = (await app.store.read((db) => findCase(db, id))) ?? { number: '?' };
      const told = (await town.chat(who)).filter(
        (i) => i.kind !== 'card' && title.test(i.title) && JSON.stringify(i).includes(`${number}·${version}`),
      );
      expect([who, String(title), told.length]).toEqual([who, String(title), 1]);
    }

    const repeat = await fetch(`${later.url}/api/cases/${waiting.sign}/actions/progress`, {
      method: 'POST',
      headers: {
        ...(await bearer(town, CAST.handler, later.url)),
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ text: '先去看看' }),
    });
    expect(repeat.status).toBe(200);
    expect((await history(waiting.sign)).filter((e) => e.action === 'progress')).toHaveLength(1);
  });
});
