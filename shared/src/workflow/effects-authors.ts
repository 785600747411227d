/** Who reports a case: joint authors, supporters, and the name of an anonymous one. */
import { LENGTHS } from '../words/index.ts';
import type { InputOf } from './inputs.ts';
import type { EventData } from './event-data.ts';
import { authorsOf, firstAuthor, hasReported } from './relations.ts';
import { need, type Effect, type Situation } from './situation.ts';

/** Members who may be asked to join beside `present`; throws the refusal for anybody else. */
export function invitable(
  s: Situation,
  personIds: readonly string[],
  present: readonly string[],
  anonymous: boolean,
): string[] {
  const wanted = [...new Set(personIds)].filter((id) => !present.includes(id));
  need(wanted.length === 0 || !anonymous, 'anonymousJoint');
  need(
    wanted.every((id) => s.world.isMember(id)),
    'noMember',
  );
  need(present.length + wanted.length <= LENGTHS.jointAuthors + 1, 'tooManyAuthors');
  return wanted;
}

export function invite(s: Situation<InputOf<'invite'>>): Effect {
  need(!s.c.disclosure.anonymous, 'anonymousJoint');
  const asked = s.c.authors.filter((a) => a.joined !== 'declined' && a.joined !== 'left');
  const present = asked.map((a) => a.personId);
  const invited = invitable(s, s.input.personIds, present, s.c.disclosure.anonymous);
  need(invited.length > 0, 'alreadyAuthor');
  return { data: { invited } satisfies EventData['invite'] };
}

const toFirst = (s: Situation, notice: 'joined' | 'joinDeclined' | 'left'): Effect['tell'] => {
  const personId = firstAuthor(s.c);
  return personId && personId !== s.personId ? [{ notice, audience: { to: 'person', personId } }] : [];
};

export function join(s: Situation): Effect {
  return { tell: toFirst(s, 'joined') };
}

export function declineJoin(s: Situation): Effect {
  return { tell: toFirst(s, 'joinDeclined') };
}

/** The case goes on under the next author. */
export function leave(s: Situation<InputOf<'optionalReason'>>): Effect {
  need(s.c.firstDispatchedAt === null, 'onceDispatched');
  need(authorsOf(s.c).length > 1, 'soleAuthor');
  return { data: { ...s.input }, tell: [{ notice: 'left', audience: { to: 'authors' } }] };
}

export function support(s: Situation): Effect {
  const personId = s.personId ?? '';
  need(!hasReported(s.c, personId) && s.c.filedBy !== personId, 'ownCase');
  need(!s.c.supporters.some((each) => each.personId === personId), 'supportedAlready');
  return {};
}

export function reveal(s: Situation<InputOf<'reveal'>>): Effect {
  need(s.c.disclosure.anonymous, 'notAnonymous');
  need(s.c.revealedAt === null, 'revealedAlready');
  return { data: { ...s.input }, tell: [{ notice: 'revealed', audience: { to: 'authors' } }] };
}
