import type { MeView, QueuesView } from '@minqing/shared/contract';
import { QUEUES } from '@minqing/shared/workflow';
import type { World } from './world.ts';

/** The desks of a person: one for each grant that has queues, with the counts of the world's lists. */
export function queuesOf(world: World, me: MeView): QueuesView {
  const desks = me.grants.map((grant) => {
    const id = grant.role === 'member' ? 'member' : `${grant.role}:${grant.unit?.id ?? grant.area.id}`;
    const rowsOf = (queueId: string): readonly unknown[] =>
      grant.role === 'member' ? world.mine : (world.lists.get(`${id}/${queueId}`) ?? []);
    const queues = (QUEUES[grant.role] ?? [])
      .filter((queue) => !queue.filter.stepped || rowsOf(queue.id).length > 0)
      .map(({ filter: _filter, ...queue }) => ({ ...queue, count: rowsOf(queue.id).length }));
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
