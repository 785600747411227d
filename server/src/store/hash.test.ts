import { describe, expect, it } from 'vitest';
import { canonicalJson, digestOf, sha256 } from './hash.ts';
import { uuidv7 } from './ids.ts';

describe('canonical JSON', () => {
  it('spells a value one way, whatever order its keys came in', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '"\n' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"\\"\\n","d":null}]}',
    );
    expect(digestOf({ x: 1, y: 2 })).toBe(digestOf({ y: 2, x: 1 }));
    expect(digestOf({ x: 1 })).not.toBe(digestOf({ x: '1' }));
  });

  it('leaves out what is undefined, as the database gives it back', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(canonicalJson(JSON.parse(canonicalJson({ a: undefined, b: 1 })))).toBe('{"b":1}');
  });

  it.each([Number.NaN, Infinity, 5n, undefined, () => 1, [undefined]])(
    'refuses what JSON cannot say: %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    },
  );

  it('hashes UTF-8', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('民情')).toBe('ea5d6ef7caaad3c9200596bcd60d4afd9509957e1e20981f2e670aa6af107689');
  });
});

describe('ids', () => {
  it('are version 7 UUIDs that carry the time and sort as they were made', () => {
    const now = Date.now() + 100_000;
    const ids = Array.from({ length: 10_000 }, () => uuidv7(now));
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    expect(parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(now);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('still sort when the clock steps back', () => {
    const now = Date.now() + 200_000;
    const before = uuidv7(now);
    expect(uuidv7(now - 5_000) > before).toBe(true);
  });
});
