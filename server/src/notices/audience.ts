/** An audience of the workflow → the people who hold it now, with the account a notice goes to. */
import { hasReported, holdingsOf, leadAssignment, type Audience, type Case } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import { holders, reachable, type AccountFacts, type Holder } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import { addressOf } from './elsewhere.ts';

export interface Recipient {
  personId: string;
  account: AccountFacts;
  /** Their accounts elsewhere, for when that one cannot be reached. */
  others: readonly AccountFacts[];
  /** The unit and role they are told in; none for authors. */
  unitId: string | null;
  role: Role | '';
}

interface Addressed extends Holder {
  unitId: string | null;
  role: Role | '';
}

/** What of the world decides who is meant. */
export type AudienceWorld = Parameters<typeof holdingsOf>[2];

export interface AudienceDeps {
  /** Host organisations this deployment speaks to. */
  hasHost(hostId: string): boolean;
}

/** People of an audience as the case stands, each once; those without an account at a known host are left out. */
export async function recipientsOf(
  db: Reader,
  deps: AudienceDeps,
  c: Case,
  audience: Audience,
  world: AudienceWorld,
  now: number,
): Promise<Recipient[]> {
  const found = await holdersOf(db, c, audience, world, now);
  return found.flatMap((h) => {
    const address = addressOf(h.accounts, (id) => deps.hasHost(id));
    return address ? [{ personId: h.personId, ...address, unitId: h.unitId, role: h.role }] : [];
  });
}

const addressed = (people: readonly Holder[], role: Role | '', unitId: string | null): Addressed[] =>
  people.map((h) => ({ ...h, role, unitId }));

async function holdersOf(
  db: Reader,
  c: Case,
  audience: Audience,
  world: AudienceWorld,
  now: number,
): Promise<Addressed[]> {
  const found = new Map<string, Addressed>();
  for (const holding of holdingsOf(c, audience, world)) {
    const people =
      'personIds' in holding
        ? addressed(await reachable(db, holding.personIds), '', null)
        : addressed(
            // Who reported a case is never asked to act on it (回避), nor is whoever stands in for them.
            (await holders(db, holding, now)).filter(
              (h) => !hasReported(c, h.personId) && !(h.forPersonId && hasReported(c, h.forPersonId)),
            ),
            holding.role,
            'unitId' in holding ? holding.unitId : null,
          );
    people.filter((h) => !found.has(h.personId)).forEach((h) => found.set(h.personId, h));
  }
  return [...found.values()];
}

/** The unit that leads now or led last, for the words of a notice. */
export function leadUnitOf(c: Case): string | null {
  return leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId ?? null;
}
