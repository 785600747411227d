/** What goes wrong between two platforms, and that both sides end with the same: faults, an outage, a lost week, a backup. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enqueueAnew, type OutboundDeps } from '../../server/src/exchange/outbound.ts';
import { connect, type Connected, type Matter } from './rig.ts';

const OUTBOUND: OutboundDeps = {
  partners: { one: () => undefined },
  directory: { area: () => undefined },
  history: { besides: async () => ({ heard: 0, sealed: '' }) },
  phoneOf: async () => null,
  machineNow: () => 0,
};
const REPLY = { class: 'solved', text: '已把单一配时改为四个时段' };

let both: Connected;
beforeAll(async () => {
  both = await connect();
});
afterAll(() => both?.close());

/** A whole course: accepted here, answered there, rated here. */
async function course(stars: number): Promise<string> {
  const caseId = await both.accepted();
  await both.standsThere(caseId, 'DJS');
  await both.clerk(caseId, 'receive');
  await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
  await both.clerk(caseId, 'sign');
  await both.clerk(caseId, 'reply', REPLY);
  await both.standsHere(caseId, 'replied');
  await both.member.act(caseId, 'rate', { stars, text: '说明' });
  return caseId;
}

interface Outcome {
  error: string;
  findings: { caseId: string; kind: string; repaired: boolean }[];
}
const reconcile = async (): Promise<Outcome> => {
  const outcome = await both.town.app.exchange.reconcile(both.partnerId);
  if (!outcome) {
    throw new Error('somebody else compares');
  }
  return outcome;
};
const sides = (matter: Matter): string =>
  matter.log
    .toSorted((a, b) => (a.side + a.seq < b.side + b.seq ? -1 : 1))
    .map((m) => `${m.side}${m.seq} ${m.type}`)
    .join('\n');

describe('faults of the other side', () => {
  it('lost answers, duplicates, early and dropped messages, wrong signatures change nothing of the outcome', async () => {
    await both.desk('POST', '/faults', {
      loseAnswers: 0.4,
      duplicates: 0.4,
      reorder: 0.4,
      drop: 0.3,
      wrongSignature: 0.2,
    });
    const ids = await Promise.all([course(5), course(1), course(4)]);
    await both.standsThere(ids[0] ?? '', 'YBJ');
    await both.standsThere(ids[1] ?? '', 'CXB');
    await both.standsThere(ids[2] ?? '', 'YBJ');
    await both.desk('POST', '/faults', {
      loseAnswers: 0,
      duplicates: 0,
      reorder: 0,
      drop: 0,
      wrongSignature: 0,
    });
    await both.town.until('both sides agree', async () => {
      const { error, findings } = await reconcile();
      return error === '' && findings.length === 0;
    });
  });

  it('an outage opens the breaker, and everything arrives in order afterwards', async () => {
    await both.desk('POST', '/faults', { down: true });
    const caseId = await both.accepted();
    await both.member.act(caseId, 'supplement', { text: '补充一点' });
    await both.town.until('the breaker opens', async () => {
      const row = await both.town.app.store.read((db) =>
        db
          .selectFrom('exchange_partner')
          .select('failures')
          .where('id', '=', both.partnerId)
          .executeTakeFirst(),
      );
      return (row?.failures ?? 0) >= 2;
    });
    await both.desk('POST', '/faults', { down: false });
    const matter = await both.standsThere(caseId, 'DJS');
    await both.town.until('both messages are there', async () => {
      const now = await both.desk<Matter>('GET', `/matters/${caseId}`);
      return sides(now) === 'M1 case.handed\nM2 author.supplemented';
    });
    expect(matter.log[0]?.type).toBe('case.handed');
  });

  it('restored from last night’s backup, it gets back what it had been told and what it had said itself', async () => {
    await both.desk('POST', '/backup');
    const caseId = await course(5);
    const before = sides(await both.standsThere(caseId, 'YBJ'));
    await both.desk('POST', '/restore');
    await expect(both.desk('GET', `/matters/${caseId}`)).rejects.toThrow('404');
    await both.town.advance(7 * 86_400_000);
    const { findings, error } = await reconcile();
    expect(error).toBe('');
    expect(findings.filter((f) => f.caseId === caseId).map((f) => f.kind)).toEqual([
      'missingThere',
      'theirsLost',
    ]);
    expect(sides(await both.standsThere(caseId, 'YBJ'))).toBe(before);
    expect((await reconcile()).findings).toEqual([]);
  });

  it('restored in the middle, it goes on behind what the other side still has of it', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    await both.desk('POST', '/backup');
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.standsHere(caseId, 'dispatched');
    await both.desk('POST', '/restore');
    await both.clerk(caseId, 'receive');
    const matter = await both.standsThere(caseId, 'DPD').catch(() => null);
    await both.town.until('its old messages stand before the new one', async () => {
      const now = await both.desk<Matter>('GET', `/matters/${caseId}`);
      return now.log.filter((m) => m.side === 'P').length === 3 && now.log.every((m) => !m.unsent);
    });
    expect(matter).not.toBe(undefined);
    expect((await reconcile()).findings).toEqual([]);
  });
});

describe('a case lost on this side for a week', () => {
  it('gets no second queue when the ledger’s follower makes its queue while both sides are compared', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    const { store } = both.town.app;
    const queue = () =>
      store.read((db) =>
        db
          .selectFrom('exchange_out')
          .innerJoin('exchange_case', 'exchange_case.case_id', 'exchange_out.case_id')
          .select(['exchange_out.id', 'exchange_out.seq', 'exchange_case.out_seq'])
          .where('exchange_out.case_id', '=', caseId)
          .execute(),
      );
    const before = await queue();
    expect(before).toHaveLength(1);
    const anew = await store.transact((tx) => enqueueAnew(tx, OUTBOUND, both.partnerId, caseId));
    expect(anew).toBe(false);
    expect(await queue()).toEqual(before);
  });

  it('is found by the daily comparison and made whole from the history and from what the other side has', async () => {
    const caseId = await course(5);
    await both.standsThere(caseId, 'YBJ');
    const { store } = both.town.app;
    const version = async (): Promise<number | undefined> =>
      (
        await store.read((db) =>
          db.selectFrom('cases').select('version').where('id', '=', caseId).executeTakeFirst(),
        )
      )?.version;
    const before = await version();
    await store.transact(async (tx) => {
      await tx.deleteFrom('exchange_out').where('case_id', '=', caseId).execute();
      await tx.deleteFrom('exchange_in').where('case_id', '=', caseId).execute();
      await tx.deleteFrom('exchange_case').where('case_id', '=', caseId).execute();
    });
    await both.town.advance(7 * 86_400_000);
    await both.town.app.exchange.daily();
    const { body } = await both.admin.call('GET', `/admin/exchange/checks?partnerId=${both.partnerId}`);
    const [check] = (body as unknown as { items: { sentence: string; findings: { text: string }[] }[] })
      .items;
    expect(check?.findings.map((f) => f.text)).toContain('本系统缺，已按台账和对方的记录补回');
    await both.town.until('both sides agree again', async () => (await reconcile()).findings.length === 0);
    expect(await version()).toBe(before);
    expect((await both.standsHere(caseId, 'closed')).state).toBe('closed');
  });
});
