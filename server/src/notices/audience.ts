/** An audience of the workflow → the people who hold it now, with the account a notice goes to. */
import { duties, leadAssignment, type Audience, type Case } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import { holders, reachable, type AccountFacts, type Directory, type Holder } from '../people/index.ts';
import type { Reader } from '../store/index.ts';

export interface Recipient {
  personId: string;
  account: AccountFacts;
  /** The unit and role they are told in; none for authors. */
  unitId: string | null;
  role: Role | '';
}

interface Addressed extends Holder {
  unitId: string | null;
  role: Role | '';
}

export interface AudienceDeps {
  directory: Pick<Directory, 'areaChain'>;
  /** Host organisations this deployment speaks to. */
  hasHost(hostId: string): boolean;
}

/** People of an audience as the case stands, each once; those without an account at a known host are left out. */
export async function recipientsOf(
  db: Reader,
  deps: AudienceDeps,
  c: Case,
  audience: Audience,
  now: number,
  leftOffice: (personId: string) => boolean = () => false,
): Promise<Recipient[]> {
  const found = await holdersOf(db, deps, c, audience, now, leftOffice);
  return found.flatMap((h) => {
    const account = h.accounts.find((a) => deps.hasHost(a.hostId));
    return account ? [{ personId: h.personId, account, unitId: h.unitId, role: h.role }] : [];
  });
}

async function holdersOf(
  db: Reader,
  deps: AudienceDeps,
  c: Case,
  audience: Audience,
  now: number,
  leftOffice: (personId: string) => boolean,
): Promise<Addressed[]> {
  const authors = c.authors
    .filter((a) => a.joined === 'first' || a.joined === 'accepted')
    .map((a) => a.personId);
  // Who reported a case is never asked to act on it (回避).
  const staff = (people: Holder[], role: Role, unitId: string | null = null): Addressed[] =>
    people.filter((h) => !authors.includes(h.personId)).map((h) => ({ ...h, role, unitId }));
  const plain = async (personIds: string[]): Promise<Addressed[]> =>
    (await reachable(db, personIds)).map((h) => ({ ...h, role: '' as const, unitId: null }));
  switch (audience.to) {
    case 'authors':
      return plain(authors.filter((id) => !leftOffice(id)));
    case 'firstAuthor':
      return plain(authors.slice(0, 1));
    case 'person':
      return plain([audience.personId]);
    case 'reviewers':
      return staff(
        await holders(db, { role: 'reviewer', unitId: c.committeeId }, now),
        'reviewer',
        c.committeeId,
      );
    case 'dispatchers':
      return staff(
        await holders(db, { role: 'dispatcher', unitId: c.dispatchOfficeId }, now),
        'dispatcher',
        c.dispatchOfficeId,
      );
    case 'inspectors':
      return staff(
        await holders(db, { role: 'inspector', areaIds: deps.directory.areaChain(c.areaId) }, now),
        'inspector',
      );
    case 'unit':
      return staff(
        await holders(db, { role: audience.role, unitId: audience.unitId }, now),
        audience.role,
        audience.unitId,
      );
    case 'movers': {
      const waiting = duties(c, leftOffice)
        .filter((d) => d.holds)
        .map((d) => d.audience);
      const each = await Promise.all(waiting.map((a) => holdersOf(db, deps, c, a, now, leftOffice)));
      return [...new Map(each.flat().map((h) => [h.personId, h])).values()];
    }
  }
}

/** The unit that leads now or led last, for the words of a notice. */
export function leadUnitOf(c: Case): string | null {
  return leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId ?? null;
}
