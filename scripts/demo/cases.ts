/**
 * The demo's reports: real kinds of matters at real places of Jinhua, told by invented people (cases.json). Each names
 * the course it takes (paths.ts) and when it was filed, in working hours before the demo's present.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CATEGORIES } from '../../shared/src/words/index.ts';
import { PATHS, type PathName } from './paths.ts';

const PATH_NAMES = Object.keys(PATHS) as [PathName, ...PathName[]];
const text = z.string().min(1);

const demoCase = z.strictObject({
  title: text,
  situation: text,
  suggestion: z.string(),
  category: z.enum(CATEGORIES.map(([id]) => id)),
  /** National administrative code of the place's area. */
  areaId: z.string().regex(/^3307\d\d$/),
  place: text,
  /** Name of the lead unit, then of the co-handler. */
  unit: text,
  co: text.optional(),
  path: z.enum(PATH_NAMES),
  /** Filed this many working hours before the demo begins. */
  hoursAgo: z.number().positive(),
  /** Index of the author among the city's members; 0 is 林淑芬. With `county`, and `ofCounty`, among that county's. */
  author: z.int().min(0),
  /** Members asked to join, by the same index. */
  with: z.array(z.int().min(0)).optional(),
  /** Title of the case it is merged into. */
  into: text.optional(),
  /** The county that has a part in it: code of its area. */
  county: z
    .string()
    .regex(/^3307\d\d$/)
    .optional(),
  /** Its author is a member of the county's committee, and files there. */
  ofCounty: z.boolean().optional(),
  reply: text.optional(),
  anonymous: z.boolean().optional(),
});

export type DemoCase = z.infer<typeof demoCase>;

/** Every report of the demo, in the order of the file; a wrong line stops the loading with its place and field. */
export const DEMO_CASES: readonly DemoCase[] = z
  .array(demoCase)
  .parse(JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')));
