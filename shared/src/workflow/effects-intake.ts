/** Before dispatch: filing, review, and what may still be taken back. */
import type { CaseContent, Disclosure } from './model.ts';
import type { InputOf } from './inputs.ts';
import type { EventData } from './apply.ts';
import { need, runningClock, start, stop, type Effect, type Situation } from './situation.ts';
import { isAuthor } from './relations.ts';

/** The first event of a case, or the same report again after 退回补充. */
export function submit(s: Situation<InputOf<'submit'>>): Effect {
  const { disclosure, committeeId: _committee, ...content } = s.input;
  const first = s.c.version === 0;
  const data: EventData['submit'] = { content: content as CaseContent, disclosure: disclosure as Disclosure };
  if (first && s.world.intake) {
    data.intake = s.world.intake;
  }
  return {
    to: 'submitted',
    data,
    clocks: [...stop(s, 'supplement'), start(s, 'review')],
    tell: [{ notice: 'received', audience: { to: 'authors' } }],
  };
}

export function withdraw(s: Situation<InputOf<'withdraw'>>): Effect {
  need(s.c.firstDispatchedAt === null, 'onceDispatched');
  if (s.actor.kind === 'timer') {
    // The author may have sent it again just before this came: only thirty days of silence withdraw.
    const silence = runningClock(s.c, 'supplement');
    need(silence, 'clockGone');
    need(s.world.now >= silence.dueAt, 'clockEarly');
  }
  const others = s.c.authors.filter((a) => a.joined === 'accepted').length;
  need(others === 0 || s.actor.kind === 'timer', 'otherAuthors');
  return {
    to: 'withdrawn',
    data: { reason: s.input.reason },
    clocks: stop(s, 'review', 'supplement', 'dispatch'),
    tell: [{ notice: 'withdrawn', audience: { to: 'authors' } }],
  };
}

export function accept(s: Situation<InputOf<'accept'>>): Effect {
  return {
    to: 'accepted',
    data: { ...s.input } satisfies EventData['accept'],
    clocks: [...stop(s, 'review'), start(s, 'dispatch')],
    tell: [{ notice: 'accepted', audience: { to: 'authors' } }],
  };
}

export function returnToAuthor(s: Situation<InputOf<'reason'>>): Effect {
  return {
    to: 'returned',
    data: { reason: s.input.reason },
    clocks: [...stop(s, 'review'), start(s, 'supplement')],
  };
}

export function decline(s: Situation<InputOf<'reason'>>): Effect {
  need(s.c.firstDispatchedAt === null, 'onceDispatched');
  return {
    to: 'declined',
    data: { reason: s.input.reason },
    clocks: stop(s, 'review'),
    tell: [{ notice: 'declined', audience: { to: 'authors' } }],
  };
}

export function edit(s: Situation<InputOf<'edit'>>): Effect {
  const content: CaseContent = { ...s.input, fileIds: s.c.content.fileIds };
  need(JSON.stringify(content) !== JSON.stringify({ ...content, ...s.c.content }), 'nothingChanged');
  return { data: { content } satisfies EventData['edit'] };
}

export function correct(s: Situation<InputOf<'correct'>>): Effect {
  return {
    data: {
      ...s.input,
      before: { categoryId: s.c.content.categoryId, place: s.c.content.place },
    },
  };
}

export function sendBack(s: Situation<InputOf<'reason'>>): Effect {
  need(!s.c.ruled, 'ruledCase');
  return {
    to: 'submitted',
    data: { reason: s.input.reason },
    clocks: [...stop(s, 'dispatch'), start(s, 'review')],
  };
}

export function supplement(s: Situation<InputOf<'supplement'>>): Effect {
  need(s.personId !== null && isAuthor(s.c, s.personId), 'notYours');
  return { data: { ...s.input }, tell: [{ notice: 'supplemented', audience: { to: 'movers' } }] };
}

export function comment(s: Situation<InputOf<'comment'>>): Effect {
  return { data: { ...s.input } };
}
