/** Merged cases as each side sees them. */
import {
  mergedThrough,
  type ActionName,
  type Actor,
  type Case,
  type CaseEvent,
} from '@minqing/shared/workflow';
import type { Reader } from '../store/index.ts';
import type { Relative } from './case.beside.presenter.ts';
import { eventsOf, findCase } from './case.repository.ts';

/** What the survivor's own authors did or wrote: never shown to those whose cases were merged into it. */
const OF_AUTHORS: ReadonlySet<ActionName> = new Set<ActionName>([
  'submit',
  'edit',
  'supplement',
  'answer',
  'ask',
  'lapseAsk',
  'invite',
  'join',
  'declineJoin',
  'leave',
  'support',
  'takeOver',
  'reveal',
  'absorb',
  'release',
]);

/** The case the viewer means: authors of a merged case who ask for its survivor are shown their own. */
export async function ownOf(db: Reader, viewer: Actor, c: Case): Promise<Case> {
  const through = viewer.kind === 'person' ? mergedThrough(c, viewer.personId) : undefined;
  return (through ? await findCase(db, through) : null) ?? c;
}

/** The merged case's own history, then what the units and offices did in the survivor, oldest first. */
export async function eventsOfBoth(db: Reader, own: Case, survivor: Case): Promise<CaseEvent[]> {
  const mine = await eventsOf(db, own.id);
  const theirs = (await eventsOf(db, survivor.id)).filter(
    (e) => !OF_AUTHORS.has(e.action) && !(e.action === 'rate' && e.capacity.kind === 'author'),
  );
  return [...mine, ...theirs].toSorted((a, b) => a.at - b.at);
}

/** Number and title of the cases this one was merged into or took in. */
export async function relativesOf(db: Reader, c: Case): Promise<Relative[]> {
  const ids = [...(c.mergedInto ? [c.mergedInto] : []), ...c.absorbed.map((a) => a.caseId)];
  return ids.length === 0
    ? []
    : db.selectFrom('cases').select(['id', 'number', 'title']).where('id', 'in', ids).execute();
}
