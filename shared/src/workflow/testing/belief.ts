/** Bookkeeping of a case's life that is not the workflow's own: who plays which part at every moment. */
import type { Actor, Assignment, CaseEvent } from '../model.ts';
import { CHAIN, PEOPLE, RECEIVING, type Who } from './people.ts';
import type { Part } from './rules.ts';

/** What is believed of the case from what was asked for alone. */
export interface Belief {
  state: string;
  area: string;
  openness: string;
  authors: Map<string, 'first' | 'invited' | 'accepted' | 'declined' | 'left'>;
  filer: string | null;
  supporters: Set<string>;
  absorbed: Map<string, string[]>;
  lead: string | null;
  /** Units that help in this round; `past` ones gave their opinion to an earlier dispatch. */
  co: Map<string, 'open' | 'done' | 'past'>;
  /** Co-handlers as they stood when the lead replied. */
  answered: string[];
  /** Units whose replies reached the authors. */
  replied: Set<string>;
  /** The unit whose reply is under way. */
  pending: string | null;
  /** Dispatched and answered by the connected platform. */
  handedOver: boolean;
}

export const nothingBelieved = (): Belief => ({
  state: 'new',
  area: 'city',
  openness: 'staff',
  authors: new Map(),
  filer: null,
  supporters: new Set(),
  absorbed: new Map(),
  lead: null,
  co: new Map(),
  answered: [],
  replied: new Set(),
  pending: null,
  handedOver: false,
});

const joinedIn = (b: Belief, id: string): boolean =>
  b.authors.get(id) === 'first' || b.authors.get(id) === 'accepted';
const inAbsorbed = (b: Belief, id: string): boolean => [...b.absorbed.values()].some((a) => a.includes(id));
const hasReported = (b: Belief, id: string): boolean => joinedIn(b, id) || inAbsorbed(b, id);

type Grants = Extract<Actor, { kind: 'person' }>['grants'];
const grantsOf = (who: Who): Grants => {
  const actor: Actor = PEOPLE[who];
  return actor.kind === 'person' ? actor.grants : [];
};
const holdsAt = (who: Who, role: string, unitId: string | null | undefined): boolean =>
  grantsOf(who).some((g) => g.role === role && g.unitId === unitId);
const headed = (b: Belief, unitId: string): boolean =>
  (Object.keys(PEOPLE) as Who[]).some((who) => holdsAt(who, 'head', unitId) && !hasReported(b, who));

/** Which parts a person plays, told from the belief and the small city's roll. */
export function partsOf(who: Who, b: Belief): Set<Part> {
  const parts = new Set<Part>();
  if (who === 'timer') {
    return parts.add('timer');
  }
  if (who === 'platform') {
    return b.handedOver ? parts.add('platform') : parts;
  }
  const here = RECEIVING[b.area];
  const chain = CHAIN[b.area] ?? [];
  const add = (part: Part, is: boolean): void => void (is && parts.add(part));
  const inArea = (role: string): boolean =>
    grantsOf(who).some((g) => g.role === role && chain.includes(g.areaId));
  add('author', joinedIn(b, who));
  add('first', b.authors.get(who) === 'first' || (b.state === 'new' && who === 'ann'));
  add('invited', b.authors.get(who) === 'invited');
  add('merged', !joinedIn(b, who) && inAbsorbed(b, who));
  add('supporter', b.supporters.has(who));
  add('member', b.openness !== 'staff' && inArea('member'));
  if (hasReported(b, who)) {
    return parts;
  }
  add('filer', b.filer === who && holdsAt(who, 'reviewer', here?.committeeId));
  add('reviewer', holdsAt(who, 'reviewer', here?.committeeId));
  add('dispatcher', holdsAt(who, 'dispatcher', here?.dispatchOfficeId));
  add('inspector', inArea('inspector'));
  add('leader', inArea('leader'));
  add('lead', b.lead !== null && holdsAt(who, 'handler', b.lead));
  add('head', b.lead !== null && holdsAt(who, 'head', b.lead));
  add(
    'co',
    [...b.co.keys()].some((unit) => holdsAt(who, 'handler', unit)),
  );
  add(
    'rated',
    [...b.replied].some((unit) => holdsAt(who, 'handler', unit)),
  );
  const answerable = (b.state === 'accepted' ? null : b.lead) ?? here?.dispatchOfficeId ?? '';
  const role = answerable === here?.dispatchOfficeId ? 'dispatcher' : 'handler';
  add(
    'supervised',
    headed(b, answerable) ? holdsAt(who, 'head', answerable) : holdsAt(who, role, answerable),
  );
  return parts;
}

interface Given {
  leadUnitId?: string;
  coUnitIds?: string[];
  personIds?: string[];
  caseId?: string;
  authors?: string[];
  areaId?: string;
  openness?: string;
  disclosure?: { openness: string };
  onBehalfOf?: string;
}

/** Brings the belief up to date with what was done, from what was asked for. `own` is the assignment it was done on. */
export function learn(b: Belief, event: CaseEvent, input: Given, own: Assignment | undefined): void {
  const who = event.personId ?? '';
  const from = b.state;
  b.state = event.to;
  switch (event.action) {
    case 'submit':
      b.openness = input.disclosure?.openness ?? 'staff';
      if (from === 'new') {
        b.authors.set(input.onBehalfOf ?? who, 'first');
        b.filer = input.onBehalfOf ? who : null;
      }
      return;
    case 'takeOver':
      b.filer = null;
      return;
    case 'accept':
      b.openness = input.openness ?? b.openness;
      return;
    case 'decline':
    case 'withdraw':
      b.absorbed.clear();
      return;
    case 'escalate':
      b.area = b.area === 'county' ? 'city' : 'province';
      return;
    case 'delegate':
      b.area = input.areaId ?? b.area;
      return;
    case 'invite':
      input.personIds?.filter((id) => !joinedIn(b, id)).forEach((id) => b.authors.set(id, 'invited'));
      return;
    case 'join':
      b.authors.set(who, 'accepted');
      return;
    case 'declineJoin':
      b.authors.set(who, 'declined');
      return;
    case 'leave':
      leaves(b, who);
      return;
    case 'support':
      b.supporters.add(who);
      return;
    case 'absorb':
      b.absorbed.set(input.caseId ?? '', input.authors ?? []);
      return;
    case 'release':
      b.absorbed.delete(input.caseId ?? '');
      return;
    default:
      learnOfUnits(b, event, input, own, from);
  }
}

function leaves(b: Belief, who: string): void {
  const first = b.authors.get(who) === 'first';
  b.authors.set(who, 'left');
  const next = [...b.authors].find(([, joined]) => joined === 'accepted');
  if (first && next) {
    b.authors.set(next[0], 'first');
  }
}

function learnOfUnits(
  b: Belief,
  event: CaseEvent,
  input: Given,
  own: Assignment | undefined,
  from: string,
): void {
  const keep = (as?: 'past'): void => {
    for (const [id, state] of b.co) {
      if (state === 'open') {
        b.co.delete(id);
      } else {
        b.co.set(id, as ?? state);
      }
    }
  };
  const give = (ids: string[]): void => ids.forEach((id) => b.co.set(id, 'open'));
  const leadGaveBack = event.action === 'transferBack' && own?.part === 'lead';
  switch (event.action) {
    case 'dispatch':
      if (b.lead) {
        b.co.clear(); // an answered round is over: a new one begins
      }
      keep('past');
      b.lead = input.leadUnitId ?? null;
      give(input.coUnitIds ?? []);
      break;
    case 'redispatch':
      keep('past');
      b.lead = input.leadUnitId ?? null;
      give(input.coUnitIds ?? []);
      break;
    case 'changeCoHandlers':
      keep();
      give((input.coUnitIds ?? []).filter((id) => !b.co.has(id)));
      break;
    case 'opinion':
      b.co.set(own?.unitId ?? '', 'done');
      break;
    case 'reply':
      b.answered = [...b.co].filter(([, state]) => state !== 'past').map(([id]) => id);
      b.pending = b.lead;
      break;
    case 'settle':
      if (event.to === 'dispatched') {
        b.co.clear();
        give(b.answered.filter((id) => id !== b.lead));
      }
      break;
    default:
      break;
  }
  if (event.action === 'recall' || leadGaveBack) {
    keep('past');
    b.lead = null;
  } else if (event.action === 'transferBack') {
    b.co.delete(own?.unitId ?? '');
  }
  if (event.to === 'replied' && from !== 'replied') {
    keep();
    if (b.pending) {
      b.replied.add(b.pending);
    }
    // Whoever was still thinking about joining comes too late.
    [...b.authors].filter(([, j]) => j === 'invited').forEach(([id]) => b.authors.delete(id));
  }
}
