/** Keys change while messages go both ways: rotation with overlap, revocation, and the story's core over SM2 and SM3. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeOverview, ExchangePartnerView, NewKeyView } from '../../shared/src/contract/index.ts';
import { headersFor, newPair, type Key } from '../../scripts/platform/src/wire.ts';
import { connect, type Connected } from './rig.ts';

let both: Connected;
beforeAll(async () => {
  both = await connect();
});
afterAll(() => both?.close());

async function settings(): Promise<ExchangePartnerView> {
  const { body } = await both.admin.call('GET', '/admin/exchange');
  return (body as unknown as ExchangeOverview).partners.find((one) => one.id === both.partnerId)!;
}
async function newKey(wish: object): Promise<NewKeyView> {
  const answer = await both.admin.call('POST', `/admin/exchange/partners/${both.partnerId}/keys`, wish);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as unknown as NewKeyView;
}
const revoke = (keyId: string) =>
  both.admin.call('POST', `/admin/exchange/partners/${both.partnerId}/keys/revoke`, { keyId });

/** The day a key ends is over: as if so much time had gone by. */
async function end(keyId: string): Promise<void> {
  const { store, exchange } = both.town.app;
  await store.transact((tx) =>
    tx
      .updateTable('exchange_key')
      .set({ to_at: Date.now() - 1 })
      .where('key_id', '=', keyId)
      .execute(),
  );
  await exchange.refresh();
}

/** Reads a day's book under a key, as the platform would; answers 200 or the code of the refusal. */
async function under(
  key: { keyId: string } & ({ secret: string } | { ownPrivate: string; theirPublic: string }),
) {
  const path = '/exchange/v1/days/2026-07-06';
  const headers = headersFor({ ...key, partner: both.partnerId } as Key, 'GET', path, Buffer.alloc(0));
  const answer = await fetch(both.town.url + path, { headers });
  return answer.ok ? answer.status : ((await answer.json()) as { code: string }).code;
}
/** Under which key the platform heard us last. */
const heard = async (): Promise<string> => (await both.desk<{ heard: string }>('GET', '/keys')).heard;
const first = () => ({ keyId: both.keyId, secret: both.secret });

describe('a key that is changed with overlap', () => {
  let second: NewKeyView;

  it('is told once, the same to a repeat of the request, and is in no other answer', async () => {
    const path = `/admin/exchange/partners/${both.partnerId}/keys`;
    const once = { 'idempotency-key': randomUUID() };
    const one = await both.admin.call('POST', path, { overlapHours: 72 }, once);
    const again = await both.admin.call('POST', path, { overlapHours: 72 }, once);
    expect(again.body).toEqual(one.body);
    second = one.body as unknown as NewKeyView;
    const view = await settings();
    expect(view.keys).toHaveLength(2);
    expect(JSON.stringify(view)).not.toContain(second.secret);
  });

  it('both keys are taken inside the overlap, and we go on signing with the one the platform has', async () => {
    expect((await settings()).keys.map(({ valid, sends }) => ({ valid, sends }))).toEqual([
      { valid: true, sends: false },
      { valid: true, sends: true },
    ]);
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    expect(await heard()).toBe(both.keyId);
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.standsHere(caseId, 'dispatched');
    expect(await under(first())).toBe(200);
  });

  it('the platform signs with the new one: from then on we do too, and nothing was lost', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    await both.desk('POST', '/keys', { keyId: second.keyId, secret: second.secret });
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.standsHere(caseId, 'dispatched');
    expect((await settings()).keys.map((key) => [key.keyId, key.sends])).toEqual([
      [second.keyId, true],
      [both.keyId, false],
    ]);
    await both.member.act(caseId, 'supplement', { text: '晚高峰也堵' });
    await both.town.until('the supplement is there', async () => {
      const { log } = await both.desk<{ log: { type: string }[] }>('GET', `/matters/${caseId}`);
      return log.some((one) => one.type === 'author.supplemented');
    });
    expect(await heard()).toBe(second.keyId);
    expect(await under(first())).toBe(200);
  });

  it('the old one is refused after the overlap, the new one goes on', async () => {
    await end(both.keyId);
    expect(await under(first())).toBe('unknownKey');
    expect(await under(second)).toBe(200);
    await both.desk('DELETE', `/keys/${both.keyId}`);
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
  });
});

describe('a key that is revoked', () => {
  it('is refused at once, also where memory still has it; what was to be sent waits for the next one', async () => {
    const { keys } = await settings();
    const now = keys.find((key) => key.valid)!.keyId;
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    const answer = await revoke(now);
    const view = (answer.body as unknown as ExchangeOverview).partners.find((p) => p.id === both.partnerId)!;
    expect(view.sentence).toBe('还没有密钥，不能收发');
    expect((await revoke(now)).body['title']).toBe('这把密钥已经停用了');
    expect((await revoke('k0')).status).toBe(404);

    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.member.act(caseId, 'supplement', { text: '下雨更堵' });
    const third = await newKey({ overlapHours: 0 });
    // The platform does not know it yet: nothing becomes a dead letter for that.
    await both.town.until('the platform refuses the key', async () => {
      const { sentence, dead } = await settings();
      expect(dead).toBe(0);
      return sentence.startsWith('对方不认我们的密钥或地址（unknownKey）');
    });
    await both.desk('DELETE', `/keys/${now}`);
    await both.desk('POST', '/keys', { keyId: third.keyId, secret: third.secret });
    await both.standsHere(caseId, 'dispatched');
    await both.town.until('the supplement is there', async () => {
      const { log } = await both.desk<{ log: { type: string }[] }>('GET', `/matters/${caseId}`);
      return log.some((one) => one.type === 'author.supplemented');
    });
  });

  it('in another process is refused here at once', async () => {
    const { keys } = await settings();
    const { keyId } = keys.find((key) => key.valid)!;
    const { partners } = both.town.app.exchange;
    const material = partners.one(both.partnerId)!.keys.find((key) => key.keyId === keyId)!.material;
    const secret = material.suite === 'hmac-sha256' ? material.secret : '';
    expect(await under({ keyId, secret })).toBe(200);
    const set = (toAt: number) =>
      both.town.app.store.transact((tx) =>
        tx.updateTable('exchange_key').set({ to_at: toAt }).where('key_id', '=', keyId).execute(),
      );
    await set(Date.now());
    expect(await under({ keyId, secret })).toBe('unknownKey');
    await set(Number.MAX_SAFE_INTEGER);
    expect(await under({ keyId, secret })).toBe(200);
  });
});

describe('国密', () => {
  it('the algorithm is changed by a rotation: the platform’s public key is asked for, ours is told', async () => {
    const { name, baseUrl, allow, sharePhone, sealHistory, active, seen } = await settings();
    const value = { name, baseUrl, allow, sharePhone, sealHistory, active, seen, suite: 'sm2-sm3' };
    expect((await both.admin.call('PUT', `/admin/exchange/partners/${both.partnerId}`, value)).status).toBe(
      200,
    );
    const bad = await both.admin.call('POST', `/admin/exchange/partners/${both.partnerId}/keys`, {
      overlapHours: 24,
      theirPublic: 'AAAA',
    });
    expect(bad.body['errors']).toEqual([{ path: 'theirPublic', message: '请贴对方的 SM2 公钥（PEM）' }]);
    const { publicKey: theirPublic } = await both.desk<{ publicKey: string }>('POST', '/pair');
    const made = await newKey({ overlapHours: 24, theirPublic });
    expect(made.secret).toBe('');
    expect(made.publicKey).toContain('BEGIN PUBLIC KEY');
    await both.desk('POST', '/keys', { keyId: made.keyId, theirPublic: made.publicKey });
    expect((await settings()).keys.find((key) => key.keyId === made.keyId)?.publicKey).toBe(made.publicKey);

    const stranger = newPair();
    const forged = { keyId: made.keyId, ownPrivate: stranger.ownPrivate, theirPublic: made.publicKey };
    expect(await under(forged)).toBe('badSignature');
    const shared = { keyId: made.keyId, secret: Buffer.from(made.publicKey).toString('base64') };
    expect(await under(shared)).toBe('badSignature');
  });

  it('carries the story both ways: handed over, dispatched, answered, rated', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', co: ['YK-ZF'], days: 3 });
    await both.standsHere(caseId, 'dispatched');
    await both.clerk(caseId, 'sign');
    await both.clerk(caseId, 'reply', { class: 'solved', text: '改为四个时段' });
    await both.standsHere(caseId, 'replied');
    const { keys } = await settings();
    for (const key of keys.filter((one) => one.suite === 'hmac-sha256' && one.valid)) {
      await revoke(key.keyId);
    }
    await both.member.act(caseId, 'rate', { stars: 5 });
    const done = await both.standsThere(caseId, 'YBJ');
    expect(done.log.every((one) => one.problem === '' && !one.unsent)).toBe(true);
    expect((await settings()).keys.find((one) => one.sends)?.suite).toBe('sm2-sm3');
    const check = await both.admin.call('POST', '/admin/exchange/checks', { partnerId: both.partnerId });
    expect((check.body as unknown as { items: { sentence: string }[] }).items[0]?.sentence).toMatch(/一致$/);
  });
});
