/** A host's whole organisation, read once; and what is suspicious about how much of it is missing. */
import type { Host, HostDepartment, HostPerson } from '../hosts/index.ts';
import type { Reader } from '../store/index.ts';

export interface Walked {
  departments: HostDepartment[];
  /** Active people, each once. */
  people: HostPerson[];
}

/** More leavers than this share of a known organisation is a host's fault, not an exodus: nobody is removed. */
const MOST_LEAVERS = 0.5;
const FEW = 20;

export class SuspiciousSync extends Error {
  constructor(left: number, known: number) {
    super(`${left} of ${known} accounts are missing from the host's answer: nobody was removed`);
    this.name = 'SuspiciousSync';
  }
}

/** Reads every department and everybody in it. `progress` hears how many people there are so far. Rejects HostError. */
export async function walkHost(host: Host, progress?: (seen: number) => Promise<void>): Promise<Walked> {
  const departments: HostDepartment[] = [];
  const people = new Map<string, HostPerson>();
  for await (const department of host.listDepartments()) {
    departments.push(department);
  }
  for (const department of departments) {
    for await (const person of host.listPeople(department.id)) {
      people.set(person.userId, person);
    }
    await progress?.(people.size);
  }
  return { departments, people: [...people.values()].filter((person) => person.active) };
}

/** Accounts we know that the host knows no more. `suspicious` says that they are too many to be believed. */
export async function goneOf(
  db: Reader,
  hostId: string,
  people: readonly HostPerson[],
): Promise<{ gone: string[]; known: number; suspicious: boolean }> {
  const rows = await db
    .selectFrom('account')
    .select('user_id')
    .where('host_id', '=', hostId)
    .where('active', '=', 1)
    .orderBy('user_id')
    .execute();
  const present = new Set(people.map((person) => person.userId));
  const gone = rows.map((row) => row.user_id).filter((userId) => !present.has(userId));
  return {
    gone,
    known: rows.length,
    suspicious: gone.length > FEW && gone.length > rows.length * MOST_LEAVERS,
  };
}
