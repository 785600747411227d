/** Whom an audience means as the case stands: one rule for those who enumerate people and those who ask about one. */
import type { Role } from '../words/index.ts';
import { duties } from './duties.ts';
import type { Actor, Audience, Case } from './model.ts';
import {
  actingRole,
  actingUnit,
  authorsOf,
  firstAuthor,
  hasReported,
  headsOf,
  supervisedUnit,
  type Surroundings,
} from './relations.ts';

/** People by name, or whoever holds a role in a unit or in any of some areas. */
export type Holding = { personIds: readonly string[] } | RoleHolding;
export type RoleHolding = { role: Role } & ({ unitId: string } | { areaIds: readonly string[] });

type Context = Surroundings & { leftOffice(personId: string): boolean };

/** Who is meant. Whoever reported the case is never meant by a role (回避): see {@link isMeant}. */
export function holdingsOf(c: Case, audience: Audience, world: Context): Holding[] {
  switch (audience.to) {
    case 'authors':
      return [{ personIds: authorsOf(c).filter((id) => !world.leftOffice(id)) }];
    case 'firstAuthor':
      return [{ personIds: [firstAuthor(c)].filter((id) => id !== undefined) }];
    case 'supporters':
      return [{ personIds: c.supporters.map((s) => s.personId) }];
    case 'person':
      return [{ personIds: [audience.personId] }];
    case 'reviewers':
      return [{ role: 'reviewer', unitId: actingUnit(c, 'reviewer', world) }];
    case 'dispatchers':
      return [{ role: 'dispatcher', unitId: actingUnit(c, 'dispatcher', world) }];
    case 'inspectors':
      return [{ role: 'inspector', areaIds: world.areaChain(c.areaId) }];
    case 'platform':
      return [];
    case 'leaders':
      return [{ role: 'leader', areaIds: world.areaChain(c.areaId) }];
    case 'unit':
      return [
        {
          role: audience.role === 'handler' ? actingRole(c, audience.unitId, world) : 'head',
          unitId: audience.unitId,
        },
      ];
    case 'supervised':
      return supervisedHoldings(c, world);
    case 'movers':
      return duties(c, world.leftOffice)
        .filter((d) => d.holds)
        .flatMap((d) => holdingsOf(c, d.audience, world));
  }
}

function supervisedHoldings(c: Case, world: Context): Holding[] {
  const unitId = supervisedUnit(c);
  const head: Holding = { role: 'head', unitId };
  const role = unitId === c.dispatchOfficeId ? 'dispatcher' : 'handler';
  return headsOf(c, unitId, world)?.length === 0 ? [head, { role, unitId }] : [head];
}

/** Whether this person is among those meant. */
export function isMeant(
  c: Case,
  audience: Audience,
  person: Extract<Actor, { kind: 'person' }>,
  world: Context,
): boolean {
  return holdingsOf(c, audience, world).some((holding) => {
    if ('personIds' in holding) {
      return holding.personIds.includes(person.personId);
    }
    return (
      !hasReported(c, person.personId) &&
      person.grants.some(
        (g) =>
          g.role === holding.role &&
          !(g.forPersonId && hasReported(c, g.forPersonId)) &&
          ('unitId' in holding ? g.unitId === holding.unitId : holding.areaIds.includes(g.areaId)),
      )
    );
  });
}
