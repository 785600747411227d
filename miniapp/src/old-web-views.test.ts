import { describe, expect, it } from 'vitest';
import { equip, PlainAbortController, topOf } from './old-web-views.ts';

interface Lent {
  at<T>(this: T[], index: number): T | undefined;
  flatMap<T, U>(this: T[], make: (item: T, index: number) => U | U[]): U[];
  toSorted<T>(this: T[], compare?: (one: T, other: T) => number): T[];
}

describe('an old web view', () => {
  const array = {} as Lent;
  const object = {} as { fromEntries(entries: Iterable<[string, unknown]>): object };
  equip(array, object);

  it('gets what it lacks, doing what the new ones do', () => {
    const list = [3, 1, 2];
    for (const index of [-1, 0, 9, -4]) {
      expect(array.at.call(list, index)).toBe(list.at(index));
    }
    const twice = (one: unknown, at: number): unknown[] => (at === 0 ? [] : [one, one]);
    expect(array.flatMap.call(list, twice)).toEqual(list.flatMap(twice));
    expect(array.toSorted.call(list)).toEqual([1, 2, 3]);
    expect(list).toEqual([3, 1, 2]);
    expect(object.fromEntries(new Map([['a', 1]]))).toEqual({ a: 1 });
  });

  it('sees nothing of it when it walks an array', () => {
    expect(Object.keys(array)).toEqual([]);
  });

  it('keeps what it has', () => {
    const own = { at: 'native' };
    equip(own, {});
    expect(own.at).toBe('native');
  });

  it('finds the document a field stands in, or the top of what stands nowhere', () => {
    const field = document.createElement('input');
    const form = document.createElement('form');
    form.append(field);
    expect(topOf(field)).toBe(form);
    document.body.append(form);
    expect(topOf(field)).toBe(document);
    form.remove();
  });

  it('stops once, and tells those who still listen', () => {
    const control = new PlainAbortController();
    const told: string[] = [];
    const leaver = (): void => void told.push('left');
    control.signal.addEventListener('abort', () => told.push('stayed'));
    control.signal.addEventListener('abort', leaver);
    control.signal.removeEventListener('abort', leaver);
    expect(control.signal.aborted).toBe(false);
    control.abort();
    control.abort();
    expect(control.signal.aborted).toBe(true);
    expect(told).toEqual(['stayed']);
  });
});
