import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pauseAfter } from './worker.ts';
import { newSecret, signatureOf, signedHeaders } from './sign.ts';

describe('signatures', () => {
  it('are those of the specification’s own example', () => {
    // The example of the Standard Webhooks libraries' tests.
    const signature = signatureOf(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('cover id, time and body, once for each secret', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = signedHeaders(secrets, 'm1', 1_700_000_000, '{"a":"民情"}');
    const expected = secrets.map((secret) => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      expect(key).toHaveLength(32);
      return `v1,${createHmac('sha256', key).update('m1.1700000000.{"a":"民情"}').digest('base64')}`;
    });
    expect(headers).toEqual({
      'webhook-id': 'm1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': expected.join(' '),
    });
  });
});

describe('pauses between tries', () => {
  it('grow to a day and differ by a fifth either way', () => {
    const HOUR = 3_600_000;
    expect(pauseAfter(1, () => 0.5)).toBe(5_000);
    expect(pauseAfter(6, () => 0.5)).toBe(HOUR);
    expect(pauseAfter(99, () => 0.5)).toBe(24 * HOUR);
    expect([pauseAfter(1, () => 0), pauseAfter(1, () => 1)]).toEqual([4_000, 6_000]);
  });
});
