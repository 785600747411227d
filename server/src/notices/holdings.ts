/**
 * Follows changes of who holds what, when their moment has come: moves the cards of every open case they touch, and
 * tells a substitute what is theirs now. Runs in one process at a time and goes on where another one died.
 */
import { worldAround, type Calendars, type Policies } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { Host, NoticeContent } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import {
  dropHoldingChange,
  keepProgress,
  nextHoldingChange,
  peopleById,
  reachable,
  standInsOf,
  type Directory,
  type HoldingChange,
} from '../people/index.ts';
import { claimLease, releaseLease, uuidv7, type Reader, type Store, type Tx } from '../store/index.ts';
import { addressOf } from './elsewhere.ts';
import { lastingDeadline, lastingMoment } from './moments.ts';
import { realignCase, type RealignDeps } from './realign.ts';
import { queueNotice } from './queue.ts';

export interface HoldingsDeps {
  store: Store;
  clock: Clock;
  log: Log;
  directory: Directory;
  calendars: Calendars;
  policies: Policies;
  hosts: ReadonlyMap<string, Host>;
}

const LEASE = 'holdings';
const LEASE_MS = 60_000;
const BATCH = 50;
/** States in which nobody has a duty any more. */
const OVER = ['draft', 'closed', 'withdrawn', 'declined', 'merged'];

/** Makes the job; each call follows what is up and answers how many cards began or ended. */
export function createHoldingsJob(deps: HoldingsDeps): () => Promise<number> {
  const { store, clock, directory } = deps;
  const owner = uuidv7();
  const realign: RealignDeps = {
    clock,
    audience: { hasHost: (id) => deps.hosts.has(id) },
    worldOf: (tx, c) => worldAround(tx, deps, c, c.areaId, clock.businessNow()),
  };

  /** A case that cannot be drawn must not keep the others' cards from moving. */
  async function one(caseId: string): Promise<number> {
    try {
      return await store.transact((tx) => realignCase(tx, realign, caseId));
    } catch (error) {
      deps.log.error('the cards of a case could not follow its holders', { caseId, error });
      return 0;
    }
  }

  async function follow(change: HoldingChange): Promise<number> {
    let moved = 0;
    for (let after = change.progress; ;) {
      const ids = await store.read((db) => casesOf(db, directory, change, after));
      for (const caseId of ids) {
        moved += await one(caseId);
      }
      const last = ids.at(-1);
      if (last === undefined) {
        break;
      }
      after = last;
      await store.transact(async (tx) => {
        await keepProgress(tx, change.id, last);
        await claimLease(tx, LEASE, owner, LEASE_MS);
      });
    }
    await store.transact(async (tx) => {
      await tellSubstitute(tx, deps, change);
      await dropHoldingChange(tx, change.id);
    });
    return moved;
  }

  return async () => {
    const first = await store.read((db) => nextHoldingChange(db, clock.businessNow()));
    if (!first) {
      return 0;
    }
    const lease = await store.transact((tx) => claimLease(tx, LEASE, owner, LEASE_MS));
    if (!lease) {
      return 0;
    }
    let moved = 0;
    try {
      // Read again: another process may have followed it before the lease was ours.
      for (;;) {
        const change = await store.read((db) => nextHoldingChange(db, clock.businessNow()));
        if (!change) {
          return moved;
        }
        moved += await follow(change);
      }
    } finally {
      await store.transact((tx) => releaseLease(tx, lease));
    }
  };
}

/** The next open cases of any of the places, by id. */
async function casesOf(
  db: Reader,
  directory: Pick<Directory, 'areasWithin'>,
  change: HoldingChange,
  after: string,
): Promise<string[]> {
  const units = [...new Set(change.places.flatMap((place) => place.unitId ?? []))];
  // Of who left, or moved to another account, every card they hold, the members' own ones too.
  const holderId = change.cause === 'left' ? change.personId : null;
  const areas = [
    ...new Set(
      change.places
        .filter((place) => place.unitId === null)
        .flatMap((place) => directory.areasWithin(place.areaId)),
    ),
  ];
  if (units.length === 0 && areas.length === 0 && holderId === null) {
    return [];
  }
  const rows = await db
    .selectFrom('cases')
    .select('cases.id')
    .where('cases.state', 'not in', OVER)
    .where('cases.id', '>', after)
    .where((eb) =>
      eb.or([
        ...(areas.length > 0 ? [eb('cases.area_id', 'in', areas)] : []),
        ...(holderId === null
          ? []
          : [
              eb(
                'cases.id',
                'in',
                eb
                  .selectFrom('card')
                  .select('card.case_id')
                  .where('card.person_id', '=', holderId)
                  .where('card.live', '=', 1)
                  .where('card.case_id', 'is not', null)
                  .$castTo<{ case_id: string }>(),
              ),
            ]),
        ...(units.length > 0
          ? [
              eb('cases.committee_id', 'in', units),
              eb('cases.dispatch_office_id', 'in', units),
              eb(
                'cases.id',
                'in',
                eb
                  .selectFrom('assignment')
                  .select('assignment.case_id')
                  .where('assignment.unit_id', 'in', units)
                  .where('assignment.active', '=', 1),
              ),
            ]
          : []),
      ]),
    )
    .orderBy('cases.id')
    .limit(BATCH)
    .execute();
  return rows.map((row) => row.id);
}

/** Whose duties they have from now on, or that they have them no more. */
async function tellSubstitute(tx: Tx, deps: HoldingsDeps, change: HoldingChange): Promise<void> {
  if (change.substitutionId === null || (change.cause !== 'begin' && change.cause !== 'end')) {
    return;
  }
  const substitution = await tx
    .selectFrom('substitution')
    .selectAll()
    .where('id', '=', change.substitutionId)
    .executeTakeFirst();
  const over = Math.min(substitution?.to_at ?? 0, substitution?.ended_at ?? Infinity);
  const began = change.cause === 'begin';
  // A beginning that was taken back, or an end that came before its day, has been told already or never was one.
  if (!substitution || (began ? over <= change.at : over !== change.at || over <= substitution.from_at)) {
    return;
  }
  const chain = (await standInsOf(tx, [substitution.person_id], began ? change.at : change.at - 1)).get(
    substitution.person_id,
  );
  const substituteId = chain?.at(-1) ?? substitution.substitute_id;
  const name = (await peopleById(tx, [substitution.person_id])).get(substitution.person_id)?.name ?? '';
  const content = began
    ? {
        title: `请您代${name}办件`,
        body: `${lastingDeadline(over)} 前，${name}的民情由您办理，卡片已发给您`,
        tone: 'blue' as const,
      }
    : {
        title: `${name}的件已交还`,
        body: `${lastingMoment(over)} 起由${name}自己办理`,
        tone: 'grey' as const,
      };
  const [holder] = await reachable(tx, [substituteId]);
  const address = holder && addressOf(holder.accounts, (id) => deps.hosts.has(id));
  if (!address) {
    return;
  }
  const told: NoticeContent = {
    number: `代办·${substitution.id.slice(-8)}${began ? '' : '·还'}`,
    title: content.title,
    lines: [{ label: '期间', value: `${lastingMoment(substitution.from_at)} 起` }],
    body: content.body,
    path: '/#/me',
    buttons: [],
    status: { text: began ? '代办中' : '已交还', tone: content.tone },
  };
  await queueNotice(
    tx,
    deps,
    {
      notice: began ? 'substitute' : 'substituteEnded',
      caseId: null,
      areaId: change.places[0]?.areaId ?? '',
      content: told,
    },
    [{ personId: substituteId, ...address, unitId: null, role: '' }],
  );
}
