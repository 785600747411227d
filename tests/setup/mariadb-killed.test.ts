import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';

it('fails npm test when the private MariaDB is killed in mid-run, though every test passed', () => {
  const answer = spawnSync(
    process.execPath,
    ['scripts/test/run.ts', '--config', 'tests/setup/killed/vitest.config.ts'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect(answer.stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
  expect(answer.status).toBe(1);
  expect(answer.stdout + answer.stderr).toContain('the private MariaDB died in mid-run');
});
