/** Counts and rows as the screens read them. */
import type { LateGroup, LateGrouping, LateItem } from '@minqing/shared/contract';
import {
  LATE_REASONS,
  lateClock,
  lateMove,
  lateReason,
  lateTag,
  type LateReason,
} from '@minqing/shared/statistics';
import { limitText } from '@minqing/shared/calendar';
import { deadlineText, overText } from '@minqing/shared/time';
import { availableActions, CLOCKS, OPEN_STATES, type Actor, type Case } from '@minqing/shared/workflow';
import { worldOf, type Calendars, type WorldSources } from '../cases/index.ts';
import type { Directory } from '../people/index.ts';
import { URGEABLE, type GroupRow, type LatePart, type LateRow, type StageCount } from './queries.ts';
import { AFTER_CLOSING, stageOf } from './running.ts';
import {
  groupName,
  longestText,
  moveText,
  reasonCounts,
  reasonsText,
  shortDeadline,
  stageText,
  turnText,
  urgedAtText,
  urgedText,
  type Naming,
} from './words.ts';

/** Whether it is for the unit here to end: a connected platform's is not. */
export const isUnits = (c: Case, reason: LateReason): boolean =>
  LATE_REASONS[reason].unit && lateMove(c)?.mover !== 'platform';

export interface Presenting extends WorldSources {
  directory: Directory & Naming;
  calendars: Calendars;
}

/** In the order of the workflow, 待改派 beside 待交办; what is left after closing comes last. */
const STAGES: readonly string[] = [
  ...OPEN_STATES.flatMap((state) => (state === 'accepted' ? [state, 'redispatch'] : [state])),
  ...AFTER_CLOSING,
];
const isAfterClosing = (stage: string): boolean => AFTER_CLOSING.some((own) => own === stage);

/** One group: its load by stage, how many are late and for how long, mostly why, when it was last urged. */
export function presentGroup(
  by: LateGrouping,
  row: GroupRow,
  parts: readonly LatePart[],
  stages: readonly StageCount[],
  p: Presenting & { now: number },
): LateGroup {
  const own = parts.filter((part) => part.key === row.key);
  const load = stages.filter((stage) => stage.key === row.key);
  const longest = own.map((part) => -p.calendars.of(part.areaId).remaining(p.now, part.oldest));
  const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);
  return {
    key: row.key,
    name: groupName(by, row.key, p.directory),
    late: row.late,
    unitMoves: sum(own.map((part) => part.unitMoves)),
    running: sum(load.filter((stage) => !isAfterClosing(stage.stage)).map((stage) => stage.running)),
    stages: STAGES.flatMap((id) => {
      const found = load.find((stage) => stage.stage === id);
      return found ? [{ id, running: found.running, late: found.late }] : [];
    }),
    longestText: own.length > 0 ? longestText(Math.max(...longest)) : '',
    reasonsText: by === 'reason' ? turnText(row.key) : reasonsText(reasonCounts(own)),
    urgedText: own.length > 0 ? urgedAtText(Math.max(...own.map((part) => part.urgedAt)), p.now) : '',
  };
}

/** One late case; null when it stopped being late between the look and the row. */
export function presentLate(
  row: LateRow,
  viewer: Actor,
  p: Presenting & { now: number; mayUrge: boolean },
): LateItem | null {
  const { c } = row;
  const clock = lateClock(c);
  const reason = lateReason(c);
  if (!clock || !reason) {
    return null;
  }
  const world = worldOf(p, c.areaId, p.now);
  return {
    id: c.id,
    number: c.number,
    title: c.content.title,
    area: p.directory.area(c.content.place.areaId ?? c.areaId)?.name ?? '',
    stageText: stageText(stageOf(c), c.round),
    overText: overText(world.calendar.remaining(p.now, clock.dueAt)),
    dueText: `${deadlineText(clock.dueAt, p.now)} 前${CLOCKS[clock.kind].label}，限 ${limitText(clock.limit)}`,
    dueAtText: shortDeadline(clock.dueAt, p.now),
    moveText: moveText(c, p.directory),
    reason,
    tag: lateTag(c),
    urgedText: urgedText(row.urges, row.urgedAt, p.now),
    unit: isUnits(c, reason) && URGEABLE.includes(stageOf(c)),
    mayUrge: p.mayUrge && availableActions(c, viewer, world).includes('urge'),
  };
}
