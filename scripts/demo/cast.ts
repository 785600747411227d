/** The demo's people as the database has them: who holds which role where. */
import type { Actor } from '../../shared/src/workflow/index.ts';
import type { App } from '../../server/src/app.ts';
import { actorOf } from '../../server/src/people/index.ts';

export const CITY_COMMITTEE = '金华市政协';
export const CITY_OFFICE = '金华市三服务办';

export interface DemoMember {
  actor: Actor;
  personId: string;
  userId: string;
}

export interface Cast {
  /** Members of a committee in the roster's order. */
  membersOf(committee: string): DemoMember[];
  /** The first holder of a role in a unit, in that role alone. Inspectors and leaders sit in areas: the first there is. */
  of(role: string, unit: string): Actor;
  /** The same person with all they may do at the moment, for others too. */
  now(role: string, unit: string): Promise<Actor>;
}

const IN_AREAS = ['inspector', 'leader', 'admin'];

export async function peopleOf(app: App): Promise<Cast> {
  const rows = await app.store.read((db) =>
    db
      .selectFrom('role_grant')
      .leftJoin('unit', 'unit.id', 'role_grant.unit_id')
      .innerJoin('account', 'account.person_id', 'role_grant.person_id')
      .select([
        'role_grant.person_id',
        'role_grant.role',
        'role_grant.unit_id',
        'role_grant.area_id',
        'unit.name',
        'account.user_id',
      ])
      // The history is played by those in DingTalk.
      .where('account.host_id', '=', app.config.dingtalk.hostId)
      .orderBy('account.user_id')
      .execute(),
  );
  const acting = (r: (typeof rows)[number]): Actor => ({
    kind: 'person',
    personId: r.person_id,
    grants: [{ role: r.role as 'member', unitId: r.unit_id, areaId: r.area_id }],
  });
  const rowOf = (role: string, unit: string): (typeof rows)[number] => {
    const found = rows.find((r) => r.role === role && (IN_AREAS.includes(role) || r.name === unit));
    if (!found) {
      throw new Error(`the demo has no ${role} in ${unit}`);
    }
    return found;
  };
  return {
    membersOf: (committee) =>
      rows
        .filter((r) => r.role === 'member' && r.name === committee)
        .map((r) => ({ actor: acting(r), personId: r.person_id, userId: r.user_id })),
    of: (role, unit) => acting(rowOf(role, unit)),
    async now(role, unit) {
      const { person_id: personId } = rowOf(role, unit);
      const found = await app.store.read((db) => actorOf(db, personId, app.clock.businessNow()));
      if (!found) {
        throw new Error(`nobody acts for ${role} in ${unit}`);
      }
      return found.actor;
    },
  };
}
