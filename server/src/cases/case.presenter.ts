/** What leaves of a case, for one viewer. No row and no domain object is ever sent as it is. */
import {
  ASSIGNMENT_STATES,
  CASE_STATES,
  DECLINE_REASONS,
  LIGHTS,
  OPENNESS,
  RETURN_REASONS,
  TRANSFER_REASONS,
  URGENCIES,
  categoryName,
} from '@minqing/shared/words';
import type {
  ActionView,
  AssignmentView,
  CaseItem,
  CaseView,
  ContentView,
  FileView,
  LeftView,
  StepView,
  UnitRef,
} from '@minqing/shared/contract';
import { deadlineText, isoShanghaiFull, leftText, momentText, usedText } from '@minqing/shared/time';
import { limitText } from '@minqing/shared/calendar';
import {
  availableActions,
  clockThatMatters,
  duties,
  leadAssignment,
  spec,
  type ActionName,
  type Actor,
  type AreaFacts,
  type Case,
  type CaseContent,
  type CaseEvent,
  type Clock,
  type Duty,
  type World,
} from '@minqing/shared/workflow';
import {
  headlineOf,
  leftOf,
  nextText,
  ringValue,
  unitMinutes,
  type Reader,
  type Telling,
} from './case.words.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { presentTimeline } from './timeline.presenter.ts';

export interface Presenting {
  viewer: Actor;
  sight: Sight;
  world: World;
  names: Names;
  area(id: string): AreaFacts | undefined;
  files(ids: readonly string[]): FileView[];
  /** Phone numbers of the authors, only loaded when `sight.phone`. */
  phones: ReadonlyMap<string, string>;
  started: CaseView['started'];
}

const REASONS: Partial<Record<ActionName, readonly string[]>> = {
  return: RETURN_REASONS,
  decline: DECLINE_REASONS,
  transferBack: TRANSFER_REASONS,
};

const viewerIdOf = (viewer: Actor): string | null => (viewer.kind === 'person' ? viewer.personId : null);

/** The duty of the case that waits for this viewer, the one that holds it up first. */
export function dutyOf(c: Case, viewer: Actor, world: Pick<World, 'areaChain' | 'leftOffice'>): Duty | null {
  if (viewer.kind !== 'person') {
    return null;
  }
  const chain = world.areaChain(c.areaId);
  const isAuthor = c.authors.some(
    (a) => a.personId === viewer.personId && (a.joined === 'first' || a.joined === 'accepted'),
  );
  const holds = (role: string, unitId: string): boolean =>
    !isAuthor && viewer.grants.some((g) => g.role === role && g.unitId === unitId);
  const mine = duties(c, world.leftOffice).filter(({ audience }) => {
    switch (audience.to) {
      case 'person':
        return audience.personId === viewer.personId;
      case 'authors':
        return isAuthor;
      case 'reviewers':
        return holds('reviewer', c.committeeId);
      case 'dispatchers':
        return holds('dispatcher', c.dispatchOfficeId);
      case 'inspectors':
        return !isAuthor && viewer.grants.some((g) => g.role === 'inspector' && chain.includes(g.areaId));
      case 'unit':
        return holds(audience.role, audience.unitId);
      default:
        return false;
    }
  });
  return mine.find((d) => d.holds) ?? mine[0] ?? null;
}

export function readerOf(
  c: Case,
  viewer: Actor,
  sight: Sight,
  world: Pick<World, 'areaChain' | 'leftOffice'>,
): Reader {
  return { author: sight.author, you: dutyOf(c, viewer, world)?.purpose ?? null };
}

const UNKNOWN_UNIT: UnitRef = { id: '', name: '（已撤销单位）', shortName: '（已撤销单位）' };

export function unitRef(id: string | null | undefined, unit: World['unit']): UnitRef {
  const found = id ? unit(id) : undefined;
  return found
    ? { id: found.id, name: found.name, shortName: found.shortName }
    : { ...UNKNOWN_UNIT, id: id ?? '' };
}

const areaRef = (id: string, area: Presenting['area']): { id: string; name: string } => ({
  id,
  name: area(id)?.name ?? '',
});

const tellingOf = (world: World): Telling => ({ now: world.now, calendar: world.calendar, unit: world.unit });

/** A row of a list. */
export function presentItem(
  c: Case,
  p: Omit<Presenting, 'names' | 'files' | 'phones' | 'started'> & { seenVersion: number },
): CaseItem {
  const telling = tellingOf(p.world);
  const duty = dutyOf(c, p.viewer, p.world);
  const clock = clockThatMatters(c);
  const lead = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  const prompts = { rate: 'rate', answer: 'answer', supplement: 'resubmit' } as const;
  const stars = c.ratings.filter((r) => r.round === c.round).map((r) => r.stars);
  return {
    id: c.id,
    number: c.number,
    title: c.content.title,
    state: c.state,
    stateLabel: CASE_STATES[c.state],
    round: c.round,
    area: areaRef(c.content.place.areaId ?? c.areaId, p.area),
    category: categoryName(c.content.categoryId),
    lead: lead ? unitRef(lead, p.world.unit) : null,
    next: nextText(c, { author: p.sight.author, you: duty?.purpose ?? null }, telling),
    mine: duty !== null && duty.holds,
    left: clock ? leftOf(clock, telling) : null,
    prompt: duty && duty.purpose in prompts ? prompts[duty.purpose as keyof typeof prompts] : null,
    rating: stars.length > 0 ? Math.min(...stars) : null,
    unseen: p.seenVersion < c.version,
    updatedAt: isoShanghaiFull(c.lastEventAt),
    updatedText: momentText(c.lastEventAt, p.world.now),
  };
}

function presentContent(content: CaseContent, p: Presenting): ContentView {
  const { place } = content;
  return {
    title: content.title,
    situation: content.situation,
    analysis: content.analysis,
    suggestion: content.suggestion,
    categoryId: content.categoryId,
    category: categoryName(content.categoryId),
    place: {
      text: place.text,
      area: place.areaId ? areaRef(place.areaId, p.area) : null,
      latitude: place.latitude ?? null,
      longitude: place.longitude ?? null,
    },
    files: p.files(content.fileIds),
  };
}

function presentAssignments(c: Case, events: readonly CaseEvent[], p: Presenting): AssignmentView[] {
  const telling = tellingOf(p.world);
  const clock = clockThatMatters(c);
  return c.assignments.map((a) => {
    const last = events.findLast(
      (e) => e.capacity.kind === 'grant' && e.capacity.unitId === a.unitId && e.personId !== null,
    );
    const active = a.state !== 'returned' && a.state !== 'cancelled';
    const running =
      a.part === 'lead' && a.round === c.round && (a.state === 'unsigned' || a.state === 'handling');
    const state = a.state === 'done' && a.part === 'lead' ? '已答复' : ASSIGNMENT_STATES[a.state];
    return {
      id: a.id,
      unit: unitRef(a.unitId, p.world.unit),
      part: a.part,
      partLabel: a.part === 'lead' ? '主办' : '协办',
      round: a.round,
      stateLabel: state,
      active,
      detail: [last ? p.names(last.personId).name : '', state].filter(Boolean).join(' · '),
      left: running && clock ? leftOf(clock, telling) : null,
    };
  });
}

const STEP_ACTIONS: readonly (readonly [string, readonly ActionName[]])[] = [
  ['提交', ['submit']],
  ['受理', ['accept']],
  ['交办', ['dispatch', 'redispatch']],
  ['签收', ['sign', 'progress', 'ask', 'reply']],
  ['答复', ['reply']],
  ['评价', ['rate']],
  ['办结', ['settle', 'conclude']],
];

const STEP_OF_STATE: Record<Case['state'], number> = {
  draft: 0,
  submitted: 1,
  returned: 0,
  declined: 1,
  withdrawn: 0,
  merged: 1,
  accepted: 2,
  dispatched: 3,
  handling: 4,
  replying: 4,
  replied: 5,
  disputed: 6,
  closed: 7,
};

function presentSteps(c: Case, events: readonly CaseEvent[], p: Presenting): StepView[] {
  const now = STEP_OF_STATE[c.state];
  const duty = dutyOf(c, p.viewer, p.world);
  return STEP_ACTIONS.map(([label, actions], i) => {
    const done = i < now;
    const event = done ? events.findLast((e) => actions.includes(e.action)) : undefined;
    return {
      label,
      state: done ? 'done' : i === now ? 'now' : 'ahead',
      detail: event ? momentText(event.at, p.world.now) : i === now && duty?.holds ? '等您' : '',
    };
  });
}

function presentRing(c: Case, clock: Clock | null, left: LeftView | null, p: Presenting): CaseView['ring'] {
  const answered =
    c.state === 'replied' || c.state === 'closed' || c.state === 'disputed'
      ? unitMinutes(c, p.world.calendar)
      : null;
  if (answered) {
    const whole = p.world.calendar.workingMinutesBetween(answered.clock.startedAt, answered.clock.dueAt);
    const late = answered.clock.stoppedAt !== null && answered.clock.stoppedAt > answered.clock.dueAt;
    return {
      caption: '用了',
      value: ringValue(answered.used),
      foot: `限 ${limitText(answered.clock.limit).replace(/个工作日/u, '天')}`,
      share: whole > 0 ? Math.min(1, answered.used / whole) : 1,
      light: late ? 'red' : 'green',
    };
  }
  if (!clock || !left) {
    return null;
  }
  const over = left.leftMinutes < 0;
  return {
    caption: left.light === 'paused' ? '暂停' : over ? '超' : '还剩',
    value: ringValue(Math.abs(left.leftMinutes)),
    foot: `限 ${limitText(clock.limit).replace(/个工作日/u, '天')}`,
    share:
      over || left.wholeMinutes === 0 ? 1 : Math.max(0, Math.min(1, left.leftMinutes / left.wholeMinutes)),
    light: left.light,
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
  return availableActions(c, p.viewer, p.world).map((action) => {
    const row = spec(action);
    return {
      action,
      label: action === 'submit' ? '补充后再交' : action === 'dispatch' && c.transferred ? '改派' : row.label,
      consequence: row.consequence,
      rank: row.rank ?? 99,
      input: row.input,
      exclusive: row.exclusive,
      reasons: [...(REASONS[action] ?? [])],
    };
  });
}

function presentAuthors(c: Case, p: Presenting): CaseView['authors'] {
  const viewerId = viewerIdOf(p.viewer);
  return c.authors
    .filter((a) => a.joined === 'first' || a.joined === 'accepted')
    .map((a) => ({
      name: p.sight.names ? p.names(a.personId).name : '匿名委员',
      detail: p.sight.names ? p.names(a.personId).title : '由政协代为联系',
      phone: p.sight.phone ? (p.phones.get(a.personId) ?? null) : null,
      you: a.personId === viewerId,
    }));
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
  const limit = c.clocks.findLast((k) => k.kind === 'reply')?.limit ?? p.world.limits.reply;
  const due = deadlineText(p.world.calendar.due(p.world.now, limit).dueAt, p.world.now);
  return c.awaited.length > 1 ? `${unit}须重新答复，最迟评价期满后起算` : `${unit}须在 ${due} 前重新答复`;
}

/** The whole case page. `events` is its history, oldest first. */
export function presentCase(c: Case, events: readonly CaseEvent[], p: Presenting): CaseView {
  const telling = tellingOf(p.world);
  const reader = readerOf(c, p.viewer, p.sight, p.world);
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
    ring,
    content: presentContent(c.content, p),
    original:
      c.originalContent && (p.sight.staff || p.sight.author) ? presentContent(c.originalContent, p) : null,
    editedBy: editor ? `${p.names(editor.personId).name} · ${momentText(editor.at, p.world.now)}` : null,
    area: areaRef(c.content.place.areaId ?? c.areaId, p.area),
    committee: unitRef(c.committeeId, p.world.unit),
    urgency: c.urgency,
    urgencyLabel: URGENCIES[c.urgency],
    disclosure: { ...c.disclosure, opennessLabel: OPENNESS[c.disclosure.openness] },
    authors: presentAuthors(c, p),
    mine: dutyOf(c, p.viewer, p.world)?.holds ?? false,
    timeline: presentTimeline(events, {
      c,
      sight: p.sight,
      viewerId: viewerIdOf(p.viewer),
      names: p.names,
      files: p.files,
      telling,
    }),
    assignments: presentAssignments(c, events, p),
    steps: presentSteps(c, events, p),
    left,
    ask:
      c.ask && askClock
        ? {
            question: c.ask.question,
            askedText: momentText(c.ask.askedAt, p.world.now),
            untilText: `请在 ${deadlineText(askClock.dueAt, p.world.now)} 前回答`,
          }
        : null,
    instruction: order && note ? { who: `三服务办 ${p.names(order.personId).name}`, text: note } : null,
    rework: reworkText(c, p),
    pendingFiles: p.files(c.content.fileIds).filter((f) => f.state === 'pending').length,
    started: p.started,
    actions: presentActions(c, p),
  };
}
