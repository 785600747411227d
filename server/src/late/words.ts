/** The sentences of 督办: what is late, why, whose move it is, when it was last urged. */
import type { LateGrouping } from '@minqing/shared/contract';
import {
  LATE_REASON_NAMES,
  LATE_REASONS,
  MOVERS,
  lateReason,
  lateMove,
  platformOfParty,
  type LateReason,
} from '@minqing/shared/statistics';
import { clockText, dateText, dayText, leftText, localTime, weekdayText } from '@minqing/shared/time';
import { CASE_STATES, type CaseState } from '@minqing/shared/words';
import type { Case } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Tally } from './queries.ts';
import { OWN_STAGES, type OwnStage } from './running.ts';

const REASONS_SHOWN = 2;

/** 2,013 */
const many = (n: number): string => n.toLocaleString('en-US');

export const isReason = (text: string): text is LateReason => text in LATE_REASONS;

export function stageLabel(stage: string): string {
  return OWN_STAGES[stage as OwnStage] ?? CASE_STATES[stage as CaseState] ?? '';
}

/** 「办理中 · 第 2 轮」: the round is told once there was another. */
export function stageText(stage: string, round: number): string {
  return round > 1 ? `${stageLabel(stage)} · 第 ${round} 轮` : stageLabel(stage);
}

/** 「164 件超期，其中 26 件不是单位的责任」 */
export function sentenceOf(late: number, notUnit: number): string {
  if (late === 0) {
    return '没有超期的';
  }
  if (notUnit === 0) {
    return `${many(late)} 件超期，都等单位办`;
  }
  return notUnit === late
    ? `${many(late)} 件超期，都不是单位的责任`
    : `${many(late)} 件超期，其中 ${many(notUnit)} 件不是单位的责任`;
}

/** 「在办 2,013 件，临近到期 238 件。21 件等改派，5 件等督查裁定。」 */
export function detailOf(running: number, soon: number, reasons: readonly ReasonCount[]): string {
  const others = reasons
    .filter((r) => !LATE_REASONS[r.id].unit)
    .map((r) => `${many(r.count)} 件${LATE_REASONS[r.id].label}`);
  return `在办 ${many(running)} 件，临近到期 ${many(soon)} 件。${others.length > 0 ? `${others.join('，')}。` : ''}`;
}

export interface ReasonCount {
  id: LateReason;
  count: number;
}

/** Whether a unit's move ends a case that is late for this. */
export const isUnitReason = (reason: string): boolean => isReason(reason) && LATE_REASONS[reason].unit;

/** The reasons there are, most first; equal ones in the order they are declared. */
export function reasonCounts(tallies: readonly Pick<Tally, 'reason' | 'count'>[]): ReasonCount[] {
  const sums = new Map<LateReason, number>();
  for (const { reason, count } of tallies) {
    if (isReason(reason)) {
      sums.set(reason, (sums.get(reason) ?? 0) + count);
    }
  }
  return LATE_REASON_NAMES.filter((id) => sums.has(id))
    .map((id) => ({ id, count: sums.get(id) ?? 0 }))
    .toSorted((a, b) => b.count - a.count);
}

/** 「没有答复 11 · 转办两次以上 5」 */
export function reasonsText(counts: readonly ReasonCount[]): string {
  return counts
    .slice(0, REASONS_SHOWN)
    .map(({ id, count }) => `${LATE_REASONS[id].label} ${count}`)
    .join(' · ');
}

/** 「承办单位」: a reason's own mover, where a group of one reason has no reasons to tell apart. */
export const turnText = (reason: string): string =>
  isReason(reason) ? MOVERS[LATE_REASONS[reason].mover] : '';

/** 「昨天 16:20」; the time of day only for what is near. */
export function urgedAtText(at: number, now: number): string {
  if (at === 0) {
    return '没催过';
  }
  const day = dayText(at, now);
  return day.startsWith('今天') || day.startsWith('昨天') ? `${day} ${clockText(at)}` : dateText(at, now);
}

/** 「已催 2 次，昨天」 */
export function urgedText(urges: number, at: number, now: number): string {
  if (urges === 0) {
    return '没催过';
  }
  const day = dayText(at, now);
  return `已催 ${urges} 次，${/^[今昨]/.test(day) ? day : dateText(at, now)}`;
}

/** 「9 天 2 小时」 of working time. */
export const longestText = (minutes: number): string => (minutes < 1 ? '刚超期' : leftText(minutes));

/** A county's units share their short names with every other county's: they are told in full. */
export function unitName(unitId: string | null, directory: Pick<Directory, 'unit' | 'area'>): string {
  const unit = directory.unit(unitId ?? '');
  if (!unit) {
    return '承办单位';
  }
  return directory.area(unit.areaId)?.tier === 'county' ? unit.name : unit.shortName;
}

/** Units, areas and connected platforms by their names. */
export interface Naming extends Pick<Directory, 'unit' | 'area'> {
  platform(id: string): string;
}

/** Who is waited for, in words: the unit, the platform, or the side. */
export function moverName(move: { mover: string; unitId: string | null }, directory: Naming): string {
  switch (move.mover) {
    case 'platform':
      return directory.platform(move.unitId ?? '');
    case 'dispatcher':
      return '三服务办';
    case 'reviewer':
      return '政协';
    case 'inspector':
      return '督查';
    case 'author':
      return '委员';
    default:
      return unitName(move.unitId, directory);
  }
}

/** 「等婺城区住建局答复」 */
export function moveText(c: Case, directory: Naming): string {
  const move = lateMove(c);
  const reason = lateReason(c);
  return move && reason ? `等${moverName(move, directory)}${LATE_REASONS[reason].verb}` : '';
}

/** What a group is called. */
export function groupName(by: LateGrouping, key: string, directory: Naming): string {
  const platform = by === 'unit' ? platformOfParty(key) : null;
  if (platform !== null) {
    return directory.platform(platform);
  }
  switch (by) {
    case 'unit':
      return directory.unit(key)?.name ?? '（已撤销单位）';
    case 'area':
      return directory.area(key)?.name ?? '（已撤销地区）';
    case 'stage':
      return stageLabel(key);
    case 'reason':
      return isReason(key) ? LATE_REASONS[key].label : '';
  }
}

/** 「7月2日 17:00」; midnight is the 24:00 of the day it ends. */
export const shortDeadline = (at: number, now: number): string =>
  clockText(at) === '00:00' ? `${dateText(at - 1, now)} 24:00` : `${dateText(at, now)} ${clockText(at)}`;

/** 「7月7日 周二 15:00」 */
export const asOfText = (now: number): string =>
  `${dateText(now, now)} ${weekdayText(localTime(now).weekday)} ${clockText(now)}`;
