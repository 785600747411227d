/** Words and periods that areas, units, people and grants share on the pages of 管理. */
import type { AreaRef, UnitRef } from '@minqing/shared/contract';
import { dateText, dayOfDate, momentText, shanghaiDate, startOfDay } from '@minqing/shared/time';
import { invalidInput } from '../../errors.ts';
import type { Directory, Unit } from '../directory.ts';

export const refOf = (unit: Pick<Unit, 'id' | 'name' | 'shortName'>): UnitRef => ({
  id: unit.id,
  name: unit.name,
  shortName: unit.shortName,
});

/** A unit by id, though it may be gone. */
export function unitRefOf(directory: Pick<Directory, 'unit'>, id: string): UnitRef {
  const unit = directory.unit(id);
  return unit ? refOf(unit) : { id, name: '（已删除的单位）', shortName: '（已删除）' };
}

export function areaRefOf(directory: Pick<Directory, 'area'>, id: string): AreaRef {
  return { id, name: directory.area(id)?.name ?? '（已删除的地区）' };
}

interface Lasting {
  from_at: number;
  to_at: number | null;
}

export type PeriodState = 'coming' | 'running' | 'over';

/** Whether it has begun and is over, at business time `now`. */
export function stateOf({ from_at, to_at }: Lasting, now: number): PeriodState {
  if (to_at !== null && to_at <= now) {
    return 'over';
  }
  return from_at <= now ? 'running' : 'coming';
}

/** 「2022年1月1日 起」「2022年1月1日 至 7月9日」 */
export function periodTextOf({ from_at, to_at }: Lasting, now: number): string {
  const from = dateText(from_at, now);
  return to_at === null ? `${from} 起` : `${from} 至 ${dateText(Math.max(to_at - 1, from_at), now)}`;
}

/** The last day, as a date; null without an end. */
export function lastDateOf({ from_at, to_at }: Lasting): string | null {
  return to_at === null ? null : shanghaiDate(Math.max(to_at - 1, from_at));
}

/** The instant a day begins; `now` for today. Throws invalidInput for no date and for one that is past. */
export function beginningOf(path: string, date: string, now: number): number {
  const day = dayNumber(path, date);
  const today = dayNumber(path, shanghaiDate(now));
  if (day < today) {
    throw invalidInput([{ path, message: '日期已经过去，请从今天选起' }]);
  }
  return day === today ? now : startOfDay(day);
}

/** The instant a day is over. Throws invalidInput for no date and for one that is past. */
export function endingOf(path: string, date: string, now: number): number {
  const day = dayNumber(path, date);
  if (startOfDay(day + 1) <= now) {
    throw invalidInput([{ path, message: '日期已经过去，请从今天选起' }]);
  }
  return startOfDay(day + 1);
}

function dayNumber(path: string, date: string): number {
  const day = dayOfDate(date);
  if (day === null) {
    throw invalidInput([{ path, message: '请选一个日期' }]);
  }
  return day;
}

/** 「昨天 09:12 用过」 */
export function seenTextOf(lastSeenAt: number | null, machineNow: number): string {
  return lastSeenAt === null ? '还没登录过' : `${momentText(lastSeenAt, machineNow)} 用过`;
}

/** 「138****1234」: enough to tell two people apart, not to call them. */
export function maskedPhone(phone: string | null): string | null {
  if (phone === null) {
    return null;
  }
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
