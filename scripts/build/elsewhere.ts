import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ROOT } from '../check/step.ts';

/** Where the province's platform looks when nothing says otherwise. */
export const DEFAULT_FOLDER = 'build';
const DIST = join(ROOT, 'miniapp', 'dist');
const LOCAL = /^(127\.0\.0\.1|([\w-]+\.)*localhost)$/;

/**
 * The API's address as a page of another origin needs it: whole, over https, without a slash at its end.
 * @throws with a sentence for the person who typed it
 */
export function apiAddress(text: string): string {
  const url = URL.parse(text);
  const local = url !== null && LOCAL.test(url.hostname);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && local))) {
    throw new Error(
      `API 的地址应为完整的 https 网址，例如 https://minqing.example.gov.cn/api，而不是 ${text}`,
    );
  }
  if (url.search || url.hash || url.username) {
    throw new Error(`API 的地址里不能有参数：${text}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/**
 * Copies the built mini-app to a folder that can stand on any origin, under any path: all it knows of its server is the
 * address in its config.json. What the folder held before is replaced.
 * @throws when the folder is one of the project's own
 */
export function putElsewhere(api: string, folder: string = DEFAULT_FOLDER): string {
  const address = apiAddress(api);
  const target = resolve(ROOT, folder);
  const inside = relative(ROOT, target);
  const foreign = inside.startsWith('..') || inside === DEFAULT_FOLDER;
  if (!foreign && existsSync(target)) {
    throw new Error(`${folder} 是项目里已有的目录，请换一个；不写就放进 ${DEFAULT_FOLDER}`);
  }
  rmSync(target, { recursive: true, force: true });
  cpSync(DIST, target, { recursive: true });
  writeFileSync(join(target, 'config.json'), `${JSON.stringify({ api: address })}\n`);
  return target;
}
