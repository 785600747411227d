/**
 * The words of open cases, kept beside them by following the ledger: a case that closes leaves, one that is edited,
 * handed to another area or shown to others moves. Whoever looks searches only rows of an audience they belong to.
 */
import { GOVERNMENT_STATES, OPEN_STATES, type Case } from '@minqing/shared/workflow';
import { findCase } from '../cases/index.ts';
import type { Reader, Tx } from '../store/index.ts';
import { weightsOf } from './likeness.ts';

/** committee: reported and not reviewed yet; staff: reviewed; members: reviewed and open to other members. */
export type Audience = 'committee' | 'staff' | 'members';

export interface Scope {
  areaId: string;
  audience: Audience;
}

/** So many words tell what a case is about; a long report does not fill the table. */
const MOST_WORDS = 60;
/** Newest cases looked at for one word: enough to judge how common it is, and the same work in a small or large store. */
export const NEWEST = 60;

export const isOpen = (c: Case): boolean => OPEN_STATES.includes(c.state);

function audienceOf(c: Case): Audience {
  if (!GOVERNMENT_STATES.includes(c.state)) {
    return 'committee';
  }
  return c.disclosure.openness === 'staff' ? 'staff' : 'members';
}

function wordsOfCase(c: Case): string[] {
  const { title, situation, place } = c.content;
  return [...weightsOf({ title, situation, placeText: place.text }).entries()]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

/** Brings the words of one case to what it says now. The same whatever was there before, and however often it is done. */
export async function keepWords(tx: Tx, caseId: string): Promise<void> {
  const c = await findCase(tx, caseId);
  const wanted = c && isOpen(c) ? wordsOfCase(c) : [];
  const scope = c ? { area_id: c.areaId, audience: audienceOf(c) } : { area_id: '', audience: 'staff' };
  const had = await tx
    .selectFrom('open_case_word')
    .select(['area_id', 'audience', 'word'])
    .where('case_id', '=', caseId)
    .execute();
  const same =
    had.length === wanted.length &&
    had.every((r) => r.area_id === scope.area_id && r.audience === scope.audience && wanted.includes(r.word));
  if (same) {
    return;
  }
  await tx.deleteFrom('open_case_word').where('case_id', '=', caseId).execute();
  if (c && wanted.length > 0) {
    await tx
      .insertInto('open_case_word')
      .values(wanted.map((word) => ({ ...scope, word, submitted_at: c.submittedAt, case_id: caseId })))
      .execute();
  }
}

/** For each word the newest cases of the scopes that speak of it, at most `NEWEST` a word and scope. */
export async function casesByWord(
  db: Reader,
  scopes: readonly Scope[],
  words: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  const newest = (scope: Scope, word: string) =>
    db
      .selectFrom(
        db
          .selectFrom('open_case_word')
          .select(['word', 'case_id'])
          .where('area_id', '=', scope.areaId)
          .where('audience', '=', scope.audience)
          .where('word', '=', word)
          .orderBy('submitted_at', 'desc')
          .limit(NEWEST)
          .as('newest'),
      )
      .select(['word', 'case_id']);
  const [first, ...rest] = scopes.flatMap((scope) => words.map((word) => newest(scope, word)));
  if (!first) {
    return found;
  }
  const rows = await rest.reduce((all, next) => all.unionAll(next), first).execute();
  for (const { word, case_id } of rows) {
    found.set(word, (found.get(word) ?? new Set()).add(case_id));
  }
  return found;
}
