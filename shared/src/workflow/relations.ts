/** How an actor stands to a case, resolved from its grants and the case alone. */
import type { Role } from '../words/index.ts';
import type { Relation } from './actions.ts';
import type { Actor, Assignment, Capacity, Case, Grant } from './model.ts';
import type { World } from './world.ts';

/** What of the world a relation is resolved with. */
export type Surroundings = Pick<World, 'areaChain' | 'unitAbove' | 'holders'>;

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

/** The first author and those who joined: who is answered and may rate. */
export function authorsOf(c: Case): string[] {
  return c.authors.filter((a) => a.joined === 'first' || a.joined === 'accepted').map((a) => a.personId);
}

export function isAuthor(c: Case, personId: string): boolean {
  return authorsOf(c).includes(personId);
}

export function isInvited(c: Case, personId: string): boolean {
  return c.authors.some((a) => a.personId === personId && a.joined === 'invited');
}

/** The merged case through which somebody is an author here. */
export function mergedThrough(c: Case, personId: string): string | undefined {
  return isAuthor(c, personId) ? undefined : c.absorbed.find((a) => a.authors.includes(personId))?.caseId;
}

/** Whoever reported it, here or in a case merged into it: they do not review, dispatch, answer or check it (回避). */
export function hasReported(c: Case, personId: string): boolean {
  return isAuthor(c, personId) || c.absorbed.some((a) => a.authors.includes(personId));
}

/** Capacities that are a member's: shown as 委员 to those who may not know the name. */
export function isMembers(capacity: Capacity): boolean {
  return capacity.kind === 'author' || capacity.kind === 'mergedAuthor' || capacity.kind === 'supporter';
}

/** The case as the authors of one that was merged into it see it: its course under their own number, words and files. */
export function asMerged(survivor: Case, own: Case): Case {
  const { id, number, content, disclosure, authors, submittedAt } = own;
  return { ...survivor, id, number, content, disclosure, authors, submittedAt, originalContent: null };
}

/** The author the case goes on under: the first who is still in it. */
export function firstAuthor(c: Case): string | undefined {
  return c.authors.find((a) => a.joined === 'first')?.personId;
}

/**
 * The unit whose holders of the role act on the case: its own, or, where everybody there reported it, the same kind of
 * unit one tier up. Where holders were not looked up it is its own.
 */
export function actingUnit(
  c: Case,
  role: Extract<Role, 'reviewer' | 'dispatcher'>,
  world: Pick<World, 'unitAbove' | 'holders'>,
): string {
  const own = role === 'reviewer' ? c.committeeId : c.dispatchOfficeId;
  for (let unitId: string | undefined = own; unitId; unitId = world.unitAbove(unitId)) {
    const holders = world.holders(role, unitId);
    if (holders === null || holders.some((id) => !hasReported(c, id))) {
      return unitId;
    }
    if (holders.length === 0 && unitId === own) {
      return own; // an office nobody works in is a matter for the administrator, not a recusal
    }
  }
  return own;
}

/** The role that works on the case in a unit: its handlers, or its heads where every handler reported it. */
export function actingRole(c: Case, unitId: string, world: Pick<World, 'holders'>): 'handler' | 'head' {
  const handlers = world.holders('handler', unitId) ?? [];
  return handlers.length > 0 && handlers.every((id) => hasReported(c, id)) ? 'head' : 'handler';
}

/** Heads of the unit who may act on the case; null where they were not looked up. */
export function headsOf(c: Case, unitId: string, world: Pick<World, 'holders'>): string[] | null {
  return world.holders('head', unitId)?.filter((id) => !hasReported(c, id)) ?? null;
}

/** Whoever holds the case answers for it when it is supervised: the lead unit, else the dispatch office. */
export function supervisedUnit(c: Case): string {
  return (c.state === 'accepted' ? undefined : leadAssignment(c)?.unitId) ?? c.dispatchOfficeId;
}

const asGrant = (g: Grant): Capacity => ({
  kind: 'grant',
  role: g.role,
  unitId: g.unitId,
  areaId: g.areaId,
  ...(g.forPersonId ? { forPersonId: g.forPersonId } : {}),
});

type Resolver = (c: Case, personId: string, grants: readonly Grant[], world: Surroundings) => Capacity[];

const holding =
  (role: Grant['role'], fits: (g: Grant, c: Case, world: Surroundings) => boolean): Resolver =>
  (c, personId, grants, world) =>
    grants
      .filter((g) => g.role === role && fits(g, c, world))
      // The substitute of somebody who reported the case is as recused as they are.
      .filter((g) => !(g.forPersonId && RECUSED_ROLES.has(role) && hasReported(c, g.forPersonId)))
      .map(asGrant);

const RECUSED_ROLES: ReadonlySet<Role> = new Set<Role>([
  'reviewer',
  'dispatcher',
  'handler',
  'head',
  'inspector',
  'leader',
]);

const inAreaOrAbove = (g: Grant, c: Case, world: Surroundings): boolean =>
  world.areaChain(c.areaId).includes(g.areaId);

const author = (is: boolean): Capacity[] => (is ? [{ kind: 'author' }] : []);

/** Whoever works on it in a unit that fits. */
const working =
  (fits: (unitId: string, c: Case) => boolean): Resolver =>
  (c, personId, grants, world) =>
    (['handler', 'head'] as const).flatMap((role) =>
      holding(role, (g) => g.unitId !== null && fits(g.unitId, c) && actingRole(c, g.unitId, world) === role)(
        c,
        personId,
        grants,
        world,
      ),
    );

const supervisedBy: Resolver = (c, personId, grants, world) => {
  const unitId = supervisedUnit(c);
  const heads = headsOf(c, unitId, world);
  const role = unitId === c.dispatchOfficeId ? 'dispatcher' : 'handler';
  const roles: readonly Role[] = heads?.length === 0 ? ['head', role] : ['head'];
  return roles.flatMap((r) => holding(r, (g) => g.unitId === unitId)(c, personId, grants, world));
};

const RESOLVERS: Record<Exclude<Relation, 'timer' | 'platform' | 'staff'>, Resolver> = {
  author: (c, personId) => author(isAuthor(c, personId)),
  firstAuthor: (c, personId) => author(firstAuthor(c) === personId),
  invited: (c, personId) => author(isInvited(c, personId)),
  mergedAuthor: (c, personId) => {
    const caseId = mergedThrough(c, personId);
    return caseId ? [{ kind: 'mergedAuthor', caseId }] : [];
  },
  supporter: (c, personId) =>
    c.supporters.some((s) => s.personId === personId) ? [{ kind: 'supporter' }] : [],
  filer: (c, personId, grants, world) =>
    c.filedBy === personId
      ? holding('reviewer', (g) => g.unitId === c.committeeId)(c, personId, grants, world)
      : [],
  member: holding('member', (g, c, world) => c.disclosure.openness !== 'staff' && inAreaOrAbove(g, c, world)),
  reviewer: holding('reviewer', (g, c, world) => g.unitId === actingUnit(c, 'reviewer', world)),
  dispatcher: holding('dispatcher', (g, c, world) => g.unitId === actingUnit(c, 'dispatcher', world)),
  leadHandler: working((unitId, c) => leadAssignment(c)?.unitId === unitId),
  coHandler: working((unitId, c) => coAssignment(c, unitId) !== undefined),
  ratedHandler: working((unitId, c) => c.replies.some((r) => r.unitId === unitId)),
  head: holding('head', (g, c) => leadAssignment(c)?.unitId === g.unitId),
  supervised: supervisedBy,
  inspector: holding('inspector', inAreaOrAbove),
  leader: holding('leader', inAreaOrAbove),
};

const STAFF: readonly (keyof typeof RESOLVERS)[] = [
  'reviewer',
  'dispatcher',
  'leadHandler',
  'coHandler',
  'head',
  'inspector',
];
/** Relations in which whoever reported the case must not act on it (回避). */
const RECUSED: ReadonlySet<Relation> = new Set<Relation>([
  ...STAFF,
  'leader',
  'staff',
  'ratedHandler',
  'supervised',
]);

export interface Standing {
  relation: Relation;
  capacity: Capacity;
}

/** Every way the actor may take part as one of `wanted`, best first; `recused` when only 回避 stands in the way. */
export function standings(
  c: Case,
  actor: Actor,
  wanted: readonly Relation[],
  world: Surroundings,
): { found: Standing[]; recused: boolean } {
  if (actor.kind === 'timer') {
    return {
      found: wanted.includes('timer') ? [{ relation: 'timer', capacity: { kind: 'timer' } }] : [],
      recused: false,
    };
  }
  if (actor.kind === 'platform') {
    const { platformId } = actor;
    const capacity: Capacity = { kind: 'platform', platformId, unitId: null };
    const own = wanted.includes('platform') && c.handledBy === platformId;
    return { found: own ? [{ relation: 'platform', capacity }] : [], recused: false };
  }
  const found: Standing[] = [];
  let recused = false;
  const relations = wanted.flatMap((w): readonly Relation[] => (w === 'staff' ? STAFF : [w]));
  for (const relation of relations) {
    if (relation === 'timer' || relation === 'platform' || relation === 'staff') {
      continue;
    }
    const capacities = RESOLVERS[relation](c, actor.personId, actor.grants, world);
    if (capacities.length > 0 && RECUSED.has(relation) && hasReported(c, actor.personId)) {
      recused = true;
      continue;
    }
    found.push(...capacities.map((capacity) => ({ relation, capacity })));
  }
  return { found, recused };
}
