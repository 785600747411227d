/** The one verb: every change to a case, from every door. */
import {
  decide,
  Refusal,
  inputSchema,
  isAuthor,
  spec,
  type ActionName,
  type Actor,
  type Case,
  type Decision,
  type PlatformSays,
  type World,
} from '@minqing/shared/workflow';
import { shanghaiDate } from '@minqing/shared/time';
import type { ReportRules } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { AppError, conflict, fieldErrors, invalidInput, keyReused, notFound } from '../errors.ts';
import { whyNotAnonymous } from '../files/index.ts';
import { appendEvent } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import {
  afterCommit,
  insertIgnore,
  Stale,
  uuidv7,
  point,
  type Reader,
  type Store,
  type Tx,
} from '../store/index.ts';
import { findCase, nameFiles, saveCase } from './case.repository.ts';
import { checkCategory } from './category.check.ts';
import type { Performed, RequestIdentity } from './port.ts';
import { sightOf, steppedUp } from './sight.ts';
import { keepStepped, steppedOffices } from './stepped.ts';
import { sinceVersion } from './since.ts';
import { saveTimers } from './timers.repository.ts';
import { worldAround, worldOf, type WorldSources } from './world.ts';

export interface PerformDeps extends WorldSources {
  store: Store;
  clock: Clock;
  directory: Directory;
  reports: ReportRules;
  /** Writes cards, notices and to-dos of a decision into the outbox, in the same transaction. */
  recordNotices(
    tx: Tx,
    change: {
      before: Case | null;
      decision: Decision;
      actor: Actor;
      request: RequestIdentity;
      /** As it stands after the decision. */
      world: World;
    },
  ): Promise<void>;
  /** Called after COMMIT: wakes the sequencer, the outbox and the timers. */
  wake(): void;
}

export type Perform = (
  actor: Actor,
  caseId: string,
  action: ActionName,
  input: unknown,
  request: RequestIdentity,
  options?: ActOptions,
) => Promise<Performed>;

export interface ActOptions {
  /** The moment it happened, for timers that fire late and messages that travelled. */
  now?: number;
  /** What a connected platform's message says beside the act. */
  says?: PlatformSays;
}

type Intake = NonNullable<World['intake']>;

interface Act {
  actor: Actor;
  caseId: string;
  action: ActionName;
  input: unknown;
  request: RequestIdentity;
  intake: Intake | undefined;
  now: number;
  before: Case | null;
  says?: PlatformSays | undefined;
}

/** People an input names of whom it matters whether they are members. */
function peopleNamedIn(input: unknown): string[] {
  const { invitees, personIds, onBehalfOf } = input as {
    invitees?: string[];
    personIds?: string[];
    onBehalfOf?: string;
  };
  return [...(invitees ?? []), ...(personIds ?? []), ...(onBehalfOf ? [onBehalfOf] : [])];
}

export function createPerform(deps: PerformDeps): Perform {
  const { store, clock, directory } = deps;

  async function prepareIntake(actor: Actor, caseId: string, input: unknown): Promise<Intake | undefined> {
    const exists = await store.read((db) => findCase(db, caseId));
    if (exists || actor.kind !== 'person') {
      return undefined;
    }
    const { place, committeeId, onBehalfOf } = input as {
      place: { areaId: string | null };
      committeeId?: string;
      onBehalfOf?: string;
    };
    // Staff file with the committee they work for, members with their own.
    const home = actor.grants.find((g) => g.role === (onBehalfOf ? 'reviewer' : 'member'))?.unitId ?? null;
    const where = directory.receivingCommittee(
      place.areaId,
      home,
      committeeId ?? (onBehalfOf ? (home ?? undefined) : undefined),
    );
    if (!where) {
      throw invalidInput([{ path: 'place.areaId', message: '这个地区还没有开通，请选别的地区' }]);
    }
    const number = await nextNumber(store, directory, where.areaId, clock.businessNow());
    return { number, ...where };
  }

  async function once(
    tx: Tx,
    actor: Actor,
    caseId: string,
    action: ActionName,
    input: unknown,
    request: RequestIdentity,
    intake: Intake | undefined,
    now: number,
    says: PlatformSays | undefined,
  ): Promise<Performed> {
    const repeat = await rememberRequest(tx, caseId, request, clock.machineNow());
    const found = await findCase(tx, caseId);
    if (repeat) {
      if (!found) {
        throw notFound();
      }
      return { case: found, repeated: true };
    }
    const before = await whereItGoesOn(tx, found, actor, action);
    await checkAnonymity(tx, actor, found, input);
    checkCategory(deps.reports, action, input, before, intake);
    const decision = await decideAndKeep(tx, {
      actor,
      caseId: before?.id ?? caseId,
      action,
      input,
      request,
      intake,
      now,
      before,
      says,
    });
    await tx
      .updateTable('request')
      .set({ version: decision.next.version })
      .where('door', '=', request.door)
      .where('principal', '=', request.principal)
      .where('request_key', '=', request.key)
      .execute();
    if (action === 'submit') {
      await tx.deleteFrom('draft').where('case_id', '=', caseId).execute();
    }
    afterCommit(tx, deps.wake);
    return { case: decision.next, repeated: false };
  }

  /** One act on one case and all that follows from it, other cases included, in the transaction at hand. */
  async function decideAndKeep(tx: Tx, act: Act): Promise<Decision> {
    const { actor, caseId, action, input, request, intake, now, before } = act;
    const areaId = before?.areaId ?? intake?.areaId ?? '';
    const world = await worldAround(tx, deps, before, areaId, now, peopleNamedIn(input));
    const otherId = (input as { intoCaseId?: string }).intoCaseId ?? before?.mergedInto;
    const other = otherId ? { other: await findCase(tx, otherId) } : {};
    const decision = decide(
      before,
      actor,
      { caseId, action, input, seenVersion: request.seenVersion, says: act.says },
      { ...world, ...other, ...(intake ? { intake } : {}) },
    );
    const there = worldOf(deps, decision.next.areaId, now);
    await saveCase(tx, before, decision.next, there.calendar);
    for (const event of decision.events) {
      await appendEvent(tx, event, { id: uuidv7(), recordedAt: clock.machineNow() });
      await nameFiles(tx, event);
    }
    await saveTimers(tx, before, decision.next, there.calendar);
    const after = await worldAround(tx, deps, decision.next, decision.next.areaId, now);
    await keepStepped(tx, before ? steppedOffices(before, world) : [], decision.next, after);
    await deps.recordNotices(tx, { before, decision, actor, request, world: after });
    for (const also of decision.also) {
      const next = await findCase(tx, also.caseId);
      await decideAndKeep(tx, {
        ...also,
        actor: { kind: 'timer' },
        request: { ...request, seenVersion: undefined },
        intake: undefined,
        now,
        before: next,
      });
    }
    return decision;
  }

  return async (actor, caseId, action, rawInput, request, options = {}) => {
    const parsed = inputSchema(action).safeParse(rawInput ?? {});
    if (!parsed.success) {
      throw invalidInput(fieldErrors(parsed.error));
    }
    const intake = action === 'submit' ? await prepareIntake(actor, caseId, parsed.data) : undefined;
    const now = options.now ?? clock.businessNow();
    try {
      const performed = await store.transact(
        (tx) => once(tx, actor, caseId, action, parsed.data, request, intake, now, options.says),
        {
          settle: (db) => findAnswer(db, caseId, request),
        },
      );
      point('act-kept');
      return performed;
    } catch (error) {
      if (error instanceof Refusal) {
        throw await refusal(deps, error, actor, caseId, request, now);
      }
      if (error instanceof Stale) {
        throw conflict();
      }
      throw error;
    }
  };
}

/** A merged case goes on in the one it was merged into: what its authors do is done there. */
async function whereItGoesOn(tx: Tx, c: Case | null, actor: Actor, action: ActionName): Promise<Case | null> {
  const itsAuthor = c && actor.kind === 'person' && isAuthor(c, actor.personId);
  return itsAuthor && c.mergedInto && !spec(action).from.includes(c.state) ? findCase(tx, c.mergedInto) : c;
}

/** Files that tell who or where would give an anonymous author away, with the report or with what they add later. */
async function checkAnonymity(tx: Tx, actor: Actor, own: Case | null, input: unknown): Promise<void> {
  const given = input as { fileIds?: string[]; disclosure?: { anonymous: boolean } };
  const anonymous = given.disclosure?.anonymous ?? own?.disclosure.anonymous ?? false;
  const byAuthor = actor.kind === 'person' && (own === null || isAuthor(own, actor.personId));
  const problem = anonymous && byAuthor ? await whyNotAnonymous(tx, given.fileIds ?? []) : null;
  if (problem !== null) {
    throw invalidInput([{ path: 'fileIds', message: problem }]);
  }
}

/**
 * What a refused person is told: the rule, and what happened to the case since the version they saw. Who may not see
 * the case does not learn that it exists.
 */
async function refusal(
  deps: PerformDeps,
  error: Refusal,
  actor: Actor,
  caseId: string,
  request: RequestIdentity,
  now: number,
): Promise<AppError> {
  const { store } = deps;
  const sees = async (db: Reader, found: Case): Promise<boolean> => {
    const world = await worldAround(db, deps, found, found.areaId, now);
    return sightOf(found, actor, world.areaChain, steppedUp(found, world)).any;
  };
  const hidden = await store.read(async (db) => {
    const found = await findCase(db, caseId);
    return found !== null && !(await sees(db, found));
  });
  if (hidden) {
    return notFound();
  }
  const about = error.code === 'notYours' || error.code === 'recused' ? 'forbidden' : 'refused';
  const seen = request.seenVersion;
  const since =
    seen === undefined || about === 'forbidden'
      ? []
      : await store.read((db) => sinceVersion(db, caseId, seen, now));
  return new AppError(about, {
    title: error.message,
    reason: error.code,
    cause: error,
    ...(since.length > 0 ? { since } : {}),
  });
}

/** True when this very request was done before. Throws `keyReused` when its key came with another body. */
async function rememberRequest(
  tx: Tx,
  caseId: string,
  request: RequestIdentity,
  machineNow: number,
): Promise<boolean> {
  const inserted = await insertIgnore(tx, 'request', {
    door: request.door,
    principal: request.principal,
    request_key: request.key,
    digest: request.digest,
    case_id: caseId,
    version: 0,
    created_at: machineNow,
  });
  if (inserted) {
    return false;
  }
  const known = await tx
    .selectFrom('request')
    .select(['digest', 'case_id'])
    .where('door', '=', request.door)
    .where('principal', '=', request.principal)
    .where('request_key', '=', request.key)
    .executeTakeFirst();
  if (known && (known.digest !== request.digest || known.case_id !== caseId)) {
    throw keyReused();
  }
  return true;
}

/** After a COMMIT whose outcome is unknown: the answer, if the request took effect. */
async function findAnswer(
  db: Reader,
  caseId: string,
  request: RequestIdentity,
): Promise<Performed | undefined> {
  const known = await db
    .selectFrom('request')
    .select('version')
    .where('door', '=', request.door)
    .where('principal', '=', request.principal)
    .where('request_key', '=', request.key)
    .executeTakeFirst();
  const c = known ? await findCase(db, caseId) : null;
  return c ? { case: c, repeated: false } : undefined;
}

/** The next number of an area and business year, in a tiny transaction of its own: a gap is allowed, a repeat is not. */
async function nextNumber(store: Store, directory: Directory, areaId: string, now: number): Promise<string> {
  const year = Number(shanghaiDate(now).slice(0, 4));
  const last = await store.transact(async (tx) => {
    const raise = () =>
      tx
        .updateTable('number_counter')
        .set((eb) => ({ last: eb('last', '+', 1) }))
        .where('area_id', '=', areaId)
        .where('year', '=', year)
        .executeTakeFirst();
    // An insert that finds its row leaves a shared lock, and two who hold one cannot both go on: so it comes second.
    if ((await raise()).numUpdatedRows === 0n) {
      await insertIgnore(tx, 'number_counter', { area_id: areaId, year, last: 0 });
      await raise();
    }
    const row = await tx
      .selectFrom('number_counter')
      .select('last')
      .where('area_id', '=', areaId)
      .where('year', '=', year)
      .executeTakeFirstOrThrow();
    return row.last;
  });
  return `${directory.area(areaId)?.prefix ?? 'MQ'}-${year}-${String(last).padStart(6, '0')}`;
}
