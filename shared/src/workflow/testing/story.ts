/** Short stories of a case in the made-up city, step by step. */
import type { ActionName } from '../actions.ts';
import type { Case } from '../model.ts';
import { act, CONTENT, MONDAY, refusalOf, type Who } from './people.ts';

/** One step of a story: who, what, with what, when. */
export type Step = [who: Who, action: ActionName, input?: object, now?: number];

/** Plays steps on from a case; the clock stands still unless a step says otherwise. */
export function play(c: Case | null, ...steps: Step[]): Case {
  let now = c?.lastEventAt ?? MONDAY;
  let at_ = c;
  for (const [who, action, input = {}, when] of steps) {
    now = when ?? now;
    at_ = act(at_, who, action, input, now).next;
  }
  if (!at_) {
    throw new Error('no step was played');
  }
  return at_;
}

/** Reported on Monday at nine. */
export const filed = (): Case => play(null, ['ann', 'submit', CONTENT]);
/** Accepted and dispatched to the police, with co-handlers if named. */
export const atPolice = (co: string[] = []): Case =>
  play(filed(), ['rex', 'accept'], ['dora', 'dispatch', { leadUnitId: 'police', coUnitIds: co }]);
/** A reply that needs nothing more. */
export const solved = { class: 'solved', text: '已经调好' };
/** Two stars with their reason. */
export const low = { stars: 2, text: '问题还在' };
/** Answered by the police. */
export const replied = (): Case => play(atPolice(), ['pia', 'reply', solved]);
/** One more round that ends in low stars. */
export const round = (c: Case): Case => play(c, ['pia', 'reply', solved], ['ann', 'rate', low]);
/** A reason. */
export const why = { reason: '说明' };
/** How an act would be refused; null when it would not. */
export const code = (
  c: Case,
  who: Who,
  action: ActionName,
  input: object = {},
  now = c.lastEventAt,
  seen?: number,
): string | null => refusalOf(() => act(c, who, action, input, now, seen === undefined ? {} : { seen }));
/** The latest clock of a kind. */
export const clock = (c: Case, kind: string): Case['clocks'][number] => {
  const found = c.clocks.findLast((k) => k.kind === kind);
  if (!found) {
    throw new Error(`no ${kind} clock`);
  }
  return found;
};
