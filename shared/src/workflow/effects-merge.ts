/** One matter reported several times, and matters that belong to another tier. */
import type { CaseState } from '../words/index.ts';
import type { InputOf } from './inputs.ts';
import type { EventData } from './event-data.ts';
import type { Receiving } from './model.ts';
import { HANDOVERS_PER_CASE } from './clocks.ts';
import { authorsOf } from './relations.ts';
import { need, start, stop, type Also, type Effect, type Situation } from './situation.ts';

/** Until it is answered a case may take others in and let them go again. */
const TAKES_IN: ReadonlySet<CaseState> = new Set<CaseState>([
  'submitted',
  'accepted',
  'dispatched',
  'handling',
]);
const LETS_GO: ReadonlySet<CaseState> = new Set<CaseState>([...TAKES_IN, 'returned', 'replying']);

export function merge(s: Situation<InputOf<'merge'>>): Effect {
  const { c, world } = s;
  const into = world.other;
  need(s.input.intoCaseId !== c.id, 'mergeSame');
  need(c.firstDispatchedAt === null, 'onceDispatched');
  need(c.absorbed.length === 0, 'mergeNested');
  need(into && into.committeeId === c.committeeId && TAKES_IN.has(into.state), 'mergeTarget');
  return {
    to: 'merged',
    data: { intoCaseId: into.id, intoNumber: into.number, note: s.input.note },
    clocks: stop(s, 'review', 'dispatch', 'supervision'),
    tell: [{ notice: 'merged', audience: { to: 'authors' } }],
    also: [{ caseId: into.id, action: 'absorb', input: { caseId: c.id, authors: authorsOf(c) } }],
  };
}

export function absorb(s: Situation<InputOf<'absorb'>>): Effect {
  return {
    data: { absorbed: s.input } satisfies EventData['absorb'],
    tell: [
      { notice: 'absorbed', audience: { to: 'authors' } },
      { notice: 'absorbed', audience: { to: 'movers' } },
    ],
  };
}

/** By a reviewer, or by the system when the case it was merged into ended unanswered. */
export function separate(s: Situation<InputOf<'note'>>): Effect {
  const { c, world } = s;
  const byReviewer = s.actor.kind === 'person';
  need(!byReviewer || (world.other && LETS_GO.has(world.other.state)), 'separateLate');
  return {
    to: 'submitted',
    data: { fromCaseId: c.mergedInto, note: s.input.note },
    clocks: [start(s, 'review')],
    tell: [{ notice: 'separated', audience: { to: 'authors' } }],
    also:
      byReviewer && c.mergedInto
        ? [{ caseId: c.mergedInto, action: 'release', input: { caseId: c.id } }]
        : [],
  };
}

export function release(s: Situation<InputOf<'absorbed'>>): Effect {
  return { data: { ...s.input } satisfies EventData['release'] };
}

/** A case that ends unanswered lets everything go that was merged into it. */
export function setFree(s: Situation): Also[] {
  return s.c.absorbed.map(({ caseId }) => ({ caseId, action: 'separate', input: { note: '' } }));
}

function handOver(s: Situation, to: Receiving | undefined, words: object): Effect {
  const { c } = s;
  need(c.firstDispatchedAt === null, 'onceDispatched');
  need(c.absorbed.length === 0, 'mergeNested');
  need(c.passed.length < HANDOVERS_PER_CASE, 'handoverLimit');
  need(to && to.committeeId !== c.committeeId, 'handoverNowhere');
  const there = { ...s, world: { ...s.world, ...s.world.elsewhere(to.areaId) } };
  return {
    to: 'submitted',
    data: { ...words, receiving: to } satisfies EventData['escalate'],
    clocks: [...stop(s, 'review', 'dispatch', 'supervision'), start(there, 'review')],
    tell: [{ notice: 'handedOver', audience: { to: 'authors' } }],
  };
}

/** 上报: to the nearest committee above. */
export function escalate(s: Situation<InputOf<'reason'>>): Effect {
  const above = s.world
    .areaChain(s.c.areaId)
    .slice(1)
    .map((areaId) => s.world.receiving(areaId))
    .find((each) => each !== undefined);
  return handOver(s, above, s.input);
}

/** 下转: to the committee of an area below. */
export function delegate(s: Situation<InputOf<'delegate'>>): Effect {
  const { areaId, ...words } = s.input;
  const below = s.world.areaChain(areaId).slice(1).includes(s.c.areaId);
  return handOver(s, below ? s.world.receiving(areaId) : undefined, words);
}
