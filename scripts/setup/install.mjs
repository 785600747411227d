import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { misfit } from './lock.mjs';
import { machineNode, withoutOurs } from './node.mjs';
import { complain, patiently, say } from './words.mjs';

/**
 * Brings node_modules to what the lock file says, if it is not there yet, telling what it does.
 * @param {string} root the repository
 * @returns {Promise<boolean>} false when it failed; the reason has been printed
 */
export async function installIfNeeded(root) {
  const reason = misfit(root);
  if (!reason) {
    return true;
  }
  if (!mayWrite(root)) {
    complain(
      `要在 ${root} 里安装依赖，可是您没有写这个文件夹的权限：\n请换到自己能写的地方重新克隆，或请管理员改权限。`,
      `The dependencies belong into ${root}, where you may not write:\nclone it to a place of your own, or have the permissions changed.`,
    );
    return false;
  }
  const began = Date.now();
  say(
    `正在按 package-lock.json 安装依赖（npm ci；缺少或不符：${reason}），首次约需一两分钟……`,
    `Installing what package-lock.json lists (npm ci; missing or different: ${reason}); a minute or two at first…`,
  );
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const status = await patiently('安装', 'installing', npmCi(root));
  if (status !== 0 || misfit(root)) {
    complain(
      `依赖没有装好（npm ci 返回 ${status}）。请检查网络、代理和磁盘空间；\n如仍不行，删去 node_modules 后再运行一次同样的命令。`,
      `The dependencies were not installed (npm ci answered ${status}). Check network, proxy and disk space;\nif that does not help, delete node_modules and run the same command again.`,
    );
    return false;
  }
  say(`依赖已装好，用时 ${seconds()} 秒。`, `Dependencies are in place after ${seconds()} s.`);
  return true;
}

/** Whether this user may put something into the folder.
 * @param {string} folder
 */
export function mayWrite(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs npm ci with the machine's own Node, since the one under node_modules is about to be replaced.
 * @param {string} root
 * @returns {Promise<number>} npm's exit code; 127 when there is no npm
 */
function npmCi(root) {
  const node = machineNode(root) ?? process.execPath;
  const cli = process.env.npm_execpath;
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const path = [dirname(node), ...withoutOurs(root)].join(delimiter);
  const useCli = cli && cli.endsWith('.js') && existsSync(cli);
  const [command, args] = useCli ? [node, [cli, ...flags]] : ['npm', flags];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path },
      shell: !useCli && process.platform === 'win32',
      // Standard output may be what a caller reads (`npm run due` ends with one line): npm's own words go beside it.
      stdio: ['ignore', 2, 2],
    });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
