import { z } from 'zod';

/** What a run proved and what it did not. */
export type Tally = { passed: number; failed: number };

/** The parts of vitest's JSON report (the shape jest began) that count. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/**
 * Counts a run. A test that could not run is a failure: a skipped or postponed one, a file that did not load, a
 * report that is not there, and a run that ended badly though no test says why (a database that died, an error
 * nobody caught).
 * @param report vitest's JSON report, or undefined
 * @param exitCode vitest's
 * @param selection the arguments a person gave; `-t` leaves tests out on purpose
 */
export function tally(report: unknown, exitCode: number, selection: string[]): Tally & { notes: string[] } {
  const parsed = Report.safeParse(report);
  if (!parsed.success) {
    return {
      passed: 0,
      failed: 1,
      notes: [`测试没有完成（vitest 返回 ${exitCode}）。 The run did not finish.`],
    };
  }
  const chosen = selection.some((word) => /^(-t|--testNamePattern)/.test(word));
  const result = { passed: 0, failed: 0, notes: [] as string[] };
  for (const file of parsed.data.testResults) {
    for (const test of file.assertionResults) {
      countTest(result, test, chosen);
    }
    if (file.status !== 'passed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      result.failed += 1;
      result.notes.push(`文件没有跑完 did not run to its end: ${file.name} ${file.message ?? ''}`.trim());
    }
  }
  if (exitCode !== 0 && result.failed === 0) {
    result.failed += 1;
    result.notes.push(`vitest 返回 ${exitCode}，见上面的错误。 It ended badly: see the errors above.`);
  }
  return result;
}

function countTest(
  result: Tally & { notes: string[] },
  test: { fullName: string; status: string },
  chosen: boolean,
): void {
  if (test.status === 'passed') {
    result.passed += 1;
    return;
  }
  if (test.status === 'failed') {
    result.failed += 1;
    return;
  }
  if (!chosen) {
    result.failed += 1;
    result.notes.push(`没有运行 did not run (${test.status}): ${test.fullName}`);
  }
}
