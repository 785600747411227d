/**
 * `npm test [-- <vitest arguments>]`: every check, then every test, then one closing line `N passed, N failed`.
 * With arguments only the tests they select run, without the checks: for the person at work on one thing.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildMiniapp, miniappIsBuilt } from '../build/miniapp.ts';
import { checkSteps } from '../check/steps.ts';
import { ROOT, runSteps } from '../check/step.ts';
import type { Step } from '../check/step.ts';
import { makeRoom } from './room.ts';
import { tally } from './tally.ts';
import type { Tally } from './tally.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
/** What is deployed must build; the browser tests then find it built. */
const BUILD: Step = {
  name: '构建小程序 the mini-app builds',
  run: async () => {
    const problem = miniappIsBuilt() ? undefined : await buildMiniapp();
    return { ok: problem === undefined, output: problem ?? '' };
  },
};

const selection = process.argv.slice(2);

const checks = selection.length === 0 ? await runChecks() : { passed: 0, failed: 0 };
const tests = await runTests();
const passed = checks.passed + tests.passed;
const failed =
  checks.failed + tests.failed + (checks.passed + checks.failed + tests.passed + tests.failed === 0 ? 1 : 0);

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runChecks(): Promise<Tally> {
  console.log('▸ 检查类型、依赖方向、代码规则和格式……\n  Checking types, directions, lint and format…');
  return runSteps([...checkSteps(), BUILD]);
}

async function runTests(): Promise<Tally> {
  console.log('▸ 运行测试（SQLite 与 MariaDB）……\n  Running the tests (SQLite and MariaDB)…');
  const room = makeRoom();
  const report = join(room.folder, 'report.json');
  const exitCode = await vitest(
    ['run', ...selection, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    room.folder,
  );
  const result = tally(readReport(report), exitCode, selection);
  room.clear();
  for (const line of result.notes) {
    console.log(`✗ ${line}`);
  }
  return result;
}

function vitest(args: string[], folder: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [VITEST, ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      // Browsers and LibreOffice name files with question marks on a machine that says no language.
      env: { LANG: 'C.UTF-8', ...process.env, TMPDIR: folder },
    });
    // One signal to the whole run: vitest stops its workers and the private database, then this ends with its code.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
