// @ts-check
/**
 * Where 「下个工作日」 jumps to. The days are those of the State Council's holiday notice for 2026 (国办发明电); other years know
 * weekends only, which is enough for a button that moves a demo's clock. No deadline is ever computed from this table.
 */
import { dayNumber } from './time.js';

const OFF_2026 = new Set(
  (
    '01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 ' +
    '10-01 10-02 10-05 10-06 10-07'
  )
    .split(' ')
    .map((day) => `2026-${day}`),
);
const MADE_UP_2026 = new Set('01-04 02-14 02-28 05-09 09-20 10-10'.split(' ').map((day) => `2026-${day}`));

/**
 * @param {string} day `YYYY-MM-DD`
 * @returns {boolean}
 */
export function isWorkday(day) {
  if (MADE_UP_2026.has(day)) {
    return true;
  }
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !OFF_2026.has(day);
}

/**
 * The next working day's 08:30 in Asia/Shanghai; always on a later calendar day than `now`.
 * @param {number} now epoch milliseconds
 * @returns {number} epoch milliseconds
 */
export function nextWorkdayMorning(now) {
  let number = dayNumber(now) + 1;
  while (!isWorkday(new Date(number * 86_400_000).toISOString().slice(0, 10))) {
    number += 1;
  }
  return Date.parse(`${new Date(number * 86_400_000).toISOString().slice(0, 10)}T08:30:00+08:00`);
}
