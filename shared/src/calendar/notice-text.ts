/** The wording the State Council has used for its notices since 2014: 「一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。…」 */
import { dateOfDay, dayOfDate, weekdayOfDay } from '../time/zone.ts';
import { weekdayText } from '../time/moment.ts';
import type { NoticeFault, ReadDay } from './notice.ts';

const ENTRY = /^\s*(?:[一二三四五六七八九十]+、|\d+[.、．]\s*)?([\u4e00-\u9fff、]{2,16})[：:](.+)$/;
const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?/g;
const RANGE = /^(?:至|到|[-—–~～])$/;
const WEEKDAY = /(?:周|星期)([一二三四五六日天])/;
const LONGEST_DAYS = 15;

interface Found {
  number: number;
  /** What stands between the date before and this one: 至 makes them a range. */
  between: string;
}

/** Holidays and make-up days told in the text; sentences about neither are passed over. */
export function readNoticeText(text: string, year: number, faults: NoticeFault[]): ReadDay[] {
  const days: ReadDay[] = [];
  let entries = 0;
  text.split(/\r?\n/).forEach((row, index) => {
    const match = ENTRY.exec(row);
    const [, name = '', body = ''] = match ?? [];
    if (!match || !/放假|上班/.test(body)) {
      return;
    }
    entries += 1;
    const line = index + 1;
    for (const sentence of body.split(/[。；;]/)) {
      days.push(...readSentence(sentence, name, year, line, faults));
    }
  });
  if (entries === 0) {
    faults.push({ line: 0, message: '没有认出放假安排，请贴「一、元旦：1月1日……放假」这样的原文，或用 CSV' });
  }
  return days;
}

function readSentence(
  sentence: string,
  name: string,
  year: number,
  line: number,
  faults: NoticeFault[],
): ReadDay[] {
  const works = /上班/.test(sentence);
  if (!works && !/放假/.test(sentence)) {
    return [];
  }
  const found = datesIn(sentence, year, line, faults);
  const numbers = works ? found.map((date) => date.number) : spread(found, line, faults);
  const told = /(?:共|放假)\s*(\d{1,2})\s*天/.exec(sentence)?.[1];
  if (!works && told !== undefined && Number(told) !== numbers.length) {
    faults.push({ line, message: `${name}写着 ${told} 天，按日期数是 ${numbers.length} 天` });
  }
  return numbers.map((number) => ({ date: dateOfDay(number), kind: works ? 'work' : 'off', name, line }));
}

/** Dates as written: month and year carry over, a month that goes back belongs to the next year. */
function datesIn(sentence: string, year: number, line: number, faults: NoticeFault[]): Found[] {
  const found: Found[] = [];
  let [inYear, month] = [year, 0];
  let end = 0;
  for (const match of sentence.matchAll(DATE)) {
    const [whole, yearText, monthText, dayText, inside] = match;
    const next = Number(monthText ?? month);
    inYear = yearText ? Number(yearText) : next < month ? inYear + 1 : inYear;
    month = next;
    const date = `${inYear}-${String(month).padStart(2, '0')}-${String(dayText).padStart(2, '0')}`;
    const number = dayOfDate(date);
    if (number === null) {
      faults.push({ line, message: `「${whole}」不是日期` });
      continue;
    }
    const told = WEEKDAY.exec(inside ?? '')?.[1]?.replace('天', '日');
    const weekday = weekdayText(weekdayOfDay(number));
    if (told !== undefined && `周${told}` !== weekday) {
      faults.push({ line, message: `${date} 是${weekday}，写的是周${told}，请核对年份` });
    }
    found.push({ number, between: sentence.slice(end, match.index).trim() });
    end = match.index + whole.length;
  }
  return found;
}

function spread(found: readonly Found[], line: number, faults: NoticeFault[]): number[] {
  return found.flatMap(({ number, between }, index) => {
    const before = found[index - 1]?.number;
    if (before === undefined || !RANGE.test(between)) {
      return [number];
    }
    const length = number - before;
    if (length < 1 || length > LONGEST_DAYS) {
      faults.push({ line, message: `从 ${dateOfDay(before)} 到 ${dateOfDay(number)} 不像一段假期` });
      return [];
    }
    return Array.from({ length }, (_, step) => before + step + 1);
  });
}
