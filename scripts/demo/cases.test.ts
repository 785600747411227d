import { describe, expect, it } from 'vitest';
import { DEMO_CASES } from './cases.ts';
import { PATHS } from './paths.ts';
import { AREAS, UNITS } from './places.ts';

describe("the demo's reports", () => {
  it('have titles of their own, since their ids are made from them', () => {
    expect(new Set(DEMO_CASES.map((demo) => demo.title)).size).toBe(DEMO_CASES.length);
  });

  it('name units and areas the demo has, and no unit twice in one case', () => {
    const units = new Set(UNITS.map((unit) => unit.name));
    const areas = new Set(AREAS.map((area) => String(area.code)));
    for (const demo of DEMO_CASES) {
      expect([...(demo.co ? [demo.co] : []), demo.unit].filter((unit) => !units.has(unit))).toEqual([]);
      expect(areas).toContain(demo.areaId);
      expect(demo.co).not.toBe(demo.unit);
    }
  });

  it('ask other members to join, and are merged into a report there is', () => {
    const titles = DEMO_CASES.map((demo) => demo.title);
    for (const demo of DEMO_CASES) {
      expect(demo.with ?? []).not.toContain(demo.author);
      expect([demo.into ?? titles[0]].filter((title) => !titles.includes(title ?? ''))).toEqual([]);
      expect(demo.into !== undefined).toBe(demo.path === 'merged');
    }
  });

  it('take every course at least once', () => {
    const taken = new Set<string>(DEMO_CASES.map((demo) => demo.path));
    expect(Object.keys(PATHS).filter((path) => !taken.has(path))).toEqual([]);
  });
});
