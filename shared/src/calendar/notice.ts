/**
 * Reads a yearly notice on holidays: the State Council's own text as it is pasted, a CSV (`日期,类型,名称`) or JSON. Whatever
 * cannot be right is told line by line, and a notice with a fault is not taken.
 */
import { statutoryDays } from './holidays.ts';
import { readNoticeText } from './notice-text.ts';
import { dayOfDate, weekdayOfDay } from '../time/zone.ts';
import type { Holiday, YearNotice } from './types.ts';

export interface NoticeFault {
  /** Counted from 1; 0 for the notice as a whole. */
  line: number;
  message: string;
}

export interface ReadNotice extends YearNotice {
  days: Holiday[];
  faults: NoticeFault[];
}

/** A day as it was read, with the line it stood on. */
export interface ReadDay extends Holiday {
  line: number;
}

const KINDS: Record<string, Holiday['kind']> = {
  off: 'off',
  休: 'off',
  放假: 'off',
  不上班: 'off',
  work: 'work',
  班: 'work',
  补班: 'work',
  上班: 'work',
  调休上班: 'work',
};

/** Reads the notice for `year` from text in any of the three forms. */
export function readNotice(text: string, year: number): ReadNotice {
  const faults: NoticeFault[] = [];
  const trimmed = text.trim();
  const read = /^[[{]/.test(trimmed)
    ? readJson(trimmed, faults)
    : /^(日期|date|\d{4}-\d)/i.test(trimmed)
      ? readCsv(text, faults)
      : readNoticeText(text, year, faults);
  const days = checked(read, year, faults);
  if (faults.length === 0) {
    missingDays(days, year, faults);
  }
  return { year, days, faults };
}

function readJson(text: string, faults: NoticeFault[]): ReadDay[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    faults.push({ line: 0, message: '这段 JSON 不完整，请重新复制或上传' });
    return [];
  }
  const list = Array.isArray(data) ? data : (data as { days?: unknown }).days;
  if (!Array.isArray(list)) {
    faults.push({ line: 0, message: 'JSON 里要有 days 列表，每项写 date、kind、name' });
    return [];
  }
  return list.flatMap((item, index) => {
    const { date, kind, name } = Object(item) as Record<string, unknown>;
    return dayOf(String(date ?? ''), String(kind ?? ''), String(name ?? ''), index + 1, faults);
  });
}

function readCsv(text: string, faults: NoticeFault[]): ReadDay[] {
  return text.split(/\r?\n/).flatMap((row, index) => {
    const [date = '', kind = '', name = ''] = row.split(/[,，\t]/).map((cell) => cell.trim());
    if (date === '' || /^(日期|date)$/i.test(date)) {
      return [];
    }
    return dayOf(date, kind, name, index + 1, faults);
  });
}

function dayOf(date: string, kindText: string, name: string, line: number, faults: NoticeFault[]): ReadDay[] {
  const kind = Object.hasOwn(KINDS, kindText) ? KINDS[kindText] : undefined;
  if (dayOfDate(date) === null) {
    faults.push({ line, message: `「${date}」不是日期，要写成 2027-01-01` });
    return [];
  }
  if (!kind) {
    faults.push({ line, message: `「${kindText}」看不懂，类型写 休 或 班` });
    return [];
  }
  if (name === '' || name.length > 20) {
    faults.push({ line, message: '请写上节日名称，不超过 20 个字' });
    return [];
  }
  return [{ date, kind, name: name.replace(/补班$/, ''), line }];
}

/** In order, each day once, in its year, make-up days on weekends; the end of the year before may belong to 元旦. */
function checked(read: readonly ReadDay[], year: number, faults: NoticeFault[]): Holiday[] {
  const days = new Map<string, Holiday>();
  for (const { line, ...day } of read) {
    const weekday = weekdayOfDay(dayOfDate(day.date) ?? 0);
    if (!day.date.startsWith(`${year}-`) && !day.date.startsWith(`${year - 1}-12-`)) {
      faults.push({ line, message: `${day.date} 不在 ${year} 年` });
    } else if (days.has(day.date)) {
      faults.push({ line, message: `${day.date} 写了两次` });
    } else if (day.kind === 'work' && weekday !== 0 && weekday !== 6) {
      faults.push({ line, message: `${day.date} 不是周末，不用补班` });
    } else {
      days.set(day.date, day);
    }
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A list cut off half-way lacks days the law itself fixes. */
function missingDays(days: readonly Holiday[], year: number, faults: NoticeFault[]): void {
  const off = new Set(days.filter((day) => day.kind === 'off').map((day) => day.date));
  const missing = [...statutoryDays(year)].filter(([date]) => !off.has(date)).sort(byDate);
  if (missing.length > 0) {
    const named = missing.map(([date, rule]) => `${date} ${rule.name}`).slice(0, 4);
    const more = missing.length > 4 ? `等 ${missing.length} 天` : '';
    faults.push({ line: 0, message: `缺法定假日：${named.join('、')}${more}。请把整份通知贴进来` });
  }
}

const byDate = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
