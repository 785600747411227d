/** The parts of the case page that are small pictures: assignments, steps, the ring. */
import { ASSIGNMENT_STATES } from '@minqing/shared/words';
import { limitText } from '@minqing/shared/calendar';
import type { AssignmentView, CaseView, LeftView, StepView } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import {
  clockThatMatters,
  type ActionName,
  type Case,
  type CaseEvent,
  type Clock,
} from '@minqing/shared/workflow';
import { leftOf, ringValue, unitMinutes } from './case.words.ts';
import { dutyOf, tellingOf, unitRef, type Presenting } from './presenting.ts';

export function presentAssignments(c: Case, events: readonly CaseEvent[], p: Presenting): AssignmentView[] {
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

export function presentSteps(c: Case, events: readonly CaseEvent[], p: Presenting): StepView[] {
  const now = STEP_OF_STATE[c.state];
  const duty = dutyOf(p.actsOn, p.viewer, p.world);
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

export function presentRing(
  c: Case,
  clock: Clock | null,
  left: LeftView | null,
  p: Presenting,
): CaseView['ring'] {
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
