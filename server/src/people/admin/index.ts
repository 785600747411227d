/** What an administrator may ask and do about areas, units, people and grants. Everything begins with `administering`. */
import type { AreaTree } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { administering } from '../administering.ts';
import type { Directory } from '../directory.ts';
import { areaTreeOf } from './areas.ts';

export interface PeopleAdmin {
  /** The tree of the areas the viewer administers. */
  areas(viewer: Actor): Promise<AreaTree>;
}

export function createPeopleAdmin({ directory }: { directory: Directory }): PeopleAdmin {
  return {
    areas: async (viewer) => areaTreeOf(directory, administering(viewer, directory)),
  };
}
