/** 管理 of areas, units, people and grants. Whom an administrator may touch is decided in people/. */
import { areaTree } from '@minqing/shared/contract';
import type { HttpDeps } from '../deps.ts';
import { signedOn } from './factories.ts';

export function peopleEndpoints({ people }: HttpDeps) {
  const areas = signedOn.build({
    tag: 'admin',
    summary: 'The areas I administer, as a tree',
    operationId: 'adminAreas',
    output: areaTree.meta({ id: 'AreaTree' }),
    handler: async ({ ctx }) => people.admin.areas(ctx.identity.actor),
  });

  return { areas };
}
