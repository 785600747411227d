import type { MeView, QueuesView } from '@minqing/shared/contract';
import { QUEUES } from '@minqing/shared/workflow';
import type { World } from './world.ts';

/** The desks of a person: one for each grant that has queues, with the counts of the world's lists. */
export function queuesOf(world: World, me: MeView): QueuesView {
  const desks = me.grants.map((grant) => {
    const id = grant.role === 'member' ? 'member' : `${grant.role}:${grant.unit?.id ?? grant.area.id}`;
    const queues = (QUEUES[grant.role] ?? []).map((queue) => ({
      id: queue.id,
      label: queue.label,
      group: queue.group,
      tone: queue.tone,
      count: (grant.role === 'member' ? world.mine : (world.lists.get(`${id}/${queue.id}`) ?? [])).length,
    }));
    return {
      id,
      role: grant.role,
      title: grant.unit?.name ?? grant.area.name,
      subtitle: `${me.person.name} · ${grant.roleLabel}`,
      queues,
    };
  });
  return { desks: desks.filter((desk) => desk.queues.length > 0), asOf: '2026-07-07T14:46:00+08:00' };
}
