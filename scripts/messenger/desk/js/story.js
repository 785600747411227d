// @ts-check
/**
 * Which story is the visitor's own. A story is known by the page its cards lead to; it is the visitor's when somebody at
 * this desk acted on it, or when it began after they came. Nothing here knows the product's rules.
 */
import { resolveLink } from './links.js';
import { flatten } from './model.js';
import { businessNow, desk } from './state.js';

const KEPT = 'minqing-desk-story';

/**
 * The page a link leads to, without what is to be done there: every card of one matter leads to the same.
 * @param {string} link
 * @returns {string} empty for a link that leads to no page of an app
 */
export function pageOf(link) {
  const [, hash = ''] = (resolveLink(link) ?? '').split('#');
  return hash.split('?')[0] ?? '';
}

/** @param {import('./types.js').ChatItem} item @returns {string} the page it leads to; empty when it leads to none */
export function pageOfItem(item) {
  const links = flatten(item.parts).flatMap((part) => (part.kind === 'link' ? [part.url] : []));
  return [item.url, ...links].map(pageOf).find((page) => page !== '') ?? '';
}

/** The visitor acted on this page's matter: it is their story now. @param {string} page */
export function touch(page) {
  if (page === '') {
    return;
  }
  desk.touched = { ...desk.touched, [page]: businessNow() };
  sessionStorage.setItem(KEPT, JSON.stringify(desk.touched));
}

/** What was touched before the page was loaded anew. */
export function resumeTouched() {
  try {
    const kept = /** @type {unknown} */ (JSON.parse(sessionStorage.getItem(KEPT) ?? '{}'));
    desk.touched = Object.fromEntries(
      Object.entries(Object(kept)).filter(([, at]) => typeof at === 'number' && at <= businessNow()),
    );
  } catch {
    desk.touched = {};
  }
}

export function forgetTouched() {
  desk.touched = {};
  sessionStorage.removeItem(KEPT);
}
