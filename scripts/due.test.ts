import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dueLines } from './due.ts';

const script = fileURLToPath(new URL('./due.ts', import.meta.url));

function run(args: string[], zone = 'UTC'): string {
  return execFileSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, TZ: zone },
  });
}

describe('npm run due', () => {
  it.each([
    ['2026-09-30T16:00+08:00', '3d', '2026-10-10T17:00+08:00'],
    ['2026-09-30T16:00+08:00', '4h', '2026-10-08T11:30+08:00'],
    ['2026-07-07T14:41+08:00', '7n', '2026-07-15T00:00+08:00'],
    ['2026-07-06T01:30Z', '3d', '2026-07-09T17:00+08:00'],
  ])('ends %s %s with the due time alone on the last line', (start, limit, due) => {
    expect(run([start, limit]).trimEnd().split('\n').at(-1)).toBe(due);
  });

  it('prints one line for each day on the way', () => {
    const days = run(['2026-09-30T16:00+08:00', '3d'])
      .split('\n')
      .filter((line) => /^ {2}\d{4}-/.test(line));
    expect(days).toHaveLength(11);
    expect(days.at(-1)).toContain('国庆节补班  第 3 天，17:00 下班到期');
  });

  it('prints the same on every side of the globe, holidays by notice and by law alike', () => {
    for (const args of [
      ['2026-09-30T16:00+08:00', '3d'],
      ['2026-12-30T16:00+08:00', '200d'],
    ]) {
      const printed = new Set(
        ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati'].map((zone) => run(args, zone)),
      );
      expect(printed.size).toBe(1);
    }
  });

  it.each([
    [[], '要写两样'],
    [['2026-09-30T16:00+08:00'], '要写两样'],
    [['2026-09-30T16:00', '3d'], '看不懂起算时间'],
    [['2026-09-30T16:00+08:00', '3w'], '看不懂时限'],
    [['2026-09-30T16:00+08:00', '1.5d'], '看不懂时限'],
  ])('refuses %j in words', (args, words) => {
    expect(dueLines(args)).toEqual({ error: expect.stringContaining(words) });
  });

  it('says how it is used on stderr, prints nothing else and exits with 2', () => {
    const answer = spawnSync(process.execPath, [script, 'soon', '3d'], { encoding: 'utf8' });
    expect(answer.status).toBe(2);
    expect(answer.stdout).toBe('');
    expect(answer.stderr).toContain('看不懂起算时间「soon」');
    expect(answer.stderr).toContain('npm run due --');
  });
});
