/** What a subscriber is told of one step of a case: as little as does. Names and phone numbers are no part of it. */
import type { WebhookPayload } from '@minqing/shared/contract';
import { isoShanghaiFull } from '@minqing/shared/time';
import { leadAssignment, ratingsOfRound, spec, type Case, type CaseEvent } from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import { type WebhookLevel } from '@minqing/shared/webhooks';
import type { Catalogue } from '../catalogue/index.ts';
import type { Directory } from '../people/index.ts';

export interface PayloadDeps {
  directory: Directory;
  catalogue: Pick<Catalogue, 'categoryName'>;
  publicUrl: string;
}

/** `c` as it stood right after the event, so that a replay tells the same as the first time. */
export function payloadOf(
  deps: PayloadDeps,
  level: WebhookLevel,
  step: { seq: number; event: CaseEvent; c: Case },
): WebhookPayload {
  const { seq, event, c } = step;
  const { directory, catalogue } = deps;
  const lead = leadAssignment(c);
  const unit = lead ? directory.unit(lead.unitId) : undefined;
  const reply = c.clocks.findLast((clock) => clock.kind === 'reply' && clock.stoppedAt === null);
  return {
    type: `case.${event.action}`,
    timestamp: isoShanghaiFull(event.at),
    data: {
      seq,
      caseId: c.id,
      number: c.number,
      version: event.version,
      action: event.action,
      actionLabel: spec(event.action).label,
      state: c.state,
      stateLabel: CASE_STATES[c.state],
      area: { id: c.areaId, name: directory.area(c.areaId)?.name ?? '' },
      category: {
        id: c.content.categoryId,
        name: catalogue.categoryName(c.areaId, c.content.categoryId),
      },
      urgency: c.urgency,
      round: c.round,
      leadUnit: unit ? { id: unit.id, name: unit.name, shortName: unit.shortName } : null,
      dueAt: reply ? isoShanghaiFull(reply.dueAt) : null,
      published: c.published ? { title: c.published.title, text: c.published.text } : null,
      content: level === 'content' && !c.disclosure.anonymous ? contentOf(c) : null,
      url: `${deps.publicUrl}/#/s/${c.id}`,
    },
  };
}

function contentOf(c: Case): WebhookPayload['data']['content'] {
  const { title, situation, suggestion, place } = c.content;
  // A reply that waits for approval is nobody's yet.
  const answer = c.releasedAt === null ? undefined : c.replies.findLast((one) => one.round === c.round);
  const stars = ratingsOfRound(c, c.round).map((rating) => rating.stars);
  return {
    title,
    situation,
    suggestion,
    place: place.text,
    reply: answer ? { class: answer.class, text: answer.text } : null,
    stars: stars.length > 0 ? Math.min(...stars) : null,
  };
}
