import { describe, expect, it } from 'vitest';
import { dutiesFor } from './duties.ts';
import type { Known } from './lessons.ts';
import { isSure, rank, type Counts } from './model.ts';
import { loadText, reasonsOf } from './reasons.ts';

const counts = (rows: Record<string, Record<string, number>>): Counts =>
  new Map(Object.entries(rows).map(([feature, labels]) => [feature, new Map(Object.entries(labels))]));

const TOWN = counts({
  '*': { police: 60, bus: 30, school: 30 },
  'w:红绿灯': { police: 41, bus: 3, school: 2 },
  'w:学校': { police: 6, school: 24 },
  'w:孤例': { bus: 1 },
  'c:traffic': { police: 55, bus: 30 },
});

describe('the classifier', () => {
  it('believes what most cases with the word were given, and all belief together is one', () => {
    const ranked = rank(TOWN, '*', { features: ['w:红绿灯'] });
    expect(ranked.map(({ label }) => label)).toEqual(['police', 'bus', 'school']);
    expect(ranked.reduce((sum, { belief }) => sum + belief, 0)).toBeCloseTo(1);
    expect(ranked[0]?.evidence).toEqual([
      { feature: 'w:红绿灯', all: 46, own: 41, weight: expect.any(Number) },
    ]);
    expect(ranked[0]?.evidence[0]?.weight).toBeGreaterThan(0);
  });

  it('weighs one word against another', () => {
    const [first] = rank(TOWN, '*', { features: ['w:红绿灯', 'w:学校'] });
    const [other] = rank(TOWN, '*', { features: ['w:学校'] });
    expect(first?.label).toBe('police');
    expect(other?.label).toBe('school');
  });

  it('is not swayed by a single case, nor by words nobody has used', () => {
    const plain = rank(TOWN, '*', { features: [] });
    expect(plain[0]?.label).toBe('police');
    expect(rank(TOWN, '*', { features: ['w:从未'] })).toEqual(plain);
    expect(rank(TOWN, '*', { features: ['w:孤例'] })[0]?.label).toBe('police');
  });

  it('is sure of nothing by habit alone', () => {
    const [habit] = rank(counts({ '*': { police: 99, bus: 1 } }), '*', { features: [] });
    expect(habit?.belief).toBeGreaterThan(0.9);
    expect(habit && isSure(habit)).toBe(false);
    const [known] = rank(TOWN, '*', { features: ['w:红绿灯', 'c:traffic'] });
    expect(known && isSure(known)).toBe(true);
  });

  it('knows nothing without cases, and then hears duties that are written down', () => {
    expect(rank(counts({}), '*', { features: ['w:红绿灯'] })).toEqual([]);
    const told = rank(counts({}), '*', { features: [], more: new Map([['water', 3]]) });
    expect(told).toEqual([{ label: 'water', belief: 1, cases: 0, evidence: [] }]);
    const [first] = rank(TOWN, '*', { features: ['w:学校'], more: new Map([['police', 6]]) });
    expect(first?.label).toBe('police');
  });
});

describe('reasons', () => {
  const telling = { name: '交警支队', verb: 'leads', category: { id: 'traffic', name: '交通出行' } } as const;

  it('quote the word and its two counts', () => {
    const [first] = rank(TOWN, '*', { features: ['w:红绿灯', 'c:traffic'] });
    expect(first && reasonsOf(first, telling)).toEqual([
      { kind: 'word', text: '过去 46 件「红绿灯」的民情里，41 件由交警支队主办' },
    ]);
  });

  it('fall back to the category, and to nothing where nothing speaks for it', () => {
    const [first, second] = rank(TOWN, '*', { features: ['c:traffic'] });
    expect(first && reasonsOf(first, telling)).toEqual([
      { kind: 'category', text: '过去 85 件交通出行类民情里，55 件由交警支队主办' },
    ]);
    expect(second && reasonsOf(second, { ...telling, category: null })).toEqual([]);
  });

  it('tell what a unit has in hand', () => {
    expect([loadText(0, 0), loadText(14, 0), loadText(5, 2)]).toEqual([
      '手上没有在办的',
      '手上 14 件，无超期',
      '手上 5 件，2 件超期',
    ]);
  });
});

describe('the dispatch catalogue', () => {
  const known: Known = {
    title: '迎宾大道信号灯坏了',
    situation: '早高峰拥堵',
    placeText: '迎宾大道',
    placeAreaId: 'jindong',
    categoryId: 'traffic',
  };
  const entry = (more: object) => ({
    id: 'e',
    areaId: 'jinhua',
    changeId: 'c',
    categoryId: 'traffic',
    keywords: [] as string[],
    placeAreaId: null,
    unitId: 'police',
    basis: '三定方案第四条\n第二行',
    ...more,
  });
  const units = (...entries: object[]) => [
    ...dutiesFor(entries.map(entry), known, ['jindong', 'jinhua']).values(),
  ];

  it('fits by keyword, or by category where a line has none', () => {
    expect(units({ keywords: ['信号灯', '配时'] })).toMatchObject([
      { unitId: 'police', text: '派单目录里有「信号灯」' },
    ]);
    expect(units({})).toMatchObject([{ unitId: 'police', text: '派单目录：三定方案第四条' }]);
    expect(units({ keywords: ['校车'] }, { categoryId: 'health' })).toEqual([]);
  });

  it('holds for the place it names and below, and a named word outweighs a whole category', () => {
    expect(units({ placeAreaId: 'jindong' })).toHaveLength(1);
    expect(units({ placeAreaId: 'jinhua' })).toHaveLength(1);
    expect(units({ placeAreaId: 'yiwu' })).toEqual([]);
    const [named] = units({ keywords: ['信号灯'] }, {});
    expect(named?.text).toBe('派单目录里有「信号灯」');
  });
});
