/**
 * The door of every npm script: makes the checkout runnable, then hands over to Node 24.
 *
 *   node scripts/setup/run.mjs [--test] <script> [arguments…]
 *
 * Plain JavaScript for Node 20, without dependencies: it is what runs first on a fresh clone.
 * `--test` also looks after Chromium, MariaDB and the other programs the tests drive, before anything that takes
 * time, and ends a failure with the closing line of a test run.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installIfNeeded } from './install.mjs';
import { findNode, NODE_MAJOR } from './node.mjs';
import { provideSystemTools } from './system.mjs';
import { complain } from './words.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const forTests = process.argv[2] === '--test';
const [script, ...rest] = process.argv.slice(forTests ? 3 : 2);

process.exitCode = await main();

/** @returns {Promise<number>} the exit code */
async function main() {
  if (!script) {
    complain(
      '用法：node scripts/setup/run.mjs <脚本> [参数]',
      'Usage: node scripts/setup/run.mjs <script> [arguments]',
    );
    return 2;
  }
  if (forTests && !(await provideSystemTools())) {
    return giveUp();
  }
  if (!(await installIfNeeded(root))) {
    return giveUp();
  }
  const node = findNode(root);
  if (!node) {
    complain(
      `需要 Node ${NODE_MAJOR} 或更新的版本。本机是 ${process.version}（${process.platform}-${process.arch}），\n该平台没有随附的 Node：请自行安装 Node ${NODE_MAJOR} 并放入 PATH，再运行一次。`,
      `Node ${NODE_MAJOR} or newer is needed. This machine has ${process.version} (${process.platform}-${process.arch}), a platform\nfor which none is bundled: install Node ${NODE_MAJOR}, put it on the PATH and run the command again.`,
    );
    return giveUp();
  }
  const file = join(root, script);
  if (!existsSync(file)) {
    complain(
      `找不到 ${script}：这个命令还没有做好，或文件被移走了。`,
      `${script} is not there: this command is not built yet, or the file was moved.`,
    );
    return giveUp();
  }
  return handOver(node, file);
}

/**
 * @param {string} node
 * @param {string} file
 * @returns {Promise<number>}
 */
function handOver(node, file) {
  const bin = join(root, 'node_modules', '.bin');
  const env = { ...process.env, PATH: [bin, dirname(node), process.env.PATH ?? ''].join(delimiter) };
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...rest], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to the whole group already; a second one would cut the child's own clean stop short.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      complain(`无法启动 ${node}：${error.message}`, `Could not start ${node}: ${error.message}`);
      resolve(giveUp());
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** The exit code of a failure before the hand-over, with a test run's closing line where one is expected. */
function giveUp() {
  if (forTests) {
    console.log('0 passed, 1 failed');
  }
  return 1;
}
