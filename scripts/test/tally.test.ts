import { describe, expect, it } from 'vitest';
import { tally } from './tally.ts';

const file = (...statuses: string[]) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, index) => ({ fullName: `test ${index}`, status })),
});

describe('the count of a test run', () => {
  it('counts what passed and what failed', () => {
    const report = { testResults: [file('passed', 'passed'), file('passed', 'failed')] };
    expect(tally(report, 1, [])).toMatchObject({ passed: 3, failed: 1 });
  });

  it.each(['skipped', 'pending', 'todo', 'disabled'])('takes a %s test for a failure', (status) => {
    const result = tally({ testResults: [file('passed', status)] }, 0, []);
    expect(result).toMatchObject({ passed: 1, failed: 1, notes: [expect.stringContaining('test 1')] });
  });

  it('lets a person leave tests out by name', () => {
    expect(tally({ testResults: [file('passed', 'skipped')] }, 0, ['-t', 'x'])).toMatchObject({
      passed: 1,
      failed: 0,
    });
  });

  it('takes a file that did not load for a failure', () => {
    const broken = { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
    expect(tally({ testResults: [file('passed'), broken] }, 1, [])).toMatchObject({ passed: 1, failed: 1 });
  });

  it('takes a bad end for a failure though every test passed', () => {
    expect(tally({ testResults: [file('passed')] }, 1, [])).toMatchObject({ passed: 1, failed: 1 });
  });

  it('takes a missing report for a failure', () => {
    expect(tally(undefined, 137, [])).toMatchObject({ passed: 0, failed: 1 });
  });
});
