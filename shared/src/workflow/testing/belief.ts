/** Bookkeeping of a case's life that is not the workflow's own: who plays which part at every moment. */
import type { Assignment, CaseEvent } from '../model.ts';
import type { Who } from './people.ts';
import type { Part } from './rules.ts';

/** What is believed of the case from what was asked for alone. */
export interface Belief {
  state: string;
  joined: boolean;
  lead: string | null;
  /** Units that help in this round; `past` ones gave their opinion to an earlier dispatch. */
  co: Map<string, 'open' | 'done' | 'past'>;
  /** Co-handlers as they stood when the lead replied. */
  answered: string[];
}

/** Which parts a person plays, told from the belief and the small city's roll. */
export function partsOf(who: Who, belief: Belief): Set<Part> {
  if (who === 'timer') {
    return new Set(['timer']);
  }
  if (who === 'ann') {
    return new Set(['first', 'author']);
  }
  if (who === 'bea' && belief.joined) {
    return new Set(['author']);
  }
  const units: Partial<Record<Who, string[]>> = {
    bea: ['police'],
    pia: ['police'],
    pit: ['police'],
    walt: ['works'],
    paul: ['parks'],
    both: ['works', 'water'],
  };
  const roles: Partial<Record<Who, Part>> = {
    bea: 'reviewer',
    rex: 'reviewer',
    dora: 'dispatcher',
    ivy: 'inspector',
    ivan: 'inspector',
  };
  const role = roles[who];
  const parts = new Set<Part>(role ? [role] : []);
  const own = units[who] ?? [];
  if (belief.lead && own.includes(belief.lead)) {
    parts.add('lead');
  }
  if (own.some((u) => belief.co.has(u))) {
    parts.add('co');
  }
  return parts;
}

interface Given {
  leadUnitId?: string;
  coUnitIds?: string[];
}

/** Brings the belief up to date with what was done, from what was asked for. `own` is the assignment it was done on. */
export function learn(belief: Belief, event: CaseEvent, input: Given, own: Assignment | undefined): void {
  const keep = (as?: 'past'): void => {
    for (const [id, state] of belief.co) {
      if (state === 'open') {
        belief.co.delete(id);
      } else {
        belief.co.set(id, as ?? state);
      }
    }
  };
  const give = (ids: string[]): void => ids.forEach((id) => belief.co.set(id, 'open'));
  const leaves = event.action === 'recall' || (event.action === 'transferBack' && own?.part === 'lead');
  if (event.action === 'dispatch' && belief.lead) {
    belief.co.clear(); // an answered round is over: a new one begins
  }
  if (event.action === 'dispatch' || event.action === 'redispatch') {
    keep('past');
    belief.lead = input.leadUnitId ?? null;
    give(input.coUnitIds ?? []);
  }
  if (event.action === 'changeCoHandlers') {
    keep();
    give((input.coUnitIds ?? []).filter((id) => !belief.co.has(id)));
  }
  if (leaves) {
    keep('past');
    belief.lead = null;
  }
  if (event.action === 'transferBack' && own?.part === 'co') {
    belief.co.delete(own.unitId);
  }
  if (event.action === 'opinion') {
    belief.co.set(own?.unitId ?? '', 'done');
  }
  if (event.action === 'reply') {
    belief.answered = [...belief.co].filter(([, state]) => state !== 'past').map(([id]) => id);
    keep();
  }
  if (event.action === 'settle' && event.to === 'dispatched') {
    belief.co.clear();
    give(belief.answered.filter((id) => id !== belief.lead));
  }
  belief.state = event.to;
}
