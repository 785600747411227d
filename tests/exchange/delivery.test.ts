/** What cannot be delivered: it is kept, shown, holds back nobody else, and goes out once what was wrong is right. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Connected, type Matter } from './rig.ts';

let both: Connected;
beforeAll(async () => {
  both = await connect();
});
afterAll(() => both?.close());

interface Letter {
  id: string;
  way: 'out' | 'in';
  caseId: string;
  what: string;
  why: string;
  behind: number;
}
const letters = async (): Promise<Letter[]> => {
  const { body } = await both.admin.call('GET', `/admin/exchange/letters?partnerId=${both.partnerId}`);
  return (body as unknown as { items: Letter[] }).items;
};
const rowsOf = (caseId: string) =>
  both.town.app.store.read((db) =>
    db
      .selectFrom('exchange_out')
      .select(['seq', 'status', 'error_text'])
      .where('case_id', '=', caseId)
      .orderBy('seq')
      .execute(),
  );

describe('a platform that does not let us in', () => {
  it('makes no dead letters of what waits: it all goes once the key is known there', async () => {
    await both.restart(Buffer.from('another secret, nobody told us of').toString('base64'));
    const caseId = await both.accepted();
    await both.member.act(caseId, 'supplement', { text: '早上最堵' });
    await both.town.until('it was refused', async () =>
      (await rowsOf(caseId))[0]?.error_text.includes('badSignature'),
    );
    expect((await rowsOf(caseId)).map((row) => row.status)).toEqual(['waiting', 'waiting']);
    await both.restart();
    await both.standsThere(caseId, 'DJS');
    await both.town.until('both are there', async () =>
      (await rowsOf(caseId)).every((row) => row.status === 'sent'),
    );
  });
});

describe('a dead letter', () => {
  it('holds back the later ones of its case and nobody else, and goes with them when it is sent again', async () => {
    await both.desk('POST', '/faults', { down: true });
    const stuck = await both.accepted();
    await both.member.act(stuck, 'supplement', { text: '补充一点' });
    await both.town.until('both wait', async () => (await rowsOf(stuck)).length === 2);
    const { store } = both.town.app;
    await store.transact((tx) =>
      tx
        .updateTable('exchange_out')
        .set({ status: 'dead', error_code: 'invalidMessage', error_text: '' })
        .where('case_id', '=', stuck)
        .where('seq', '=', 1)
        .execute(),
    );
    // As after a long outage: what waits behind the dead one must not be what the first try goes to.
    await store.transact((tx) =>
      tx.updateTable('exchange_partner').set({ failures: 9, paused_until: 0 }).execute(),
    );
    await both.desk('POST', '/faults', { down: false });
    const other = await both.accepted();
    await both.standsThere(other, 'DJS');
    expect((await rowsOf(stuck)).map((row) => row.status)).toEqual(['dead', 'waiting']);

    const [letter] = await letters();
    expect(letter).toMatchObject({ way: 'out', caseId: stuck, what: '交给平台办理', behind: 1 });
    const again = await both.admin.call('POST', '/admin/exchange/letters/retry', {
      partnerId: both.partnerId,
      id: letter?.id,
      way: 'out',
    });
    expect([again.status, again.body['items']]).toEqual([200, []]);
    await both.town.until('both are there, in order', async () => {
      const matter = await both.desk<Matter>('GET', `/matters/${stuck}`).catch(() => null);
      return matter?.log.map((m) => m.type).join() === 'case.handed,author.supplemented';
    });
  });
});
