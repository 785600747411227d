// @ts-check
/** Words for business time. Everything is told in Asia/Shanghai whatever the browser's own zone is. */

const PARTS = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY_MS = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991. */
const OFFSET_MS = 8 * 3_600_000;

/**
 * @param {number} ms epoch milliseconds
 * @returns {Record<string, string>} the named parts, e.g. `month: '7'`, `weekday: '周二'`
 */
function parts(ms) {
  return Object.fromEntries(PARTS.formatToParts(ms).map((part) => [part.type, part.value]));
}

/**
 * Which calendar day of Asia/Shanghai an instant lies in, as a count of days.
 * @param {number} ms
 */
export function dayNumber(ms) {
  return Math.floor((ms + OFFSET_MS) / DAY_MS);
}

/** @param {number} ms @returns {string} e.g. `14:42` */
export function hourMinute(ms) {
  const p = parts(ms);
  return `${p.hour}:${p.minute}`;
}

/** @param {number} ms @returns {string} e.g. `14:42:09` */
export function hourMinuteSecond(ms) {
  return `${hourMinute(ms)}:${parts(ms).second}`;
}

/** @param {number} ms @returns {string} e.g. `7月7日 周二` */
export function dayText(ms) {
  const p = parts(ms);
  return `${p.month}月${p.day}日 ${p.weekday}`;
}

/**
 * 今天, 昨天, 明天, or the date; the year is told only when it is another one.
 * @param {number} ms
 * @param {number} now
 * @returns {string}
 */
export function dayWord(ms, now) {
  const apart = dayNumber(ms) - dayNumber(now);
  if (apart === 0) {
    return '今天';
  }
  if (apart === -1) {
    return '昨天';
  }
  if (apart === 1) {
    return '明天';
  }
  const year = parts(ms).year;
  return year === parts(now).year ? dayText(ms) : `${year}年${dayText(ms)}`;
}

/**
 * @param {number} ms
 * @param {number} now
 * @returns {string} e.g. `昨天 09:30`
 */
export function momentText(ms, now) {
  return `${dayWord(ms, now)} ${hourMinute(ms)}`;
}

/**
 * Reads what an API calls a time: ISO text, epoch milliseconds, or nothing.
 * @param {unknown} value
 * @returns {number | null}
 */
export function readTime(value) {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : null;
  }
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : ms;
}
