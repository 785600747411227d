/** The history of a case as one reader sees it. */
import type { TimelineEntry } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import { spec, type Case, type CaseEvent } from '@minqing/shared/workflow';
import { tellingOf, type Presenting } from './presenting.ts';
import { STEPS, type TimelineContext } from './timeline.steps.ts';

/** The same, and that a program did it in their name. */
function whoAndHowOf(e: CaseEvent, x: TimelineContext): string {
  const who = whoOf(e, x);
  return e.capacity.via ? `${who}（通过访问令牌）` : who;
}

/** 「市公安局交警支队 周凯」; an anonymous author stays 匿名委员 for those who may not know. */
function whoOf(e: CaseEvent, x: TimelineContext): string {
  const { capacity } = e;
  if (capacity.kind === 'timer') {
    return '';
  }
  if (capacity.kind === 'platform') {
    // The member follows one course, whoever's system it runs in; who works on it sees which.
    const who = x.telling.unit(capacity.unitId ?? x.c.dispatchOfficeId)?.name ?? '';
    return x.sight.staff ? `${who}（三服务小管家）` : who;
  }
  if (capacity.kind === 'mergedAuthor' || capacity.kind === 'supporter') {
    const hidden = e.personId === x.viewerId || !x.sight.staff;
    return hidden ? '' : `${x.names(e.personId).name}委员`;
  }
  if (capacity.kind === 'author') {
    return e.personId === x.viewerId ? '' : x.sight.names ? `${x.names(e.personId).name}委员` : '匿名委员';
  }
  const principal = capacity.forPersonId ? `（代${x.names(capacity.forPersonId).name}）` : '';
  const unit = capacity.unitId ? x.telling.unit(capacity.unitId) : undefined;
  return [unit?.name ?? '', `${x.names(e.personId).name}${principal}`].filter(Boolean).join(' ');
}

/** Newest first. Internal entries are left out for those who do not work on the case. */
export function presentTimeline(events: readonly CaseEvent[], x: TimelineContext): TimelineEntry[] {
  return events
    .map((e): TimelineEntry => {
      const step = STEPS[e.action]?.(e, x) ?? { title: spec(e.action).label };
      return {
        version: e.version,
        action: e.action,
        title: step.title,
        who: whoAndHowOf(e, x),
        at: isoShanghaiFull(e.at),
        atText: momentText(e.at, x.telling.now),
        text: step.text ?? '',
        tone: step.tone ?? 'normal',
        files: x.files(step.fileIds ?? []),
        result: step.result ?? null,
        stars: step.stars ?? null,
        internal: step.internal ?? false,
      };
    })
    .filter((entry) => !entry.internal || x.sight.staff)
    .toReversed();
}

/** Oldest first, for paper: told to nobody in particular, every date with its year, since nobody knows when it is read. */
export function paperTimeline(c: Case, events: readonly CaseEvent[], p: Presenting): TimelineEntry[] {
  return presentTimeline(events, {
    c,
    sight: p.sight,
    viewerId: null,
    names: p.names,
    files: p.files,
    telling: { ...tellingOf(p.world), now: 0 },
    wording: p.wording,
  }).toReversed();
}
