/**
 * `npm run due -- '2026-09-30T16:00+08:00' 3d`: the working of a due time, day by day, on the default calendar; the last
 * line is the due time alone. `4h` are office hours, `7n` natural days. Bad input: words on stderr and exit code 2.
 */
import { createCalendar, explainLines, parseLimit } from '../shared/src/calendar/index.ts';
import { isoShanghai, parseInstant } from '../shared/src/time/index.ts';

const USAGE = `用法：npm run due -- '2026-09-30T16:00+08:00' 3d
时限：3d 三个工作日，4h 四个办公小时（可写 3.5h），7n 七个自然日`;

/** What to print for two arguments: lines of the working, or what is wrong with the input. */
export function dueLines(args: readonly string[]): { lines: string[] } | { error: string } {
  const [startText, limitText] = args;
  if (args.length !== 2 || startText === undefined || limitText === undefined) {
    return { error: '要写两样：起算时间和时限' };
  }
  const start = parseInstant(startText);
  if (start === null) {
    return { error: `看不懂起算时间「${startText}」：要写成 2026-09-30T16:00+08:00，带时区` };
  }
  const limit = parseLimit(limitText);
  if (limit === null) {
    return { error: `看不懂时限「${limitText}」：要写成 3d、4h 或 7n，天数是不超过 1000 的整数` };
  }
  const explanation = createCalendar({ hours: [], overrides: [], notices: [] }).explain(start, limit);
  return { lines: [...explainLines(explanation), isoShanghai(explanation.dueAt)] };
}

if (import.meta.main) {
  const answer = dueLines(process.argv.slice(2));
  if ('error' in answer) {
    console.error(`${answer.error}\n${USAGE}`);
    process.exitCode = 2;
  } else {
    console.log(answer.lines.join('\n'));
  }
}
