/** Before dispatch: filing, review, and what may still be taken back. */
import { OPENNESS } from '../words/index.ts';
import type { CaseContent, Disclosure } from './model.ts';
import type { InputOf } from './inputs.ts';
import type { EventData } from './event-data.ts';
import { need, runningClock, start, stop, type Effect, type Situation } from './situation.ts';
import { authorsOf } from './relations.ts';
import { invitable } from './effects-authors.ts';
import { setFree } from './effects-merge.ts';

/** The first event of a case, or the same report again after 退回补充. */
export function submit(s: Situation<InputOf<'submit'>>): Effect {
  const { disclosure, committeeId: _committee, invitees, onBehalfOf, ...content } = s.input;
  const first = s.c.version === 0;
  const authorId = onBehalfOf ?? s.personId ?? '';
  const data: EventData['submit'] = { content: content as CaseContent, disclosure: disclosure as Disclosure };
  if (first && s.world.intake) {
    data.intake = s.world.intake;
    data.authorId = authorId;
    data.filedBy = onBehalfOf ? s.personId : null;
    data.invited = invitable(s, invitees, [authorId], disclosure.anonymous);
  }
  return {
    to: 'submitted',
    data,
    clocks: [...stop(s, 'supplement'), start(s, 'review', { about: { categoryId: content.categoryId } })],
    tell: [
      first && onBehalfOf
        ? { notice: 'filedForYou', audience: { to: 'person', personId: onBehalfOf } }
        : { notice: 'received', audience: { to: 'authors' } },
    ],
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
  need(authorsOf(s.c).length <= 1 || s.actor.kind === 'timer', 'otherAuthors');
  return {
    to: 'withdrawn',
    data: { reason: s.input.reason },
    clocks: stop(s, 'review', 'supplement', 'dispatch', 'supervision'),
    tell: [{ notice: 'withdrawn', audience: { to: 'authors' } }],
    also: setFree(s),
  };
}

export function takeOver(s: Situation): Effect {
  need(s.c.filedBy !== null, 'filedAlready');
  return {};
}

const WIDTH = Object.keys(OPENNESS);

export function accept(s: Situation<InputOf<'accept'>>): Effect {
  const { openness, categoryId, urgency } = s.input;
  need(
    openness === undefined || WIDTH.indexOf(openness) <= WIDTH.indexOf(s.c.disclosure.openness),
    'opennessWider',
  );
  return {
    to: 'accepted',
    data: {
      ...s.input,
      ...(s.world.partner ? { handledBy: s.world.partner } : {}),
    } satisfies EventData['accept'],
    clocks: [...stop(s, 'review'), start(s, 'dispatch', { about: { categoryId, urgency } })],
    tell: [{ notice: 'accepted', audience: { to: 'authors' } }],
  };
}

/** The platform has it, with its own number; after a rework or a reopening once more. */
export function receive(s: Situation<InputOf<'received'>>): Effect {
  return { data: { ...s.input } satisfies EventData['receive'] };
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
    also: setFree(s),
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
  need(!s.c.ruled && s.c.reopenedBy.length === 0, 'ruledCase');
  return {
    to: 'submitted',
    data: { reason: s.input.reason },
    clocks: [...stop(s, 'dispatch', 'supervision'), start(s, 'review')],
  };
}

export function supplement(s: Situation<InputOf<'supplement'>>): Effect {
  return { data: { ...s.input }, tell: [{ notice: 'supplemented', audience: { to: 'movers' } }] };
}

export function comment(s: Situation<InputOf<'comment'>>): Effect {
  return { data: { ...s.input } };
}
