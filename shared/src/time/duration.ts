/** How working time is told. All arguments are working minutes; a working day is always told as 7 hours. */

export const MINUTES_PER_WORKING_DAY = 7 * 60;

/** Lengths are sums of milliseconds; this keeps 59.9999999 min from being told as 59. */
const EPSILON = 1e-6;

/** 2 天 1 小时, 3 小时 20 分, 20 分, 不到 1 分; floored. What is used up is 0 分; see `overText` for the rest. */
export function leftText(minutes: number): string {
  const whole = Math.floor(minutes + EPSILON);
  if (whole >= MINUTES_PER_WORKING_DAY) {
    return daysAndHours(whole);
  }
  if (whole >= 60) {
    return hoursAndMinutes(whole, '分');
  }
  if (whole >= 1) {
    return `${whole} 分`;
  }
  return minutes > EPSILON ? '不到 1 分' : '0 分';
}

/** 超 2 天 4 小时, 超 3 小时, 超 20 分, 刚超期; takes what is over, as a positive number or as the negative rest. */
export function overText(minutes: number): string {
  const whole = Math.floor(Math.abs(minutes) + EPSILON);
  if (whole >= MINUTES_PER_WORKING_DAY) {
    return `超 ${daysAndHours(whole)}`;
  }
  if (whole >= 60) {
    return `超 ${Math.floor(whole / 60)} 小时`;
  }
  return whole >= 1 ? `超 ${whole} 分` : '刚超期';
}

/** 1.5 个工作日: always one decimal, rounded; below half a tenth 不到 0.1 个工作日. */
export function usedText(minutes: number): string {
  if (minutes > 0 && usedDays(minutes) === 0) {
    return '不到 0.1 个工作日';
  }
  return `${usedDays(minutes).toFixed(1)} 个工作日`;
}

/** Working days of 7 h, rounded half up to one decimal: 630 min is 1.5. */
export function usedDays(minutes: number): number {
  return Math.floor(minutes / (MINUTES_PER_WORKING_DAY / 10) + 0.5 + EPSILON) / 10;
}

/** 11 小时 19 分, 7 小时, 42 分钟: the plain length, floored, never folded into days. */
export function durationText(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes + EPSILON));
  return whole >= 60 ? hoursAndMinutes(whole, '分') : `${whole} 分钟`;
}

/** 10.5 小时, 7 小时: at most one decimal, rounded. */
export function hoursText(minutes: number): string {
  return `${Number((Math.floor(minutes / 6 + 0.5 + EPSILON) / 10).toFixed(1))} 小时`;
}

function daysAndHours(whole: number): string {
  const days = Math.floor(whole / MINUTES_PER_WORKING_DAY);
  const hours = Math.floor((whole % MINUTES_PER_WORKING_DAY) / 60);
  return hours === 0 ? `${days} 天` : `${days} 天 ${hours} 小时`;
}

function hoursAndMinutes(whole: number, unit: string): string {
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} 小时` : `${Math.floor(whole / 60)} 小时 ${rest} ${unit}`;
}
