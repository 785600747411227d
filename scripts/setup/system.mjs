/**
 * The programs outside npm that the tests drive: where they are, and how they come onto the machine.
 * Plain JavaScript for Node 20: `npm test` asks before it installs anything else.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { complain, say } from './words.mjs';

/**
 * `variable` names an environment variable that overrides the search; when set, nothing else is looked at.
 * @typedef {{ what: string, packages: string[], variable?: string, find: () => string | undefined }} SystemTool
 */

/** @type {SystemTool[]} */
export const SYSTEM_TOOLS = [
  { what: 'Chromium', packages: ['chromium'], variable: 'CHROMIUM', find: findChromium },
  { what: '中文字体 (a Chinese font)', packages: ['fonts-noto-cjk'], find: findChineseFont },
  {
    what: 'MariaDB (mariadbd)',
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    variable: 'MARIADB',
    find: findMariaDb,
  },
  { what: 'heif-enc', packages: ['libheif-examples'], find: () => onPath('heif-enc') },
  { what: 'exiftool', packages: ['libimage-exiftool-perl'], find: () => onPath('exiftool') },
  {
    what: 'LibreOffice',
    packages: ['libreoffice-calc-nogui', 'libreoffice-writer-nogui'],
    variable: 'SOFFICE',
    find: findSoffice,
  },
  { what: 'pdftoppm', packages: ['poppler-utils'], find: () => onPath('pdftoppm') },
  { what: 'openssl', packages: ['openssl'], find: () => onPath('openssl') },
];

/** The browser the tests drive: `CHROMIUM`, else what the PATH has.
 * @returns {string | undefined}
 */
export function findChromium() {
  if (process.env.CHROMIUM !== undefined) {
    return runnable(process.env.CHROMIUM);
  }
  return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
}

/** The database server the tests start privately: `MARIADB`, else what the PATH or /usr/sbin has.
 * @returns {string | undefined}
 */
export function findMariaDb() {
  if (process.env.MARIADB !== undefined) {
    return runnable(process.env.MARIADB);
  }
  return onPath('mariadbd');
}

/** The office program that opens what the product writes: `SOFFICE`, else what the PATH has.
 * @returns {string | undefined}
 */
export function findSoffice() {
  if (process.env.SOFFICE !== undefined) {
    return runnable(process.env.SOFFICE);
  }
  return onPath('soffice') ?? onPath('libreoffice');
}

/** Looks a program up on the PATH and in the folders of system programs, which are not on everybody's PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => folder && runnable(join(folder, name))).find(Boolean) || undefined;
}

/**
 * Sees that every system tool is there, installing what is missing through apt where this user may.
 * @returns {Promise<boolean>} false when something is missing; what to do has been printed
 */
export async function provideSystemTools() {
  const missing = missingTools();
  if (missing.length === 0) {
    return true;
  }
  const packages = missing.flatMap((tool) => tool.packages);
  const misnamed = missing.filter((tool) => tool.variable && process.env[tool.variable] !== undefined);
  const prefix = privilege();
  if (misnamed.length > 0 || !prefix || !onPath('apt-get')) {
    explain(missing, misnamed, packages);
    return false;
  }
  say(`正在用 apt-get 安装：${packages.join(' ')}……`, `Installing with apt-get: ${packages.join(' ')}…`);
  await apt(prefix, ['update', '-q']);
  const status = await apt(prefix, ['install', '-y', '-q', '--no-install-recommends', ...packages]);
  const still = missingTools();
  if (status === 0 && still.length === 0) {
    return true;
  }
  complain(
    `apt-get 没有装好（返回 ${status}），仍缺少：${still.map((tool) => tool.what).join('、')}。请看上面的输出，或手工安装：${packages.join(' ')}`,
    `apt-get did not succeed (it answered ${status}); still missing: ${still.map((tool) => tool.what).join(', ')}.\nSee its output above, or install by hand: ${packages.join(' ')}`,
  );
  return false;
}

/**
 * Says what is missing, and what whoever reads it can do about it.
 * @param {SystemTool[]} missing
 * @param {SystemTool[]} misnamed those of them for which a variable names something that is no program
 * @param {string[]} packages
 */
function explain(missing, misnamed, packages) {
  const names = missing.map((tool) => tool.what);
  const wrong = misnamed.map((tool) => `${tool.variable}=${process.env[tool.variable ?? '']}`).join(' ');
  const command = `sudo apt-get install ${packages.join(' ')}`;
  complain(
    [
      `测试需要以下程序，本机没有：${names.join('、')}。`,
      wrong ? `环境变量 ${wrong} 指向的不是可运行的程序：请改正或取消。` : '当前用户不能安装软件包。',
      `请由管理员运行：\n  ${command}`,
      '（非 Debian 系统请安装相应程序，或用 CHROMIUM、MARIADB 变量指明其路径），然后再运行 npm test。',
    ].join('\n'),
    [
      `The tests need programs this machine lacks: ${names.join(', ')}.`,
      wrong
        ? `${wrong} names no program that can be run: correct or unset it.`
        : 'This user may not install packages.',
      `Ask an administrator to run\n  ${command}`,
      '(elsewhere than on Debian install the like, or name them in CHROMIUM and MARIADB), then run npm test again.',
    ].join('\n'),
  );
}

/** @returns {SystemTool[]} */
export function missingTools() {
  return SYSTEM_TOOLS.filter((tool) => !tool.find());
}

/** What to put before a command to run it as root: nothing, sudo where it asks for no password, or undefined. */
function privilege() {
  if (process.getuid?.() === 0) {
    return [];
  }
  const sudo = onPath('sudo');
  if (sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore', timeout: 3000 }).status === 0) {
    return [sudo, '-n'];
  }
  return undefined;
}

/**
 * @param {string[]} prefix
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function apt(prefix, args) {
  const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return new Promise((resolve) => {
    const child = spawn(String(command), rest, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** @returns {string | undefined} */
function findChineseFont() {
  const list = onPath('fc-list');
  if (list) {
    return (
      spawnSync(list, [':lang=zh-cn', 'file'], { encoding: 'utf8' }).stdout.trim().split('\n')[0] || undefined
    );
  }
  return folderWith('/usr/share/fonts/opentype/noto', 'NotoSansCJK');
}

/**
 * @param {string} folder
 * @param {string} start
 * @returns {string | undefined}
 */
function folderWith(folder, start) {
  try {
    return readdirSync(folder).find((name) => name.startsWith(start));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @returns {string | undefined} the path itself when it is a program
 */
function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}
