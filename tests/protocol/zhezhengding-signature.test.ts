import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DEMO_APP_KEY, DEMO_APP_SECRET, DEMO_TENANT_ID } from '../../scripts/messenger/src/index.ts';
import { accountOf, codeOfPerson, govRigEachTest } from './zhezhengding.rig.ts';
import type { Json } from './platform.ts';

const rig = govRigEachTest();
const HOUR = 3_600_000;

/** Signs with the plain program: neither the product's code nor the messenger's. */
function openssl(secret: string, text: string): string {
  const hex = Buffer.from(secret).toString('hex');
  const options = ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${hex}`, '-binary'];
  return execFileSync('openssl', options, { input: text }).toString('base64');
}

interface Signed {
  method?: string;
  path: string;
  /** The parameters as they are signed: sorted by hand. */
  line: string;
  /** The body, or the query of a GET, as it is sent. */
  form: string;
  timestamp?: string;
  nonce?: string;
  secret?: string;
  apiKey?: string;
  contentType?: string;
  change?: (headers: Record<string, string>) => Record<string, string>;
  sentMethod?: string;
  sentPath?: string;
}

let count = 0;
const now = (): string => `${new Date(Date.now() + 8 * HOUR).toISOString().slice(0, -1)}+08:00`;

/** Sends a call signed by openssl; answers what the gateway made of it. */
async function call(signed: Signed): Promise<{ code: string; body: Json }> {
  count += 1;
  const method = signed.method ?? 'POST';
  const timestamp = signed.timestamp ?? now();
  const nonce = signed.nonce ?? `${Date.now()}${String(count).padStart(4, '0')}`;
  const lines = [method, timestamp, nonce, signed.path, ...(signed.line === '' ? [] : [signed.line])];
  const headers = {
    apiKey: signed.apiKey ?? DEMO_APP_KEY,
    'X-Hmac-Auth-Timestamp': timestamp,
    'X-Hmac-Auth-Version': '1.0',
    'X-Hmac-Auth-Nonce': nonce,
    'X-Hmac-Auth-Signature': openssl(signed.secret ?? DEMO_APP_SECRET, lines.join('\n')),
    'content-type': signed.contentType ?? 'application/x-www-form-urlencoded',
  };
  const sent = signed.sentMethod ?? method;
  const get = sent === 'GET';
  const path = signed.sentPath ?? signed.path;
  const answer = await fetch(`${rig.platform.url}${path}${get && signed.form ? `?${signed.form}` : ''}`, {
    method: sent,
    headers: signed.change?.(headers) ?? headers,
    ...(get ? {} : { body: signed.form }),
  });
  const body = (await answer.json()) as Json;
  const inner = body.content as { responseCode?: string } | string | undefined;
  const business = typeof inner === 'object' ? inner.responseCode : '0';
  return { code: String(body.Code ?? (business === '0' ? 'ok' : business)), body };
}

const TOKEN: Signed = {
  path: '/gettoken.json',
  line: `appkey=${DEMO_APP_KEY}&appsecret=${DEMO_APP_SECRET}`,
  form: `appkey=${DEMO_APP_KEY}&appsecret=${DEMO_APP_SECRET}`,
};
const MESSAGE = '{"msgtype":"text","text":{"content":"你好 a&b"}}';

describe('what openssl signs is let in by the messenger', () => {
  it('the written-down example, byte by byte', async () => {
    await rig.restart({
      zhezhengding: { appSecret: 'demo-secret', tenantId: '196', windowMs: Number.MAX_SAFE_INTEGER },
    });
    const { code } = await call({
      path: '/message/workNotification',
      timestamp: '2024-01-02T03:04:05.678+08:00',
      nonce: '17041650456781234',
      line: `msg=${MESSAGE}&receiverIds=1,2&tenantId=196`,
      form: new URLSearchParams({ tenantId: '196', receiverIds: '1,2', msg: MESSAGE }).toString(),
      change: (headers) => ({
        ...headers,
        'X-Hmac-Auth-Signature': 'QWo9XpZK63tJWjigyXYTOUEMybbv2qgVB9Ov3uWlZ4k=',
      }),
    });
    // Through the gate: only the business behind it knows no account 1 and 2.
    expect(code).toBe('RECEIVER_NOT_EXIST');
  });

  it.each<[string, Signed]>([
    ['a form', TOKEN],
    ['a query', { ...TOKEN, method: 'GET' }],
    [
      'JSON',
      {
        ...TOKEN,
        form: JSON.stringify({ appsecret: DEMO_APP_SECRET, appkey: DEMO_APP_KEY }),
        contentType: 'application/json',
      },
    ],
    ['UTC', { ...TOKEN, timestamp: new Date().toISOString() }],
    [
      'parameters in another order',
      { ...TOKEN, form: `appsecret=${DEMO_APP_SECRET}&appkey=${DEMO_APP_KEY}` },
    ],
    [
      'a list, once per value',
      {
        path: '/mozi/employee/listEmployeeAccountIds',
        line: `employeeCodes=GE_a&employeeCodes=GE_b&tenantId=${DEMO_TENANT_ID}`,
        form: `employeeCodes=GE_b&tenantId=${DEMO_TENANT_ID}&employeeCodes=GE_a`,
      },
    ],
    [
      'words that need encoding',
      {
        path: '/message/workNotification',
        line: `bizMsgId=b 1+1&msg=${MESSAGE}&receiverIds=${accountOf('lin')}&tenantId=${DEMO_TENANT_ID}`,
        form: new URLSearchParams({
          bizMsgId: 'b 1+1',
          msg: MESSAGE,
          receiverIds: accountOf('lin'),
          tenantId: DEMO_TENANT_ID,
        }).toString(),
      },
    ],
  ])('%s', async (_name, signed) => {
    expect((await call(signed)).code).toBe('ok');
  });
});

describe('what is not signed right stays out', () => {
  it.each<[string, Partial<Signed>, string]>([
    ['another secret', { secret: 'demo' }, 'SignatureDoesNotMatch'],
    ['another method', { sentMethod: 'GET' }, 'SignatureDoesNotMatch'],
    ['another path', { sentPath: '/get_jsapi_token.json' }, 'SignatureDoesNotMatch'],
    ['one more parameter', { form: `${TOKEN.form}&x=1` }, 'SignatureDoesNotMatch'],
    ['an empty parameter more', { form: `${TOKEN.form}&x=` }, 'SignatureDoesNotMatch'],
    ['one letter changed', { form: `${TOKEN.form}y` }, 'SignatureDoesNotMatch'],
    ['a line feed too many', { line: `${TOKEN.line}\n` }, 'SignatureDoesNotMatch'],
    [
      'another time',
      { change: (h) => ({ ...h, 'X-Hmac-Auth-Timestamp': new Date().toISOString() }) },
      'SignatureDoesNotMatch',
    ],
    [
      'another nonce',
      { change: (h) => ({ ...h, 'X-Hmac-Auth-Nonce': '17041650456781234' }) },
      'SignatureDoesNotMatch',
    ],
    ['no signature', { change: (h) => ({ ...h, 'X-Hmac-Auth-Signature': '' }) }, 'SignatureDoesNotMatch'],
    ['an unknown key', { apiKey: 'somebody' }, 'InvalidApiKey'],
    [
      'another format',
      { change: (h) => ({ ...h, 'X-Hmac-Auth-Version': '2.0' }) },
      'InvalidSignatureVersion',
    ],
    ['a nonce that is no number', { nonce: 'abc' }, 'InvalidNonce'],
    ['no time', { timestamp: 'today' }, 'InvalidTimestamp'],
    ['six minutes ago', { timestamp: new Date(Date.now() - 360_000).toISOString() }, 'InvalidTimestamp'],
    ['six minutes ahead', { timestamp: new Date(Date.now() + 360_000).toISOString() }, 'InvalidTimestamp'],
  ])('%s', async (_name, change, expected) => {
    expect((await call({ ...TOKEN, ...change })).code).toBe(expected);
  });

  it('the same call twice', async () => {
    const signed = { ...TOKEN, timestamp: now(), nonce: `${Date.now()}0000` };
    expect((await call(signed)).code).toBe('ok');
    expect((await call(signed)).code).toBe('NonceUsed');
  });
});

describe('what the product signs', () => {
  /** The requests of one operation, as they leave the adapter. */
  const recorded = (requests: { url: string; init: RequestInit }[]): typeof fetch =>
    ((url: string, init: RequestInit) => {
      requests.push({ url, init });
      return fetch(url, init);
    }) as typeof fetch;
  const send = async (): Promise<{ taskId: string }> =>
    rig.host.sendNotice({ id: 'n 1+1', userIds: [codeOfPerson('lin')], message: MESSAGE });

  it.each(['raw', 'encoded'] as const)('is what openssl makes of what it sends (%s)', async (signing) => {
    await rig.restart({ zhezhengding: { signing } });
    const requests: { url: string; init: RequestInit }[] = [];
    rig.rebuild({ fetch: recorded(requests) }, { signing });
    await send();
    expect(requests).toHaveLength(2);
    for (const { url, init } of requests) {
      const headers = init.headers as Record<string, string>;
      const form = [...new URLSearchParams(String(init.body))].sort(([a], [b]) =>
        a.toLowerCase() < b.toLowerCase() ? -1 : 1,
      );
      const line =
        signing === 'raw'
          ? form.map(([name, value]) => `${name}=${value}`).join('&')
          : new URLSearchParams(form).toString();
      const text = [
        'POST',
        headers['X-Hmac-Auth-Timestamp'],
        headers['X-Hmac-Auth-Nonce'],
        new URL(url).pathname,
        line,
      ].join('\n');
      expect(headers['X-Hmac-Auth-Signature']).toBe(openssl(DEMO_APP_SECRET, text));
      expect(headers).toMatchObject({
        apiKey: DEMO_APP_KEY,
        'X-Hmac-Auth-Version': '1.0',
        'X-Hmac-Auth-IP': '127.0.0.1',
        'X-Hmac-Auth-MAC': '00:00:00:00:00:00',
      });
    }
  });

  it('passes the gate in every way an installation may want it', async () => {
    for (const dialect of [{ body: 'json' }, { timestamp: 'utc' }, { ip: null, mac: null }] as const) {
      rig.rebuild({}, dialect);
      await send();
    }
    expect(await rig.platform.chat('lin')).toHaveLength(1);
  });

  it('encoded is refused by a gateway that wants it raw, as soon as something needs encoding', async () => {
    rig.rebuild({}, { signing: 'encoded' });
    await rig.host.exchangeCode(await rig.platform.code('lin'));
    await expect(send()).rejects.toMatchObject({ kind: 'denied', code: 'gateway.SignatureDoesNotMatch' });
  });
});

describe('a clock that is off', () => {
  const wrong = (ms: number) => ({
    machineNow: () => Date.now() + ms,
    businessNow: () => Date.parse('2026-07-06T08:30:00+08:00'),
  });
  const read = (): Promise<unknown> => rig.host.getPerson(codeOfPerson('lin'));

  it.each([HOUR, -HOUR])(
    'by %i ms is noticed at the first refusal and made up for from then on',
    async (ms) => {
      rig.rebuild({ clock: wrong(ms) });
      await read();
      const refused = (await rig.platform.log()).filter((entry) => entry.code === 'InvalidTimestamp');
      expect(refused).toHaveLength(1);
      await read();
      expect((await rig.platform.log()).filter((entry) => entry.code === 'InvalidTimestamp')).toHaveLength(1);
      expect(rig.logged.join()).toContain('our clock is off');
    },
  );

  it('is made up for at once where the difference is set, and not at all where it is set to none', async () => {
    rig.rebuild({ clock: wrong(HOUR) }, { clockSkew: -HOUR });
    await read();
    expect((await rig.platform.log()).every((entry) => entry.verdict === 'ok')).toBe(true);
    rig.rebuild({ clock: wrong(HOUR) }, { clockSkew: 0 });
    await expect(read()).rejects.toMatchObject({ kind: 'denied', code: 'gateway.InvalidTimestamp' });
  });
});
