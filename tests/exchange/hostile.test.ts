/** Messages nobody should send: each is refused as documented and changes nothing. */
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDemo } from '../../scripts/demo/exchange.ts';
import {
  EXCHANGE_ERRORS,
  MEDIA_TYPE,
  problemSchema,
  type ExchangeErrorCode,
} from '../../shared/src/exchange/index.ts';
import {
  bodyDigest,
  isPublicSm2,
  isSignedBy,
  newKeyPair,
  sign,
} from '../../server/src/exchange/signature.ts';
import { connect, type Connected } from './rig.ts';

interface Attempt {
  body?: string;
  secret?: string;
  keyId?: string;
  partner?: string;
  time?: string;
  nonce?: string;
  type?: string;
  /** Sent instead of what was signed. */
  altered?: string;
  path?: string;
}

let both: Connected;
let caseId: string;
beforeAll(async () => {
  both = await connect();
  caseId = await both.accepted();
  await both.standsThere(caseId, 'DJS');
});
afterAll(() => both?.close());

const message = (change: object = {}): object => ({
  id: randomUUID(),
  caseId,
  seq: 1,
  type: 'case.received',
  at: '2026-07-06T09:00:00+08:00',
  state: 'DPD',
  data: { number: 'X-1' },
  ...change,
});

async function post(attempt: Attempt): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = attempt.body ?? JSON.stringify(message());
  const partner = attempt.partner ?? both.partnerId;
  const keyId = attempt.keyId ?? both.keyId;
  const time = attempt.time ?? String(Date.now());
  const nonce = attempt.nonce ?? randomBytes(16).toString('base64url');
  const path = attempt.path ?? '/exchange/v1/messages';
  const text = [
    'v1',
    partner,
    keyId,
    time,
    nonce,
    `POST ${path}`,
    bodyDigest('hmac-sha256', Buffer.from(body)),
  ].join('\n');
  const signature = createHmac('sha256', Buffer.from(attempt.secret ?? both.secret, 'base64')).update(text);
  const answer = await fetch(both.town.url + path, {
    method: 'POST',
    headers: {
      'content-type': attempt.type ?? MEDIA_TYPE,
      'x-exchange-partner': partner,
      'x-exchange-key': keyId,
      'x-exchange-time': time,
      'x-exchange-nonce': nonce,
      'x-exchange-signature': signature.digest('base64'),
    },
    body: attempt.altered ?? body,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Everything of the case and of what is kept about it. */
const everything = async (): Promise<string> =>
  both.town.app.store.read(async (db) =>
    JSON.stringify([
      await db.selectFrom('cases').select(['version', 'body_json']).where('id', '=', caseId).execute(),
      await db.selectFrom('exchange_case').selectAll().where('case_id', '=', caseId).execute(),
      await db.selectFrom('exchange_in').selectAll().execute(),
    ]),
  );

describe('a hostile message', () => {
  it.each<[string, ExchangeErrorCode, () => Attempt]>([
    ['under another secret', 'badSignature', () => ({ secret: randomBytes(32).toString('base64') })],
    ['under a key nobody gave', 'unknownKey', () => ({ keyId: 'k0' })],
    ['of a platform nobody knows', 'unknownPartner', () => ({ partner: randomUUID() })],
    [
      'altered on the way',
      'badSignature',
      () => ({ altered: JSON.stringify(message({ data: { number: 'Y-2' } })) }),
    ],
    ['from ten minutes ago', 'staleTime', () => ({ time: String(Date.now() - 600_000) })],
    ['from the future', 'staleTime', () => ({ time: String(Date.now() + 600_000) })],
    ['without a proper nonce', 'badSignature', () => ({ nonce: 'short' })],
    [
      'of ten megabytes',
      'tooLarge',
      () => ({ body: JSON.stringify(message({ data: { number: 'x'.repeat(10_000_000) } })) }),
    ],
    [
      'nested a hundred thousand deep',
      'tooDeep',
      () => ({ body: '['.repeat(100_000) + ']'.repeat(100_000) }),
    ],
    ['that is no JSON', 'notJson', () => ({ body: '{"id":' })],
    ['of another type', 'badMediaType', () => ({ type: 'application/json' })],
    ['without its fields', 'invalidMessage', () => ({ body: '{}' })],
    [
      'of an unknown kind',
      'invalidMessage',
      () => ({ body: JSON.stringify(message({ type: 'case.closed' })) }),
    ],
    [
      'about a case nobody has',
      'unknownCase',
      () => ({ body: JSON.stringify(message({ caseId: randomUUID() })) }),
    ],
    ['ahead of its turn', 'outOfOrder', () => ({ body: JSON.stringify(message({ seq: 7 })) })],
    ['to an address there is not', 'invalidMessage', () => ({ path: '/exchange/v1/admin' })],
  ])('%s is refused with %s', async (_what, code, attempt) => {
    const before = await everything();
    const { status, body } = await post(attempt());
    expect(problemSchema.parse(body)).toMatchObject({ code, status: EXCHANGE_ERRORS[code].status });
    expect(status).toBe(EXCHANGE_ERRORS[code].status);
    expect(await everything()).toBe(before);
  });

  it('replayed to the letter is refused, and changes nothing a second time', async () => {
    const attempt = {
      body: JSON.stringify(message({ caseId: randomUUID() })),
      nonce: randomBytes(16).toString('base64url'),
      time: String(Date.now()),
    };
    expect((await post(attempt)).body['code']).toBe('unknownCase');
    expect((await post(attempt)).body['code']).toBe('replayed');
  });

  it('about another platform’s case is not told that there is one', async () => {
    const other = await connectDemo(both.town.app, 'http://127.0.0.1:9/sfw/v1', '另一个平台');
    // Until it was tried to compare with that platform, nothing of it is looked at.
    const code = await both.town.until('it is looked at', async () => {
      const { body } = await post({ partner: other.partnerId, keyId: other.keyId, secret: other.secret });
      return body['code'] === 'unavailable' ? null : body['code'];
    });
    expect(code).toBe('unknownCase');
    await both.town.app.exchange.refresh();
  });

  it('from an address that is not on the list is refused', async () => {
    const { store, exchange } = both.town.app;
    const allow = (list: string[]) =>
      store.transact((tx) =>
        tx
          .updateTable('exchange_partner')
          .set({ allow_json: JSON.stringify(list) })
          .where('id', '=', both.partnerId)
          .execute(),
      );
    await allow(['10.0.0.0/8']);
    await exchange.refresh();
    expect((await post({})).body['code']).toBe('addressNotAllowed');
    await allow([]);
    await exchange.refresh();
  });

  it('with codes nobody has matched is kept, told so, and leaves the case as it was', async () => {
    const before = await both.town.app.store.read((db) =>
      db.selectFrom('cases').select('version').where('id', '=', caseId).executeTakeFirst(),
    );
    const body = JSON.stringify(
      message({ type: 'office.dispatched', data: { lead: 'NOBODY', co: [], note: '' }, state: 'DQS' }),
    );
    const first = await post({ body });
    expect(first).toMatchObject({
      status: 422,
      body: { code: 'unknownCode', kept: true, detail: 'unit NOBODY' },
    });
    expect((await post({ body })).body).toMatchObject({ code: 'unknownCode', kept: true });
    const after = await both.town.app.store.read((db) =>
      db.selectFrom('cases').select('version').where('id', '=', caseId).executeTakeFirst(),
    );
    expect(after).toEqual(before);
    const waits = await post({
      body: JSON.stringify(message({ seq: 2, type: 'unit.signed', data: {}, state: 'BLZ' })),
    });
    expect(waits).toMatchObject({ status: 202, body: { status: 'waiting' } });
    expect((await post({ body: body.replace('NOBODY', 'ANOTHER') })).body['code']).toBe('idReused');
  });

  it('that was held is matched and tried again by an administrator, and what waited follows', async () => {
    const { admin } = both;
    const ref = { partnerId: both.partnerId, way: 'in' };
    const list = async () =>
      (await admin.call('GET', `/admin/exchange/letters?partnerId=${both.partnerId}`)).body as unknown as {
        items: { id: string; what: string; why: string; behind: number }[];
      };
    const [held] = (await list()).items;
    expect(held).toMatchObject({ what: '交办', behind: 1 });
    const early = await admin.call('POST', '/admin/exchange/letters/retry', { ...ref, id: held?.id });
    expect([early.status, early.body['title']]).toEqual([
      409,
      '代码没有对应，已保留，等管理员对应（单位 NOBODY）',
    ]);
    const { body } = await admin.call('GET', `/admin/exchange/codes?partnerId=${both.partnerId}&kind=unit`);
    const codes = body as unknown as { candidates: { id: string; name: string }[] };
    const ours = codes.candidates.find((c) => c.name === '永康市公安局')?.id;
    await admin.call('PUT', '/admin/exchange/codes', {
      partnerId: both.partnerId,
      kind: 'unit',
      code: 'NOBODY',
      name: '',
      ours,
    });
    const again = await admin.call('POST', '/admin/exchange/letters/retry', { ...ref, id: held?.id });
    expect([again.status, again.body['items']]).toEqual([200, []]);
    await both.standsHere(caseId, 'handling');
    const member = await both.member.call('GET', `/admin/exchange/letters?partnerId=${both.partnerId}`);
    expect(member.status).toBe(403);
  });
});

describe('国密', () => {
  it('signs and checks with SM2 and SM3, and no other key fits', () => {
    const [ours, theirs] = [newKeyPair(), newKeyPair()];
    const material = {
      suite: 'sm2-sm3' as const,
      ownPrivate: ours.privateKey,
      theirPublic: theirs.publicKey,
    };
    const signature = sign(material, '正文');
    const seen = { ...material, theirPublic: ours.publicKey };
    expect([isSignedBy(seen, '正文', signature), isSignedBy(seen, '别的', signature)]).toEqual([true, false]);
    expect(isSignedBy(material, '正文', signature)).toBe(false);
    const other = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    expect([theirs.publicKey, other.publicKey, '公钥'].map(isPublicSm2)).toEqual([true, false, false]);
    expect(bodyDigest('sm2-sm3', Buffer.from('abc'))).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
  });
});
