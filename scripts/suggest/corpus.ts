/** Reports with the unit that should lead them and their category: what suggestions are measured on. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CATEGORIES } from '../../shared/src/words/index.ts';
import type { Lesson } from '../../server/src/suggest/lessons.ts';
import { featuresOf } from '../../server/src/suggest/lessons.ts';
import { DEMO_CASES } from '../demo/cases.ts';

const AREA = 'jinhua';
const read = (path: string): string[] =>
  readFileSync(new URL(path, import.meta.url), 'utf8')
    .trim()
    .split('\n');

const line = z.tuple([
  z.string().min(1),
  z.enum(CATEGORIES.map(([id]) => id)),
  z.string().regex(/^3307\d\d$/),
  z.string().min(1),
  z.string().min(1),
]);

/** The city's units by the short name the corpus uses; a county's keep their whole name. */
function shortNames(): Map<string, string> {
  const rows = read('../demo/units.csv')
    .slice(1)
    .map((row) => row.split(','));
  return new Map(rows.map(([name = '', short = '', , area]) => [name, area === '金华市' ? short : name]));
}

/** Every report, in one fixed order that mixes units. */
export function corpus(): Lesson[] {
  const lesson = (
    unitId: string,
    categoryId: string,
    placeAreaId: string,
    title: string,
    situation: string,
    placeText = '',
  ): Lesson => ({
    areaId: AREA,
    unitId,
    categoryId,
    features: featuresOf({ title, situation, placeText, placeAreaId, categoryId }),
  });
  const written = read('corpus.tsv')
    .filter((row) => !row.startsWith('#'))
    .map((row) => lesson(...line.parse(row.split('\t'))));
  const names = shortNames();
  const demo = DEMO_CASES.map((d) =>
    lesson(names.get(d.unit) ?? d.unit, d.category, d.areaId, d.title, d.situation, d.place),
  );
  // A stride that shares no factor with a prime puts every report in another place, the same on every run.
  const all = [...written, ...demo];
  return all
    .map((each, i) => ({ each, key: (i * 7_919) % 10_007 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ each }) => each);
}
