import { describe, expect, it } from 'vitest';
import { createPhoneVault, normalPhone } from './crypto.ts';
import { greet } from './me.ts';

const vault = createPhoneVault(Buffer.alloc(32, 1), Buffer.alloc(32, 2));

describe('a phone number', () => {
  it('opens for its person, under its key, as it was sealed', () => {
    const sealed = vault.seal('13800000001', 'p1');
    expect(sealed).not.toContain('13800000001');
    expect(vault.open(sealed, 'p1')).toBe('13800000001');
  });

  it('is sealed differently every time', () => {
    expect(vault.seal('13800000001', 'p1')).not.toBe(vault.seal('13800000001', 'p1'));
  });

  it('does not open for another person, under another key, or damaged', () => {
    const sealed = vault.seal('13800000001', 'p1');
    expect(vault.open(sealed, 'p2')).toBeNull();
    expect(createPhoneVault(Buffer.alloc(32, 9), Buffer.alloc(32, 2)).open(sealed, 'p1')).toBeNull();
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    expect(vault.open(`v1.${bytes.toString('base64url')}`, 'p1')).toBeNull();
    for (const nonsense of ['', 'v1.', 'v2.abc', 'v1.AAAA', 'plain']) {
      expect(vault.open(nonsense, 'p1')).toBeNull();
    }
  });

  it('has one index however it is written, and none without the key', () => {
    expect(vault.index('+86 138-0000-0001')).toBe(vault.index('13800000001'));
    expect(vault.index('13800000002')).not.toBe(vault.index('13800000001'));
    expect(createPhoneVault(Buffer.alloc(32, 1), Buffer.alloc(32, 3)).index('13800000001')).not.toBe(
      vault.index('13800000001'),
    );
    expect(normalPhone('0579-8246 0000')).toBe('057982460000');
  });
});

describe('the greeting', () => {
  it.each([
    ['林淑芬', true, '2026-07-07T14:40:00+08:00', '林委员，下午好'],
    ['欧阳修文', true, '2026-07-07T06:00:00+08:00', '欧阳委员，早上好'],
    ['方敏', false, '2026-07-07T09:00:00+08:00', '方敏，上午好'],
    ['方敏', false, '2026-07-07T12:59:00+08:00', '方敏，中午好'],
    ['方敏', false, '2026-07-07T18:00:00+08:00', '方敏，晚上好'],
    ['方敏', false, '2026-07-07T00:30:00+08:00', '方敏，晚上好'],
  ])('%s (member: %s) at %s reads %s', (name, isMember, at, words) => {
    expect(greet(name, isMember, Date.parse(at))).toBe(words);
  });
});
