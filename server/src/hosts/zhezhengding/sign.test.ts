import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nonceMaker,
  pairsOf,
  parameterLine,
  signatureOf,
  stringToSign,
  timestampOf,
  type Parameters,
} from './sign.ts';

/** The same by a program that shares no code with this one. */
function openssl(secret: string, text: string): string {
  const key = Buffer.from(secret).toString('hex');
  const mac = execFileSync(
    'openssl',
    ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'],
    { input: text },
  );
  return mac.toString('base64');
}

const sign = (parameters: Parameters, signing: 'raw' | 'encoded' = 'raw') => {
  const text = stringToSign({
    method: 'post',
    timestamp: '2024-01-02T03:04:05.678+08:00',
    nonce: '17041650456781234',
    path: '/message/workNotification',
    line: parameterLine(pairsOf(parameters), signing),
  });
  return { text, signature: signatureOf('demo-secret', text) };
};

describe('the signature of a call', () => {
  const NOTICE = {
    tenantId: '196',
    receiverIds: '1,2',
    msg: '{"msgtype":"text","text":{"content":"你好 a&b"}}',
  };

  it('is the one of the written-down example', () => {
    const { text, signature } = sign(NOTICE);
    expect(text.split('\n')).toEqual([
      'POST',
      '2024-01-02T03:04:05.678+08:00',
      '17041650456781234',
      '/message/workNotification',
      'msg={"msgtype":"text","text":{"content":"你好 a&b"}}&receiverIds=1,2&tenantId=196',
    ]);
    expect(signature).toBe('QWo9XpZK63tJWjigyXYTOUEMybbv2qgVB9Ov3uWlZ4k=');
  });

  it.each<[string, Parameters]>([
    ['the example', NOTICE],
    ['no parameters', {}],
    ['a list', { tenantId: 196, organizationCodes: ['GO_b', 'GO_a', 'GO_B'] }],
    ['names that differ in case', { b: '1', A: '2', a: '3', B: '4' }],
    ['signs that encoding changes', { q: 'a+b c/d?e=%20&f', z: '~!*()\'"<>' }],
    ['words of several planes', { subject: '审核：迎宾大道😀\n第二行' }],
  ])('is what openssl makes of the same text: %s', (_name, parameters) => {
    for (const signing of ['raw', 'encoded'] as const) {
      const { text, signature } = sign(parameters, signing);
      expect(signature).toBe(openssl('demo-secret', text));
    }
  });

  it('is what openssl makes of it with any secret', () => {
    for (const secret of ['s', 'ä ö', 'k'.repeat(64), 'k'.repeat(200), '密钥']) {
      expect(signatureOf(secret, 'POST\nx')).toBe(openssl(secret, 'POST\nx'));
    }
  });

  it('of a call without parameters ends with the path', () => {
    expect(sign({ empty: '', none: undefined }).text.endsWith('/message/workNotification')).toBe(true);
  });
});

describe('the line of parameters', () => {
  it('sorts names without regard to case and the values of one name, and leaves out what is empty', () => {
    expect(
      parameterLine(
        pairsOf({ b: '2', A: '1', codes: ['b', 'a'], empty: '', none: undefined, n: 0, f: false }),
        'raw',
      ),
    ).toBe('A=1&b=2&codes=a&codes=b&f=false&n=0');
  });

  it('encoded is what the form carries', () => {
    const pairs = pairsOf({ q: 'a b&c=d+é' });
    expect(parameterLine(pairs, 'encoded')).toBe('q=a+b%26c%3Dd%2B%C3%A9');
  });

  it('is the same in whatever order the parameters are given', () => {
    const names = fc.string({ unit: fc.constantFrom(...'abAB'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, fc.string()), { selector: ([name]) => name }), (entries) => {
        const line = (list: [string, string][]): string =>
          parameterLine(pairsOf(Object.fromEntries(list)), 'raw');
        expect(line(entries.toReversed())).toBe(line(entries));
      }),
    );
  });
});

describe('time and nonce', () => {
  const NOON = Date.parse('2026-07-06T04:00:00.007Z');

  it('are written with China’s offset or as UTC', () => {
    expect(timestampOf(NOON, 'offset')).toBe('2026-07-06T12:00:00.007+08:00');
    expect(timestampOf(NOON, 'utc')).toBe('2026-07-06T04:00:00.007Z');
  });

  it('a nonce is seventeen digits that begin with the time, and none comes twice in a millisecond', () => {
    const nonce = nonceMaker();
    const all = Array.from({ length: 5_000 }, () => nonce(NOON));
    expect(new Set(all).size).toBe(5_000);
    expect(all.every((one) => /^\d{17}$/.test(one) && one.startsWith(String(NOON)))).toBe(true);
  });
});
