/** How an actor stands to a case, resolved from its grants and the case alone. */
import type { Relation } from './actions.ts';
import type { Actor, Assignment, Capacity, Case, Grant } from './model.ts';
import type { World } from './world.ts';

const ACTIVE_ASSIGNMENT = new Set(['unsigned', 'handling']);

/** The lead assignment that answers for the case now, if any. */
export function leadAssignment(c: Case): Assignment | undefined {
  return c.assignments.findLast(
    (a) => a.part === 'lead' && a.round === c.round && a.state !== 'cancelled' && a.state !== 'returned',
  );
}

/** Co-handler assignments of the current round that may still act. */
export function openCoAssignments(c: Case): Assignment[] {
  return c.assignments.filter(
    (a) => a.part === 'co' && a.round === c.round && ACTIVE_ASSIGNMENT.has(a.state),
  );
}

/** The co-handler assignment a unit has in the current round; the latest decides, and one taken off or given back is none. */
export function coAssignment(c: Case, unitId: string | null): Assignment | undefined {
  const latest = c.assignments.findLast((a) => a.part === 'co' && a.round === c.round && a.unitId === unitId);
  return latest && latest.state !== 'cancelled' && latest.state !== 'returned' ? latest : undefined;
}

export function isAuthor(c: Case, personId: string): boolean {
  return c.authors.some((a) => a.personId === personId && (a.joined === 'first' || a.joined === 'accepted'));
}

/** The author the case goes on under: the first who is still in it. */
export function firstAuthor(c: Case): string | undefined {
  return c.authors.find((a) => a.joined === 'first')?.personId;
}

const asGrant = (g: Grant): Capacity => ({ kind: 'grant', role: g.role, unitId: g.unitId, areaId: g.areaId });

type Resolver = (
  c: Case,
  personId: string,
  grants: readonly Grant[],
  world: Pick<World, 'areaChain'>,
) => Capacity[];

const holding =
  (role: Grant['role'], fits: (g: Grant, c: Case, world: Pick<World, 'areaChain'>) => boolean): Resolver =>
  (c, _personId, grants, world) =>
    grants.filter((g) => g.role === role && fits(g, c, world)).map(asGrant);

const inAreaOrAbove = (g: Grant, c: Case, world: Pick<World, 'areaChain'>): boolean =>
  world.areaChain(c.areaId).includes(g.areaId);

const RESOLVERS: Record<Exclude<Relation, 'timer' | 'platform' | 'staff'>, Resolver> = {
  author: (c, personId) => (isAuthor(c, personId) ? [{ kind: 'author' }] : []),
  firstAuthor: (c, personId) => (firstAuthor(c) === personId ? [{ kind: 'author' }] : []),
  invited: (c, personId) =>
    c.authors.some((a) => a.personId === personId && a.joined === 'invited') ? [{ kind: 'author' }] : [],
  member: holding('member', (g, c, world) => c.disclosure.openness !== 'staff' && inAreaOrAbove(g, c, world)),
  reviewer: holding('reviewer', (g, c) => g.unitId === c.committeeId),
  dispatcher: holding('dispatcher', (g, c) => g.unitId === c.dispatchOfficeId),
  leadHandler: holding('handler', (g, c) => leadAssignment(c)?.unitId === g.unitId),
  coHandler: holding('handler', (g, c) => coAssignment(c, g.unitId) !== undefined),
  head: holding('head', (g, c) => leadAssignment(c)?.unitId === g.unitId),
  inspector: holding('inspector', inAreaOrAbove),
  leader: holding('leader', inAreaOrAbove),
};

const STAFF: readonly (keyof typeof RESOLVERS)[] = [
  'reviewer',
  'dispatcher',
  'leadHandler',
  'coHandler',
  'inspector',
];
/** Relations in which whoever reported the case must not act on it (回避). */
const RECUSED: ReadonlySet<Relation> = new Set<Relation>([...STAFF, 'head', 'leader', 'staff']);

export interface Standing {
  relation: Relation;
  capacity: Capacity;
}

/** Every way the actor may take part as one of `wanted`, best first; `recused` when only 回避 stands in the way. */
export function standings(
  c: Case,
  actor: Actor,
  wanted: readonly Relation[],
  world: Pick<World, 'areaChain'>,
): { found: Standing[]; recused: boolean } {
  if (actor.kind === 'timer') {
    return {
      found: wanted.includes('timer') ? [{ relation: 'timer', capacity: { kind: 'timer' } }] : [],
      recused: false,
    };
  }
  if (actor.kind === 'platform') {
    const capacity: Capacity = { kind: 'platform', platformId: actor.platformId };
    return { found: wanted.includes('platform') ? [{ relation: 'platform', capacity }] : [], recused: false };
  }
  const found: Standing[] = [];
  let recused = false;
  const relations = wanted.flatMap((w): readonly Relation[] => (w === 'staff' ? STAFF : [w]));
  for (const relation of relations) {
    if (relation === 'timer' || relation === 'platform' || relation === 'staff') {
      continue;
    }
    const capacities = RESOLVERS[relation](c, actor.personId, actor.grants, world);
    if (capacities.length > 0 && RECUSED.has(relation) && isAuthor(c, actor.personId)) {
      recused = true;
      continue;
    }
    found.push(...capacities.map((capacity) => ({ relation, capacity })));
  }
  return { found, recused };
}
