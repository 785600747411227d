/**
 * `npm run add -- <npm install arguments>`: adds or updates dependencies with this project's Node. Under an older one
 * npm would quietly choose old majors of packages whose `engines` ask for more.
 */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../check/step.ts';
import { complain } from './words.mjs';

const wanted = process.argv.slice(2);
const cli = process.env['npm_execpath'];
if (wanted.length === 0 || !cli?.endsWith('.js')) {
  complain(
    '用法：npm run add -- <包名> [-w server] [-D]',
    'Usage: npm run add -- <package> [-w server] [-D]',
  );
  process.exitCode = 2;
} else {
  const answer = spawnSync(process.execPath, [cli, 'install', '--no-audit', '--no-fund', ...wanted], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = answer.status ?? 1;
}
