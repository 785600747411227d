import { describe, expect, it } from 'vitest';
import { Intent, newId } from './ids.ts';

describe('ids made on the device', () => {
  it('are UUIDs of version 4 and differ', () => {
    const ids = Array.from({ length: 50 }, newId);
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe('an intent', () => {
  it('keeps its key while the same words are sent and takes another when they change', () => {
    const intent = new Intent();
    const first = intent.keyFor({ text: '一' });
    expect(intent.keyFor({ text: '一' })).toBe(first);
    expect(intent.keyFor({ text: '二' })).not.toBe(first);
  });

  it('is not another’s', () => {
    expect(new Intent().keyFor({})).not.toBe(new Intent().keyFor({}));
  });
});
