/** 管理 of areas, units, people and grants: what the API answers. */
import { z } from 'zod';
import { TIERS } from '../words/index.ts';
import { unitRef } from './views.ts';

const tiers = Object.keys(TIERS) as [keyof typeof TIERS, ...(keyof typeof TIERS)[]];

/** One area of the tree, with what it needs to take part. */
export const areaItem = z.object({
  id: z.string(),
  name: z.string(),
  tier: z.enum(tiers),
  tierLabel: z.string(),
  /** Null for the topmost area this administrator sees. */
  parentId: z.string().nullable(),
  committee: unitRef.nullable(),
  /** Its own or, where it has none, that of the nearest area above. */
  dispatchOffice: unitRef.nullable(),
  /** Open units of exactly this area. */
  units: z.number(),
});
export type AreaItem = z.output<typeof areaItem>;

/** The tree, parents before their children. */
export const areaTree = z.object({ items: z.array(areaItem) });
export type AreaTree = z.output<typeof areaTree>;
