import { readFileSync } from 'node:fs';
import type { DirectoryDepartment, DirectoryFile, DirectoryPerson, HostKind } from './config.ts';
import type { Kept } from './keeping.ts';

export const ROOT_DEPARTMENT = 1;

/** What a directory change did, so that the contact events can be sent. */
export type DirectoryChange =
  | { kind: 'joined' | 'left'; person: DirectoryPerson }
  | {
      kind: 'modified';
      person: DirectoryPerson;
      prev: Partial<DirectoryPerson>;
      curr: Partial<DirectoryPerson>;
    }
  | {
      kind: 'departmentCreated' | 'departmentModified' | 'departmentRemoved';
      department: DirectoryDepartment;
    };

/** The fields of a person that may be changed while the messenger runs. */
export type PersonPatch = Partial<
  Pick<DirectoryPerson, 'name' | 'mobile' | 'title' | 'departmentIds' | 'roles' | 'unit' | 'area'>
>;

/** The people of one messenger: its API knows nobody of the other. */
export interface HostDirectory {
  people(): DirectoryPerson[];
  byUserid(userid: string): DirectoryPerson | undefined;
  byUnionid(unionid: string): DirectoryPerson | undefined;
  byMobile(mobile: string): DirectoryPerson | undefined;
  /** Direct members of a department. */
  membersOf(id: number): DirectoryPerson[];
}

export interface Directory extends Kept {
  people(): DirectoryPerson[];
  on(host: HostKind): HostDirectory;
  departments(): DirectoryDepartment[];
  person(id: string): DirectoryPerson | undefined;
  department(id: number): DirectoryDepartment | undefined;
  childrenOf(id: number): DirectoryDepartment[];
  /** The department itself, then its parents up to the root. */
  lineOf(id: number): number[];
  /** Whether one of the person's departments is one of these or below one. */
  isWithin(person: DirectoryPerson, departmentIds: readonly number[]): boolean;
  patchPerson(id: string, patch: PersonPatch): DirectoryChange | undefined;
  addPerson(person: DirectoryPerson): DirectoryChange | undefined;
  removePerson(id: string): DirectoryChange | undefined;
  putDepartment(department: DirectoryDepartment): DirectoryChange;
  removeDepartment(id: number): DirectoryChange | undefined;
  reset(): void;
}

/** Reads a directory file and checks that its ids are unique and its references lead somewhere. */
export function loadDirectory(source: string | DirectoryFile): DirectoryFile {
  const file: DirectoryFile =
    typeof source === 'string' ? (JSON.parse(readFileSync(source, 'utf8')) as DirectoryFile) : source;
  const ids = new Set(file.departments.map((department) => department.id));
  if (!ids.has(ROOT_DEPARTMENT)) {
    throw new Error('directory: the root department 1 is missing');
  }
  for (const department of file.departments) {
    if (
      department.id !== ROOT_DEPARTMENT &&
      (department.parentId === null || !ids.has(department.parentId))
    ) {
      throw new Error(`directory: department ${department.id} ${department.name} has no parent`);
    }
  }
  for (const key of ['id', 'userid', 'unionid', 'mobile'] as const) {
    const seen = new Set<string>();
    for (const person of file.people) {
      if (person[key] === '' || seen.has(person[key])) {
        throw new Error(`directory: ${key} "${person[key]}" of ${person.name} is empty or used twice`);
      }
      seen.add(person[key]);
    }
  }
  const stray = file.people.find((person) => person.departmentIds.some((id) => !ids.has(id)));
  if (stray !== undefined) {
    throw new Error(`directory: ${stray.id} belongs to a department that does not exist`);
  }
  return file;
}

/** The directory as it stands now; changes last until {@link Directory.reset}. */
export function createDirectory(file: DirectoryFile): Directory {
  let people = new Map<string, DirectoryPerson>();
  let departments = new Map<number, DirectoryDepartment>();
  const reset = (): void => {
    people = new Map(file.people.map((person) => [person.id, structuredClone(person)]));
    departments = new Map(file.departments.map((department) => [department.id, { ...department }]));
  };
  reset();
  const find = (test: (person: DirectoryPerson) => boolean): DirectoryPerson | undefined =>
    [...people.values()].find(test);
  const lineOf = (id: number): number[] => {
    const line: number[] = [];
    for (let at = departments.get(id); at !== undefined; at = departments.get(at.parentId ?? -1)) {
      line.push(at.id);
    }
    return line;
  };
  const on = (host: HostKind): HostDirectory => {
    const all = (): DirectoryPerson[] => [...people.values()].filter((person) => person.host === host);
    return {
      people: all,
      byUserid: (userid) => all().find((person) => person.userid === userid),
      byUnionid: (unionid) => all().find((person) => person.unionid === unionid),
      byMobile: (mobile) => all().find((person) => person.mobile === mobile),
      membersOf: (id) => all().filter((person) => person.departmentIds.includes(id)),
    };
  };
  return {
    people: () => [...people.values()],
    on,
    departments: () => [...departments.values()],
    person: (id) => people.get(id),
    department: (id) => departments.get(id),
    childrenOf: (id) => [...departments.values()].filter((department) => department.parentId === id),
    lineOf,
    isWithin: (person, ids) =>
      person.departmentIds.some((id) => lineOf(id).some((above) => ids.includes(above))),
    patchPerson(id, patch) {
      const person = people.get(id);
      if (person === undefined) {
        return undefined;
      }
      const prev: Partial<DirectoryPerson> = {};
      for (const key of Object.keys(patch) as (keyof PersonPatch)[]) {
        Object.assign(prev, { [key]: person[key] });
      }
      Object.assign(person, patch);
      return { kind: 'modified', person, prev, curr: { ...patch } };
    },
    addPerson(person) {
      if (
        people.has(person.id) ||
        find((one) => one.userid === person.userid || one.unionid === person.unionid)
      ) {
        return undefined;
      }
      people.set(person.id, person);
      return { kind: 'joined', person };
    },
    removePerson(id) {
      const person = people.get(id);
      if (person === undefined) {
        return undefined;
      }
      people.delete(id);
      return { kind: 'left', person };
    },
    putDepartment(department) {
      const kind = departments.has(department.id) ? 'departmentModified' : 'departmentCreated';
      departments.set(department.id, department);
      return { kind, department };
    },
    removeDepartment(id) {
      const department = departments.get(id);
      if (department === undefined || id === ROOT_DEPARTMENT) {
        return undefined;
      }
      departments.delete(id);
      return { kind: 'departmentRemoved', department };
    },
    reset,
    dump: () => ({ people, departments }),
    load(state) {
      ({ people, departments } = state as { people: typeof people; departments: typeof departments });
    },
  };
}
