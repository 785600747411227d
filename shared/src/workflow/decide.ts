/** May this be done, and what follows? Pure: the same case, actor, input and world always give the same answer. */
import type { z } from 'zod';
import { ACTIONS, ACTION_NAMES, spec, type ActionName, type ActionSpec } from './actions.ts';
import { apply } from './apply.ts';
import { emptyCase } from './empty.ts';
import * as after from './effects-after.ts';
import * as authors from './effects-authors.ts';
import * as dispatching from './effects-dispatch.ts';
import * as handling from './effects-handling.ts';
import * as intake from './effects-intake.ts';
import * as merging from './effects-merge.ts';
import * as replying from './effects-reply.ts';
import * as watching from './effects-watching.ts';
import { INPUTS } from './inputs.ts';
import type { Actor, Capacity, Case, CaseEvent, Tell } from './model.ts';
import { Refusal } from './refusal.ts';
import { standings, type Standing } from './relations.ts';
import { toldDue, toldHere, whoMay, type PlatformSays } from './platform.ts';
import { need, refuse, type Also, type Effect, type Situation } from './situation.ts';
import type { World } from './world.ts';

type EffectOf = (s: Situation<never>) => Effect;

const EFFECTS: Record<ActionName, EffectOf> = {
  submit: intake.submit,
  withdraw: intake.withdraw,
  takeOver: intake.takeOver,
  accept: intake.accept,
  receive: intake.receive,
  return: intake.returnToAuthor,
  decline: intake.decline,
  edit: intake.edit,
  correct: intake.correct,
  sendBack: intake.sendBack,
  supplement: intake.supplement,
  comment: intake.comment,
  invite: authors.invite,
  join: authors.join,
  declineJoin: authors.declineJoin,
  leave: authors.leave,
  support: authors.support,
  reveal: authors.reveal,
  merge: merging.merge,
  separate: merging.separate,
  absorb: merging.absorb,
  release: merging.release,
  escalate: merging.escalate,
  delegate: merging.delegate,
  dispatch: dispatching.dispatch,
  redispatch: dispatching.redispatch,
  changeCoHandlers: dispatching.changeCoHandlers,
  recall: dispatching.recall,
  sign: handling.sign,
  progress: handling.progress,
  contact: handling.contact,
  ask: handling.ask,
  answer: handling.answer,
  lapseAsk: handling.lapseAsk,
  opinion: handling.opinion,
  transferBack: handling.transferBack,
  requestExtension: handling.requestExtension,
  grant: handling.grant,
  deny: handling.deny,
  reply: replying.reply,
  lapseCountersign: replying.lapseCountersign,
  approve: replying.approve,
  rejectReply: replying.rejectReply,
  rate: after.rate,
  settle: after.settle,
  conclude: after.conclude,
  reconsider: after.reconsider,
  appeal: after.appeal,
  reviewAppeal: after.reviewAppeal,
  followUp: after.followUp,
  fulfil: after.fulfil,
  reopen: after.reopen,
  visit: after.visit,
  adopt: after.adopt,
  instruct: after.instruct,
  commend: after.commend,
  publish: after.publish,
  urge: watching.urge,
  supervise: watching.supervise,
  answerSupervision: watching.answerSupervision,
  overdue: watching.overdue,
  remind: watching.remind,
  recount: watching.recount,
};

export interface Decision {
  events: CaseEvent[];
  next: Case;
  tells: Tell[];
  /** What the system does to other cases in the same transaction. */
  also: Also[];
}

export interface Request {
  caseId: string;
  action: ActionName;
  /** Already parsed by the action's schema. */
  input: unknown;
  /** The version the actor had before their eyes; only exclusive actions look at it. */
  seenVersion?: number | undefined;
  /** What a connected platform's message says beside the act. */
  says?: PlatformSays | undefined;
}

/** The schema an action's input must pass. */
export function inputSchema(action: ActionName): z.ZodType {
  return INPUTS[ACTIONS[action].input];
}

function checkState(row: ActionSpec, before: Case | null): void {
  if (before === null) {
    need(row.from.includes('new'), 'wrongState');
    return;
  }
  if (!row.from.includes(before.state)) {
    refuse(before.state !== 'draft' && row.from.includes('new') ? 'exists' : 'wrongState');
  }
}

function mayActAs(
  row: ActionSpec,
  before: Case | null,
  actor: Actor,
  input: unknown,
  world: World,
): Standing[] {
  if (before === null) {
    return mayFile(actor, (input as { onBehalfOf?: string }).onBehalfOf, world);
  }
  const who = whoMay(before, row);
  const { found, recused } = standings(before, actor, who, world);
  if (found.length === 0) {
    need(who === row.who || standings(before, actor, row.who, world).found.length === 0, 'atPlatform');
    refuse(recused ? 'recused' : 'notYours');
  }
  return found;
}

/** A report may be filed by whoever is a member now, or for such a one by the committee that receives it (代录). */
function mayFile(actor: Actor, onBehalfOf: string | undefined, world: World): Standing[] {
  const grants = actor.kind === 'person' ? actor.grants : [];
  if (onBehalfOf === undefined) {
    need(
      grants.some((g) => g.role === 'member'),
      'notYours',
    );
    return [{ relation: 'firstAuthor', capacity: { kind: 'author' } }];
  }
  const grant = grants.find((g) => g.role === 'reviewer' && g.unitId === world.intake?.committeeId);
  need(grant, 'notYours');
  need(world.isMember(onBehalfOf), 'noMember');
  const { role, unitId, areaId } = grant;
  return [{ relation: 'filer', capacity: { kind: 'grant', role, unitId, areaId } }];
}

/** Tries each way the actor may take part; the first that is not refused wins, else the first refusal is told. */
function firstEffect(
  c: Case,
  actor: Actor,
  request: Request,
  world: World,
  ways: Standing[],
): { effect: Effect; way: Standing } {
  const effectOf = EFFECTS[request.action];
  let refusal: unknown;
  for (const way of ways) {
    const s: Situation = {
      c,
      action: request.action,
      actor,
      personId: actor.kind === 'person' ? actor.personId : null,
      standing: way,
      input: request.input,
      world,
      says: actor.kind === 'platform' ? request.says : undefined,
    };
    try {
      return { effect: effectOf(s as Situation<never>), way };
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      refusal ??= error;
    }
  }
  throw refusal;
}

/**
 * Decides one action on a case (`before` is null when it does not exist yet).
 * Time never runs backwards within a case: the event is dated at the later of `world.now` and the last event.
 * Throws {@link Refusal}; changes nothing.
 */
export function decide(before: Case | null, actor: Actor, request: Request, given: World): Decision {
  const row = spec(request.action);
  const world = before && before.lastEventAt > given.now ? { ...given, now: before.lastEventAt } : given;
  if (before === null) {
    checkState(row, before);
  }
  const ways = mayActAs(row, before, actor, request.input, world);
  checkState(row, before);
  if (row.exclusive && before && request.seenVersion !== undefined) {
    need(request.seenVersion >= before.exclusiveVersion, 'changedSince');
  }
  const c = before ?? { ...emptyCase(request.caseId, world.now), ...world.intake };
  const { effect, way } = firstEffect(c, actor, request, world, ways);
  const done = effect.clocks ?? [];
  const says = actor.kind === 'platform' ? request.says : undefined;
  const capacity: Capacity =
    way.capacity.kind === 'platform' ? { ...way.capacity, unitId: says?.unitId ?? null } : way.capacity;
  const event: CaseEvent = {
    caseId: request.caseId,
    version: c.version + 1,
    action: request.action,
    at: world.now,
    personId: actor.kind === 'person' ? actor.personId : null,
    capacity: actor.kind === 'person' && actor.via ? { ...capacity, via: actor.via } : capacity,
    to: effect.to ?? c.state,
    clocks: [...done, ...toldDue(c, done, says)],
    data: (effect.data ?? {}) as Record<string, unknown>,
  };
  const next = apply(before, event);
  const tells = toldHere(c, effect.tell ?? []);
  const decision: Decision = { events: [event], next, tells, also: effect.also ?? [] };
  if (!effect.then) {
    return decision;
  }
  const follow = decide(
    next,
    { kind: 'timer' },
    { caseId: request.caseId, action: effect.then, input: {} },
    world,
  );
  return {
    events: [...decision.events, ...follow.events],
    next: follow.next,
    tells: [...decision.tells, ...follow.tells],
    also: [...decision.also, ...follow.also],
  };
}

/**
 * What this actor may do with the case now, main act first. Guards that depend on what will be typed are left to the
 * act itself; everything else (state, standing, limits) is asked of the same code that decides.
 */
export function availableActions(c: Case, actor: Actor, world: World): ActionName[] {
  return ACTION_NAMES.filter((action) => {
    const row = spec(action);
    if (row.rank === null || !row.from.includes(c.state)) {
      return false;
    }
    const { found } = standings(c, actor, whoMay(c, row), world);
    return found.some((way) => passes(c, actor, action, way, world));
  }).sort((a, b) => (spec(a).rank ?? 99) - (spec(b).rank ?? 99));
}

/** Refusals that say "never here", as against "not with this input". */
const ABOUT_INPUT: ReadonlySet<string> = new Set([
  'unitUnknown',
  'unitOutside',
  'leadIsCo',
  'sameLead',
  'nothingChanged',
  'ruledOnce',
  'rulingNote',
  'opennessWider',
  'alreadyAuthor',
  'extensionDate',
  'mergeSame',
  'mergeTarget',
  'handoverNowhere',
  'notYet',
  'tooEarly',
]);

function passes(c: Case, actor: Actor, action: ActionName, way: Standing, world: World): boolean {
  const effectOf = EFFECTS[action];
  const s: Situation = {
    c,
    action,
    actor,
    personId: actor.kind === 'person' ? actor.personId : null,
    standing: way,
    input: EMPTY_INPUT,
    world,
  };
  try {
    effectOf(s as Situation<never>);
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      return ABOUT_INPUT.has(error.code);
    }
    throw error;
  }
}

/** Enough of every input for the guards to run. */
const EMPTY_INPUT = {
  coUnitIds: [],
  leadUnitId: '',
  reasons: [],
  fileIds: [],
  stars: 5,
  text: '',
  reason: '',
  question: '',
  visible: true,
  ruling: 'uphold',
  class: 'solved',
  disclosure: { anonymous: false, openness: 'staff', phoneToUnit: false },
  invitees: [],
  personIds: [],
  note: '',
  countersign: false,
  // Dates that only a form can give: they stand for any.
  until: '2000-01-01',
  at: '2000-01-01T00:00:00+08:00',
};
