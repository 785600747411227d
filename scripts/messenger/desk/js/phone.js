// @ts-check
/** What a phone does when somebody uses it: changes hands, changes view, opens a link, says something. */
import { bindPhone } from './api.js';
import { onPhone, phoneOrigin, resolveLink } from './links.js';
import { desk, personOf } from './state.js';
import { loadPerson, saw } from './sync.js';

const TOAST_MS = 6000;
let toastCount = 0;

/**
 * Says something on a phone's own screen for a few seconds.
 * @param {import('./state.js').Phone} phone
 * @param {string} text
 * @param {'bad' | 'plain'} [tone]
 */
export function say(phone, text, tone = 'plain') {
  toastCount += 1;
  const id = toastCount;
  phone.toast = { text, tone, id };
  setTimeout(() => {
    if (phone.toast?.id === id) {
      phone.toast = null;
    }
  }, TOAST_MS);
}

/** @param {import('./state.js').Phone} phone @param {import('./state.js').View} view */
export function show(phone, view) {
  if (phone.view === view) {
    return;
  }
  if (view === 'web') {
    phone.cameFrom = phone.view;
  }
  phone.view = view;
  phone.banner = null;
  if (view === 'chat') {
    saw(phone);
  }
}

/** Leaves the web view for where it was opened; the page itself stays alive behind. @param {import('./state.js').Phone} phone */
export function leaveWeb(phone) {
  show(phone, phone.cameFrom === 'web' ? 'chat' : phone.cameFrom);
}

/**
 * Opens a link the way the messenger does: the app's pages in this phone's web view, anything else in a tab of the browser.
 * @param {import('./state.js').Phone} phone
 * @param {string} link
 */
export function openLink(phone, link) {
  const url = resolveLink(link);
  if (url === null || !URL.canParse(url)) {
    say(phone, '这个链接在这里打不开', 'bad');
    return;
  }
  const target = onPhone(url, phone.n, location, desk.appOrigin);
  if (!target.own) {
    window.open(target.url, '_blank', 'noopener');
    return;
  }
  phone.web.url = target.url;
  phone.web.turn += 1;
  show(phone, 'web');
}

/** The workbench's own entry. @param {import('./state.js').Phone} phone */
export function openApp(phone) {
  openLink(phone, `${phoneOrigin(phone.n, location)}/`);
}

/** Loads the web view's page afresh. @param {import('./state.js').Phone} phone */
export function closeWeb(phone) {
  phone.web = { url: '', title: '', turn: phone.web.turn };
  if (phone.view === 'web') {
    leaveWeb(phone);
  }
}

/**
 * Opens the desktop client's window for whoever holds this phone. The window opens empty at once, inside the click, because
 * browsers refuse one that opens after an answer has been awaited.
 * @param {import('./state.js').Phone} phone
 */
export async function openPc(phone) {
  const opened = window.open('about:blank', '_blank', 'popup,width=1440,height=900');
  if (opened === null) {
    say(phone, '浏览器拦住了新窗口，请允许本页弹出窗口', 'bad');
    return;
  }
  try {
    await bindPhone(`pc${phone.n}`, phone.personId);
    opened.location.replace(`${phoneOrigin(`pc${phone.n}`, location)}/`);
  } catch (error) {
    opened.close();
    say(phone, messageOf(error), 'bad');
  }
}

/**
 * Gives a phone to somebody. If that person holds another phone, the two change places. The messenger keeps who holds what:
 * once it has answered, a reload of the page changes nothing any more.
 * @param {import('./state.js').Phone} phone
 * @param {string} personId
 */
export async function hand(phone, personId) {
  if (phone.personId === personId) {
    return;
  }
  const other = desk.phones.find((one) => one.personId === personId);
  const before = phone.personId;
  try {
    await bindPhone(phone.n, personId);
    if (other !== undefined && before !== '') {
      await bindPhone(other.n, before);
      await takeOver(other, before);
    }
    await takeOver(phone, personId);
  } catch (error) {
    say(phone, messageOf(error), 'bad');
  }
}

/**
 * Shows what the phone's new holder has; nothing of the one before stays on it.
 * @param {import('./state.js').Phone} phone
 * @param {string} personId
 */
export async function takeOver(phone, personId) {
  if (phone.personId === personId) {
    return;
  }
  closeWeb(phone);
  phone.personId = personId;
  phone.view = 'chat';
  await loadPerson(personId);
  saw(phone);
}

/** @param {unknown} error @returns {string} */
export function messageOf(error) {
  return error instanceof Error ? error.message : '没办成，请再试一次';
}

/** @param {import('./state.js').Phone} phone */
export function holderOf(phone) {
  return personOf(phone.personId);
}
