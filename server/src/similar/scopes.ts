/** Where a viewer may look for like cases: areas and audiences in SQL terms. What one case shows is sight's to say. */
import type { Actor } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Audience, Scope } from './open.words.ts';

const GOVERNMENT: readonly Audience[] = ['staff', 'members'];

export function scopesOf(viewer: Actor, areaIds: readonly string[], directory: Directory): Scope[] {
  if (viewer.kind !== 'person') {
    return [];
  }
  return [...new Set(areaIds)].flatMap((areaId) => {
    const chain = directory.areaChain(areaId);
    const audiences = viewer.grants.flatMap((g): readonly Audience[] => {
      switch (g.role) {
        case 'member':
          return chain.includes(g.areaId) ? ['members'] : [];
        case 'reviewer':
          return directory.committeeOf(areaId)?.id === g.unitId ? ['committee', ...GOVERNMENT] : [];
        case 'dispatcher':
          return directory.dispatchOfficeOf(areaId)?.id === g.unitId ? GOVERNMENT : [];
        case 'inspector':
        case 'leader':
          return chain.includes(g.areaId) ? GOVERNMENT : [];
        default:
          return [];
      }
    });
    return [...new Set(audiences)].map((audience) => ({ areaId, audience }));
  });
}
