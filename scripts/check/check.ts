/** `npm run check`: types, directions, lint, old-web-view CSS and format. Exit code 1 when any fails. */
import { runSteps } from './step.ts';
import { checkSteps } from './steps.ts';

const { passed, failed } = await runSteps(checkSteps());
console.log(
  failed === 0
    ? `检查全部通过（${passed} 项）。 All ${passed} checks passed.`
    : `有 ${failed} 项未通过；格式问题可用 npm run format 修正。 ${failed} failed; npm run format repairs formatting.`,
);
process.exitCode = failed === 0 ? 0 : 1;
