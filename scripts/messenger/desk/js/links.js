// @ts-check
/**
 * Links as the platforms write them, resolved to the page they mean and to the address that page has inside one phone.
 * Forms: `dingtalk://dingtalkclient/page/link?url=<enc>`, the same with `taurus://taurusclient` on 浙政钉, and
 * `dingtalk://dingtalkclient/action/open_platform_link?pcLink=<enc of a full link>&mobileLink=<enc of a full link>`.
 */

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost|.+\.localhost)$/;

/**
 * The http(s) address a link leads to, or null for one that leads nowhere a web view can go.
 * @param {string} link
 * @param {'mobile' | 'pc'} [side] which half of an `open_platform_link` counts
 * @param {number} [depth] how many wrappers were already taken off
 * @returns {string | null}
 */
export function resolveLink(link, side = 'mobile', depth = 0) {
  if (/^https?:\/\//i.test(link)) {
    return link;
  }
  if (!/^(dingtalk:\/\/dingtalkclient|taurus:\/\/taurusclient)\//i.test(link) || depth > 4) {
    return null;
  }
  const query = new URLSearchParams(link.slice(link.indexOf('?') + 1));
  const inner =
    query.get('url') ?? query.get(side === 'pc' ? 'pcLink' : 'mobileLink') ?? query.get('mobileLink');
  return inner === null ? null : resolveLink(inner, side, depth + 1);
}

/**
 * The origin under which a phone sees the app. Each phone has its own host, so that cookies are per phone.
 * @param {string | number} phone `1` … `5`, or `pc1` for the desktop window
 * @param {{ protocol: string, port: string }} here the desk's own location
 */
export function phoneOrigin(phone, here) {
  const name = String(phone).startsWith('pc') ? String(phone) : `p${phone}`;
  return `${here.protocol}//${name}.minqing.localhost${here.port === '' ? '' : `:${here.port}`}`;
}

/**
 * The same page on a phone's own host. Pages that are not the app's (neither loopback nor the app's public origin) are left alone.
 * @param {string} url
 * @param {string | number} phone
 * @param {{ protocol: string, port: string }} here
 * @param {string} [appOrigin] the app's public origin when the messenger knows it
 * @returns {{ url: string, own: boolean }} `own` is false for a page of somebody else's
 */
export function onPhone(url, phone, here, appOrigin = '') {
  const target = new URL(url);
  if (!LOOPBACK.test(target.hostname) && target.origin !== appOrigin) {
    return { url, own: false };
  }
  return { url: `${phoneOrigin(phone, here)}${target.pathname}${target.search}${target.hash}`, own: true };
}
