/**
 * What an administrator may ask and do about areas, units, people and grants. Everything begins with `administering`;
 * changes follow one another, take effect once for a request, and are in the audit log.
 */
import type {
  AreaTree,
  HeadApproval,
  HostDepartmentView,
  ImpactView,
  PersonDetail,
  PersonPage,
  UnitDetail,
  UnitPage,
} from '@minqing/shared/contract';
import type { UnitType } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../../clock.ts';
import { changeOnce, type ChangeRequest, type Reader, type Store, type Tx } from '../../store/index.ts';
import { administering, type Administering } from '../administering.ts';
import type { PhoneVault } from '../crypto.ts';
import type { Directory } from '../directory.ts';
import { addArea, areaTreeOf, changeArea, removeArea, type NewArea } from './areas.ts';
import { findDepartments, linkDepartment } from './departments.ts';
import { giveGrant, type NewGrant } from './grants.ts';
import { endAllGrants, endGrant, impactOfGrant, impactOfLeaving } from './grants.end.ts';
import { addPerson, changeMembership, changePerson, type PersonWords } from './persons.ts';
import { listPeople, personDetail, type PersonDeps, type PersonQuery } from './persons.queries.ts';
import { serialise } from './serialise.ts';
import {
  addUnit,
  changeUnit,
  impactOfStopping,
  listUnits,
  setActive,
  unitDetail,
  type UnitQuery,
  type UnitWords,
} from './units.ts';

export type { NewArea } from './areas.ts';
export type { NewGrant } from './grants.ts';
export type { PersonQuery } from './persons.queries.ts';
export type { PersonWords } from './persons.ts';
export type { UnitQuery, UnitWords } from './units.ts';

/** Every method throws forbidden for who administers nothing, or not the area it is about. */
export interface PeopleAdmin {
  /** The tree of the areas the viewer administers. */
  areas(viewer: Actor): Promise<AreaTree>;
  addArea(viewer: Actor, wanted: NewArea, request: ChangeRequest): Promise<string>;
  changeArea(
    viewer: Actor,
    areaId: string,
    change: { name: string; prefix: string },
    request: ChangeRequest,
  ): Promise<void>;
  /** Only while nothing names it. */
  removeArea(viewer: Actor, areaId: string, request: ChangeRequest): Promise<void>;

  units(viewer: Actor, query: UnitQuery): Promise<UnitPage>;
  unit(viewer: Actor, unitId: string): Promise<UnitDetail>;
  addUnit(
    viewer: Actor,
    wanted: UnitWords & { type: UnitType; areaId: string },
    request: ChangeRequest,
  ): Promise<string>;
  changeUnit(
    viewer: Actor,
    unitId: string,
    change: UnitWords & { type: UnitType; areaId: string; headApproval: HeadApproval },
    request: ChangeRequest,
  ): Promise<void>;
  impactOfStopping(viewer: Actor, unitId: string): Promise<ImpactView>;
  /** `seen` is the number of open cases the viewer was shown; another number refuses the change. */
  setUnitActive(
    viewer: Actor,
    unitId: string,
    active: boolean,
    seen: number,
    request: ChangeRequest,
  ): Promise<void>;
  departments(viewer: Actor, q: string): Promise<HostDepartmentView[]>;
  linkDepartment(
    viewer: Actor,
    wanted: { hostId: string; departmentId: string; unitId: string | null },
    request: ChangeRequest,
  ): Promise<void>;

  people(viewer: Actor, query: PersonQuery): Promise<PersonPage>;
  person(viewer: Actor, personId: string): Promise<PersonDetail>;
  addPerson(
    viewer: Actor,
    wanted: PersonWords & { hostId: string; userId: string },
    request: ChangeRequest,
  ): Promise<string>;
  changePerson(viewer: Actor, personId: string, change: PersonWords, request: ChangeRequest): Promise<void>;
  changeMembership(
    viewer: Actor,
    membershipId: string,
    change: { sector: string; specialCommittee: string; term: string },
    request: ChangeRequest,
  ): Promise<void>;

  giveGrant(viewer: Actor, wanted: NewGrant, request: ChangeRequest): Promise<string>;
  impactOfGrant(viewer: Actor, grantId: string, toDate: string | null): Promise<ImpactView>;
  /** Answers whose grant it was. */
  endGrant(
    viewer: Actor,
    grantId: string,
    end: { toDate: string | null; seen: number },
    request: ChangeRequest,
  ): Promise<string>;
  impactOfLeaving(viewer: Actor, personId: string): Promise<ImpactView>;
  /** Ends all the roles the viewer may end. */
  endAllGrants(viewer: Actor, personId: string, seen: number, request: ChangeRequest): Promise<void>;
}

interface Deps {
  store: Store;
  clock: Clock;
  directory: Directory;
  vault: PhoneVault;
}

export function createPeopleAdmin({ store, clock, directory, vault }: Deps): PeopleAdmin {
  const personDeps = (): PersonDeps => ({
    directory,
    vault,
    now: clock.businessNow(),
    machineNow: clock.machineNow(),
  });

  const read = <T>(viewer: Actor, fn: (db: Reader, scope: Administering) => Promise<T>): Promise<T> => {
    const scope = administering(viewer, directory);
    return store.read((db) => fn(db, scope));
  };

  /** Asks who administers what inside the method, so that a refusal is a rejection like every other. */
  async function change(
    viewer: Actor,
    request: ChangeRequest,
    fn: (tx: Tx, scope: Administering, now: number) => Promise<string | void>,
  ): Promise<string> {
    const scope = administering(viewer, directory);
    const changed = await changeOnce(store, request, clock.machineNow(), async (tx) => {
      await serialise(tx);
      return (await fn(tx, scope, clock.businessNow())) ?? '';
    });
    // The answer's reader looks at once; other processes follow within a minute.
    await directory.refresh();
    return changed;
  }

  const done = async (changed: Promise<string>): Promise<void> => {
    await changed;
  };

  return {
    areas: async (viewer) => read(viewer, (db, scope) => areaTreeOf(db, directory, scope)),
    addArea: (viewer, wanted, request) =>
      change(viewer, request, (tx, scope, now) => addArea(tx, scope, wanted, now)),
    changeArea: (viewer, areaId, wanted, request) =>
      done(change(viewer, request, (tx, scope, now) => changeArea(tx, scope, areaId, wanted, now))),
    removeArea: (viewer, areaId, request) =>
      done(change(viewer, request, (tx, scope, now) => removeArea(tx, scope, areaId, now))),

    units: async (viewer, query) =>
      read(viewer, (db, scope) => listUnits(db, directory, scope, query, clock.businessNow())),
    unit: async (viewer, unitId) =>
      read(viewer, (db, scope) => unitDetail(db, directory, scope, unitId, clock.businessNow())),
    addUnit: (viewer, wanted, request) =>
      change(viewer, request, (tx, scope, now) => addUnit(tx, scope, wanted, now)),
    changeUnit: (viewer, unitId, wanted, request) =>
      done(change(viewer, request, (tx, scope, now) => changeUnit(tx, scope, unitId, wanted, now))),
    impactOfStopping: async (viewer, unitId) =>
      read(viewer, (db, scope) => impactOfStopping(db, scope, unitId)),
    setUnitActive: (viewer, unitId, active, seen, request) =>
      done(change(viewer, request, (tx, scope, now) => setActive(tx, scope, unitId, active, seen, now))),
    departments: async (viewer, q) => read(viewer, (db) => findDepartments(db, directory, q)),
    linkDepartment: (viewer, wanted, request) =>
      done(change(viewer, request, (tx, scope, now) => linkDepartment(tx, directory, scope, wanted, now))),

    people: async (viewer, query) => read(viewer, (db, scope) => listPeople(db, scope, query, personDeps())),
    person: async (viewer, personId) =>
      read(viewer, (db, scope) => personDetail(db, scope, personId, personDeps())),
    addPerson: (viewer, wanted, request) =>
      change(viewer, request, (tx, scope) => addPerson(tx, scope, wanted, personDeps())),
    changePerson: (viewer, personId, wanted, request) =>
      done(change(viewer, request, (tx, scope) => changePerson(tx, scope, personId, wanted, personDeps()))),
    changeMembership: (viewer, membershipId, wanted, request) =>
      done(
        change(viewer, request, (tx, scope) =>
          changeMembership(tx, scope, membershipId, wanted, personDeps()),
        ),
      ),

    giveGrant: (viewer, wanted, request) =>
      change(viewer, request, (tx, scope, now) => giveGrant(tx, directory, scope, wanted, now)),
    impactOfGrant: async (viewer, grantId, toDate) =>
      read(viewer, (db, scope) => impactOfGrant(db, directory, scope, grantId, toDate, clock.businessNow())),
    endGrant: (viewer, grantId, end, request) =>
      change(viewer, request, (tx, scope, now) => endGrant(tx, directory, scope, grantId, end, now)),
    impactOfLeaving: async (viewer, personId) =>
      read(viewer, (db, scope) => impactOfLeaving(db, directory, scope, personId, clock.businessNow())),
    endAllGrants: (viewer, personId, seen, request) =>
      done(
        change(viewer, request, (tx, scope, now) => endAllGrants(tx, directory, scope, personId, seen, now)),
      ),
  };
}
