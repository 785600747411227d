/** What leaves of a case, for one viewer. No row and no domain object is ever sent as it is. */
import { CASE_STATES, LIGHTS, OPENNESS, URGENCIES } from '@minqing/shared/words';
import type { ActionView, CaseView, ContentView, LeftView } from '@minqing/shared/contract';
import { deadlineText, leftText, momentText, usedText } from '@minqing/shared/time';
import {
  availableActions,
  clockThatMatters,
  spec,
  type Case,
  type CaseContent,
  type CaseEvent,
} from '@minqing/shared/workflow';
import { presentBeside, type Relative } from './case.beside.presenter.ts';
import { presentAssignments, presentRing, presentSteps } from './case.parts.presenter.ts';
import { beforeText, headlineOf, leftOf, unitMinutes } from './case.words.ts';
import { areaRef, dutyOf, readerOf, tellingOf, unitRef, viewerIdOf, type Presenting } from './presenting.ts';
import { presentTimeline } from './timeline.presenter.ts';

function presentContent(c: Case, content: CaseContent, p: Presenting): ContentView {
  const { place } = content;
  return {
    title: content.title,
    situation: content.situation,
    analysis: content.analysis,
    suggestion: content.suggestion,
    categoryId: content.categoryId,
    category: p.wording.categoryName(c.areaId, content.categoryId),
    answers: content.answers,
    place: {
      text: place.text,
      area: place.areaId ? areaRef(place.areaId, p.area) : null,
      latitude: place.latitude ?? null,
      longitude: place.longitude ?? null,
    },
    files: p.files(content.fileIds),
  };
}

function sublineOf(c: Case, left: LeftView | null, p: Presenting): string {
  const answered = unitMinutes(c, p.world.calendar);
  if (answered && (c.state === 'replied' || c.state === 'closed' || c.state === 'disputed')) {
    const { clock, used } = answered;
    const spare =
      clock.stoppedAt === null ? 0 : p.world.calendar.workingMinutesBetween(clock.stoppedAt, clock.dueAt);
    return spare > 0
      ? `用了 ${usedText(used)}，比时限早 ${leftText(spare)}`
      : `用了 ${usedText(used)}，超过时限 ${leftText(-spare)}`;
  }
  return left ? `${left.text}，${left.dueText}` : '';
}

function presentActions(c: Case, p: Presenting): ActionView[] {
  return availableActions(p.actsOn, p.viewer, p.world).map((action) => {
    const row = spec(action);
    return {
      action,
      label: action === 'submit' ? '补充后再交' : action === 'dispatch' && c.transferred ? '改派' : row.label,
      consequence: row.consequence,
      rank: row.rank ?? 99,
      input: row.input,
      exclusive: row.exclusive,
      reasons: p.wording.reasonsFor(c.areaId, action),
      ...(action === 'rate' ? { reasonsByStars: p.wording.gradeReasons(c.areaId) } : {}),
    };
  });
}

/** 「交警支队须在 … 前重新答复」: told before one or two stars are sent. */
function reworkText(c: Case, p: Presenting): string | null {
  if (c.state !== 'replied') {
    return null;
  }
  const unit = unitRef(c.replies.at(-1)?.unitId, p.world.unit).shortName;
  if (c.ruled || c.reworks >= 2) {
    return '打一星、两星将转督查裁定';
  }
  const about = { categoryId: c.content.categoryId, urgency: c.urgency };
  const limit = c.clocks.findLast((k) => k.kind === 'reply')?.limit ?? p.world.limitOf('reply', about);
  const due = deadlineText(p.world.calendar.due(p.world.now, limit).dueAt, p.world.now);
  return c.awaited.length > 1 ? `${unit}须重新答复，最迟评价期满后起算` : `${unit}须在 ${due} 前重新答复`;
}

/** The whole case page. `events` is its history, oldest first. */
export function presentCase(
  c: Case,
  events: readonly CaseEvent[],
  p: Presenting,
  relatives: readonly Relative[] = [],
): CaseView {
  const telling = tellingOf(p.world);
  const reader = readerOf(p.actsOn, p.viewer, p.sight, p.world);
  const clock = clockThatMatters(c);
  const left = clock ? leftOf(clock, telling) : null;
  const ring = presentRing(c, clock, left, p);
  const editor = events.findLast((e) => e.action === 'edit');
  const order = events.findLast((e) => e.action === 'dispatch' || e.action === 'redispatch');
  const note = order ? String(order.data.note ?? '') : '';
  const askClock = c.clocks.findLast((k) => k.kind === 'ask');
  const light = ring?.light ?? null;
  return {
    id: c.id,
    number: c.number,
    version: c.version,
    state: c.state,
    stateLabel: CASE_STATES[c.state],
    round: c.round,
    headline: headlineOf(c, reader, telling),
    subline: sublineOf(c, left, p),
    light,
    lightWord:
      light === null
        ? null
        : ring?.caption === '用了'
          ? light === 'red'
            ? '超期'
            : '按时'
          : LIGHTS[light].word,
    clockId: (clock ?? unitMinutes(c, p.world.calendar)?.clock)?.id ?? null,
    ring,
    content: presentContent(c, c.content, p),
    original:
      c.originalContent && (p.sight.staff || p.sight.author) ? presentContent(c, c.originalContent, p) : null,
    editedBy: editor ? `${p.names(editor.personId).name} · ${momentText(editor.at, p.world.now)}` : null,
    area: areaRef(c.content.place.areaId ?? c.areaId, p.area),
    committee: unitRef(c.committeeId, p.world.unit),
    urgency: c.urgency,
    urgencyLabel: URGENCIES[c.urgency],
    disclosure: { ...c.disclosure, opennessLabel: OPENNESS[c.disclosure.openness] },
    ...presentBeside(c, events, p, relatives),
    mine: dutyOf(p.actsOn, p.viewer, p.world)?.holds ?? false,
    timeline: presentTimeline(events, {
      c,
      sight: p.sight,
      viewerId: viewerIdOf(p.viewer),
      names: p.names,
      files: p.files,
      telling,
      wording: p.wording,
    }),
    assignments: presentAssignments(c, events, p),
    steps: presentSteps(c, events, p),
    left,
    ask:
      c.ask && askClock
        ? {
            question: c.ask.question,
            askedText: momentText(c.ask.askedAt, p.world.now),
            untilText: `${beforeText(askClock.dueAt, p.world.now)} 前回答`,
          }
        : null,
    instruction: order && note ? { who: `三服务办 ${p.names(order.personId).name}`, text: note } : null,
    rework: reworkText(c, p),
    pendingFiles: p.files(c.content.fileIds).filter((f) => f.state === 'pending').length,
    started: p.started,
    actions: presentActions(c, p),
  };
}
