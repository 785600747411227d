/** A case as a row of a list. */
import { CASE_STATES } from '@minqing/shared/words';
import type { CaseItem } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import { clockThatMatters, leadAssignment, type Case } from '@minqing/shared/workflow';
import { leftOf, nextText } from './case.words.ts';
import { areaRef, dutyOf, tellingOf, unitRef, type Presenting } from './presenting.ts';

/** A row of a list. */
export function presentItem(
  c: Case,
  p: Omit<Presenting, 'names' | 'files' | 'phones' | 'started'> & { seenVersion: number },
): CaseItem {
  const telling = tellingOf(p.world);
  const duty = dutyOf(p.actsOn, p.viewer, p.world);
  const clock = clockThatMatters(c);
  const lead = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  const prompts = { rate: 'rate', answer: 'answer', supplement: 'resubmit', join: 'join' } as const;
  const stars = c.ratings.filter((r) => r.round === c.round).map((r) => r.stars);
  return {
    id: c.id,
    number: c.number,
    title: c.content.title,
    state: c.state,
    stateLabel: CASE_STATES[c.state],
    round: c.round,
    area: areaRef(c.content.place.areaId ?? c.areaId, p.area),
    category: p.wording.categoryName(c.areaId, c.content.categoryId),
    lead: lead ? unitRef(lead, p.world.unit) : null,
    next: nextText(c, { author: p.sight.author, you: duty?.purpose ?? null, staff: p.sight.staff }, telling),
    mine: duty !== null && duty.holds,
    left: clock ? leftOf(clock, telling) : null,
    prompt: duty && duty.purpose in prompts ? prompts[duty.purpose as keyof typeof prompts] : null,
    rating: stars.length > 0 ? Math.min(...stars) : null,
    unseen: p.seenVersion < c.version,
    updatedAt: isoShanghaiFull(c.lastEventAt),
    updatedText: momentText(c.lastEventAt, p.world.now),
  };
}
