import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTown, type Town } from '../support/town.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, SOLVED, type Tale } from '../support/tale.ts';

const DAY = 24 * 3_600_000;

describe.each(STORES)('somebody is away, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  interface Candidates {
    items: { id: string; name: string }[];
  }
  interface Mine {
    own: { id: string; state: string }[];
    others: { id: string; person: { name: string } }[];
  }
  const liveCards = async (name: string, caseId: string): Promise<number> => {
    const rows = await town.app.store.read((db) =>
      db
        .selectFrom('card')
        .innerJoin('person', 'person.id', 'card.person_id')
        .select('card.id')
        .where('card.case_id', '=', caseId)
        .where('person.name', '=', name)
        .where('card.live', '=', 1)
        .execute(),
    );
    return rows.length;
  };

  it('their cards go to the substitute, who acts for them, and come back early', async () => {
    const caseId = await tale.atPolice();
    expect([await liveCards('周凯', caseId), await liveCards('杨美玲', caseId)]).toEqual([1, 0]);

    const zhou = await tale.as('handler');
    const { body: found } = await zhou.call('GET', '/substitutions/candidates?q=' + encodeURIComponent('杨'));
    const head = (found as unknown as Candidates).items.find((one) => one.name === '杨美玲');
    const named = await zhou.call('POST', '/substitutions', {
      substituteId: head?.id,
      fromDate: '2026-07-06',
      toDate: '2026-07-10',
      reason: '出差',
    });
    expect(named.status).toBe(200);

    await tale.until('the card changes hands', async () => (await liveCards('杨美玲', caseId)) === 1);
    expect(await liveCards('周凯', caseId)).toBe(0);
    const told = await town.until('the substitute is told', async () =>
      (await town.chat(CAST.head)).find((item) => /请您代周凯办件/.test(JSON.stringify(item))),
    );
    expect(JSON.stringify(told)).toContain('7月10日');
    const old = await town.until('the old card says who has it', async () =>
      (await town.chat(CAST.handler)).find((item) =>
        /起由 向志强、杨美玲 办理|起由 杨美玲、向志强 办理/.test(JSON.stringify(item)),
      ),
    );
    expect(JSON.stringify(old)).not.toContain('"enabled":true,"id":"sign"');

    const substitute = await tale.as('head');
    const mine = (await substitute.call('GET', '/substitutions')).body as unknown as Mine;
    expect(mine.others.map((one) => one.person.name)).toEqual(['周凯']);
    const me = (await substitute.call('GET', '/me')).body as unknown as {
      grants: { role: string; forName?: string | null }[];
    };
    expect(me.grants).toContainEqual(expect.objectContaining({ role: 'handler', forName: '周凯' }));
    await substitute.act(caseId, 'sign');
    expect((await tale.read(caseId)).state).toBe('handling');

    const own = (await zhou.call('GET', '/substitutions')).body as unknown as Mine;
    expect((await zhou.call('POST', `/substitutions/${own.own[0]?.id}/end`, {})).status).toBe(200);
    await tale.until('the card comes back', async () => (await liveCards('周凯', caseId)) === 1);
    expect(await liveCards('杨美玲', caseId)).toBe(0);
    expect((await substitute.try(caseId, 'reply', SOLVED)).status).toBe(403);
    await zhou.act(caseId, 'reply', SOLVED);
  });

  it('one that lies ahead begins and ends at its moments, and new cases go to who is there', async () => {
    const zhou = await tale.as('handler');
    const { body: found } = await zhou.call('GET', '/substitutions/candidates?q=' + encodeURIComponent('杨'));
    await zhou.call('POST', '/substitutions', {
      substituteId: (found as unknown as Candidates).items[0]?.id,
      fromDate: '2026-07-08',
      toDate: '2026-07-08',
    });
    const before = await tale.atPolice();
    expect([await liveCards('周凯', before), await liveCards('杨美玲', before)]).toEqual([1, 0]);
    await town.advance(Date.parse('2026-07-08T08:30:00+08:00') - town.app.clock.businessNow());
    await tale.until('it begins', async () => (await liveCards('杨美玲', before)) === 1);
    const during = await tale.atPolice();
    expect([await liveCards('周凯', during), await liveCards('杨美玲', during)]).toEqual([0, 1]);
    await town.advance(DAY);
    await tale.until('it ends', async () => (await liveCards('周凯', during)) === 1);
    expect([await liveCards('杨美玲', during), await liveCards('周凯', before)]).toEqual([0, 1]);
  });
});
