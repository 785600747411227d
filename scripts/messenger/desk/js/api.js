// @ts-check
/** The messenger's control API, as this page uses it. Every call rejects with a sentence a person can act on. */
import { list, readChatItem, readPerson, readTodo, text } from './model.js';
import { readLogEntry } from './log-words.js';
import { readTime } from './time.js';

export { readLogEntry };

/** A call that did not work; `status` is 0 when the messenger could not be reached at all. */
export class ControlError extends Error {
  /** @param {string} message @param {number} status */
  constructor(message, status) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
  }
}

/**
 * @param {string} method
 * @param {string} path below `/control`
 * @param {unknown} [body]
 * @returns {Promise<Record<string, unknown>>} the answer; a bare list comes back as `{ items }`
 */
async function call(method, path, body) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(`/control${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new ControlError('连不上本机信使，请看看它是否还在运行', 0);
  }
  /** @type {unknown} */
  const value = await answer.json().catch(() => null);
  if (!answer.ok) {
    throw new ControlError(errorText(value) || `信使回答了 ${answer.status}`, answer.status);
  }
  if (Array.isArray(value)) {
    return { items: value };
  }
  return value !== null && typeof value === 'object' ? /** @type {Record<string, unknown>} */ (value) : {};
}

/** @param {unknown} value an error as text or as an object @returns {string} */
function errorText(value) {
  if (typeof value === 'string') {
    return value;
  }
  if (value === null || typeof value !== 'object') {
    return '';
  }
  const problem = /** @type {Record<string, unknown>} */ (value);
  const own = text(problem.message) || text(problem.title) || text(problem.detail);
  return own !== '' ? own : errorText(problem.error);
}

/** @param {Record<string, unknown>} answer @param {string} name the key an implementation may wrap its list in */
function itemsOf(answer, name) {
  return list(answer.items ?? answer[name]);
}

export async function getPeople() {
  return itemsOf(await call('GET', '/people'), 'people').map(readPerson);
}

/**
 * Who holds which phone.
 * @returns {Promise<{ holders: Map<string, string>, appOrigin: string, platformUrl: string }>} phone (`1`, `pc1`) → person id
 */
export async function getPhones() {
  const answer = await call('GET', '/phones');
  const rows = itemsOf(answer, 'phones');
  const holders = new Map(rows.map((row) => [phoneKey(text(row.phone)), text(row.personId)]));
  return {
    holders,
    appOrigin: originOf(text(answer.appUrl) || text(answer.appOrigin)),
    platformUrl: originOf(text(answer.platformUrl)),
  };
}

/**
 * The messenger writes `p1`, this page counts `1`; a PC window is `pc1` to both.
 * @param {string} phone
 */
export function phoneKey(phone) {
  return phone.replace(/^p(?=\d)/, '');
}

/** @param {string} url */
function originOf(url) {
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** @param {string | number} phone @param {string} personId */
export async function bindPhone(phone, personId) {
  await call('POST', `/phones/${phone}`, { personId });
}

/** @param {string} personId */
export async function getChat(personId) {
  const answer = await call('GET', `/people/${encodeURIComponent(personId)}/chat`);
  return itemsOf(answer, 'chat')
    .map(readChatItem)
    .sort((a, b) => a.sentAt - b.sentAt);
}

/**
 * @param {string} personId
 * @returns {Promise<import('./types.js').TodoLists>}
 */
export async function getTodos(personId) {
  const answer = await call('GET', `/people/${encodeURIComponent(personId)}/todos`);
  return { open: list(answer.open).map(readTodo), done: list(answer.done).map(readTodo) };
}

/**
 * Presses a card. Resolves with what the app made of it: an empty `error` when it answered.
 * @param {string} personId
 * @param {string} outTrackId
 * @param {string[]} actionIds
 * @param {Record<string, unknown>} params
 * @returns {Promise<{ error: string, tookMs: number }>}
 */
export async function pressCard(personId, outTrackId, actionIds, params) {
  const path = `/people/${encodeURIComponent(personId)}/cards/${encodeURIComponent(outTrackId)}/actions`;
  const answer = await call('POST', path, { actionIds, params });
  return { error: errorText(answer.error), tookMs: Number(answer.tookMs) || 0 };
}

/** The person has looked at the chat; the app may ask who read its notices. @param {string} personId */
export async function markRead(personId) {
  await call('POST', `/people/${encodeURIComponent(personId)}/chat/read`, {});
}

/** @returns {Promise<number>} business time, epoch milliseconds */
export async function getClock() {
  return clockOf(await call('GET', '/clock'));
}

/** @param {{ to: string } | { advanceMs: number }} move @returns {Promise<number>} the new business time */
export async function moveClock(move) {
  return clockOf(await call('POST', '/clock', move));
}

/** @param {Record<string, unknown>} answer */
function clockOf(answer) {
  return readTime(answer.now) ?? Date.now();
}

/** @returns {Promise<import('./types.js').Deadline | null>} null when the app has none to tell */
export async function getDeadline() {
  try {
    const answer = await call('GET', '/deadline');
    const at = readTime(answer.at ?? answer.dueAt ?? answer.deadline ?? answer.next);
    return at === null ? null : { at, label: text(answer.label) || text(answer.title) };
  } catch (error) {
    if (error instanceof ControlError) {
      return null;
    }
    throw error;
  }
}

/** @returns {Promise<import('./types.js').Fault[]>} */
export async function getFaults() {
  return itemsOf(await call('GET', '/faults'), 'faults').map((fault) => ({
    kind: text(fault.kind) || text(fault.type),
    label: text(fault.label),
  }));
}

/** Switches every fault off, then the given one on. @param {object | null} fault */
export async function setFault(fault) {
  await call('DELETE', '/faults');
  if (fault !== null) {
    await call('POST', '/faults', fault);
  }
}

/** @param {number} after the last sequence number already known @returns {Promise<import('./types.js').LogEntry[]>} */
export async function getLog(after) {
  return itemsOf(await call('GET', `/log?after=${after}&limit=5000`), 'log').map(readLogEntry);
}

export async function resetAll() {
  await call('POST', '/reset', {});
}
