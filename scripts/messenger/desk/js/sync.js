// @ts-check
/** Keeps the page's state the messenger's: loads it once, then follows the event stream. */
import * as api from './api.js';
import { flatten } from './model.js';
import { businessNow, chatOf, desk, markSeen, unreadOf } from './state.js';
import { forgetTouched, resumeTouched } from './story.js';

const LOG_KEPT = 5000;
const SINCE = 'minqing-desk-since';
/** So many people who got something last are remembered: the next to move in a story is among them. */
const LATELY = 8;

/**
 * Runs at most one at a time; calls in between become one more run. Answers that arrive out of order cannot overwrite.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
function coalesced(work) {
  /** @type {Promise<void> | null} */
  let running = null;
  /** @type {Promise<void> | null} */
  let next = null;
  /** @returns {Promise<void>} */
  const run = () => {
    if (running === null) {
      running = work().finally(() => {
        running = null;
      });
      return running;
    }
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
  return run;
}

/** @type {Map<string, () => Promise<void>>} */
const chatLoaders = new Map();
/** @type {Map<string, () => Promise<void>>} */
const todoLoaders = new Map();

/** @param {string} personId */
export function loadChat(personId) {
  return loader(chatLoaders, personId, async () => {
    const items = await api.getChat(personId);
    const known = desk.chats[personId];
    desk.chats[personId] = items;
    forgetGoneDrafts(personId, items);
    if (known !== undefined) {
      announce(
        personId,
        items.filter((item) => !known.some((old) => old.id === item.id)),
      );
    }
  });
}

/** @param {string} personId */
export function loadTodos(personId) {
  return loader(todoLoaders, personId, async () => {
    desk.todos[personId] = await api.getTodos(personId);
  });
}

/** @param {Map<string, () => Promise<void>>} loaders @param {string} id @param {() => Promise<void>} work */
function loader(loaders, id, work) {
  let load = loaders.get(id);
  if (load === undefined) {
    load = coalesced(work);
    loaders.set(id, load);
  }
  return load();
}

/**
 * Somebody looks at a phone's chat: nothing in it is unread any more, and the messenger's read receipts say so.
 * @param {import('./state.js').Phone} phone
 */
export function saw(phone) {
  if (unreadOf(phone) > 0) {
    api.markRead(phone.personId).catch(() => undefined);
  }
  markSeen(phone);
}

/** @param {string} personId */
export async function loadPerson(personId) {
  await Promise.all([loadChat(personId), loadTodos(personId)]);
}

/**
 * What was typed outlives any re-rendering, and goes when the card no longer has the field.
 * @param {string} personId
 * @param {import('./types.js').ChatItem[]} items
 */
function forgetGoneDrafts(personId, items) {
  const fields = new Set(
    items.flatMap((item) =>
      flatten(item.parts).flatMap((part) =>
        part.kind === 'input' || part.kind === 'select'
          ? [`${personId}:${item.outTrackId}:${part.name}`]
          : [],
      ),
    ),
  );
  for (const key of Object.keys(desk.drafts)) {
    if (key.startsWith(`${personId}:`) && !fields.has(key)) {
      delete desk.drafts[key];
    }
  }
}

let bannerCount = 0;

/**
 * New messages on a phone that shows something else come as a banner, as on any phone.
 * @param {string} personId
 * @param {import('./types.js').ChatItem[]} fresh
 */
function announce(personId, fresh) {
  const last = fresh.at(-1);
  for (const phone of desk.phones.filter((one) => one.personId === personId)) {
    if (phone.view === 'chat') {
      saw(phone);
    } else if (last !== undefined) {
      bannerCount += 1;
      const id = bannerCount;
      phone.banner = { text: headline(last), id };
      setTimeout(() => {
        if (phone.banner?.id === id) {
          phone.banner = null;
        }
      }, 8000);
    }
  }
}

/** @param {import('./types.js').ChatItem} item @returns {string} what a chat list shows of a message */
export function headline(item) {
  if (item.recalled) {
    return '一条消息已撤回';
  }
  const parts = flatten(item.parts);
  const strip = parts.find((part) => part.kind === 'strip');
  const title = parts.find((part) => part.kind === 'title');
  const words = [
    strip?.kind === 'strip' ? strip.text : '',
    title?.kind === 'title' ? title.text : item.title,
  ];
  return words.filter((word) => word !== '').join('：') || '新消息';
}

/** Reads page after page until there is no newer entry. */
export const loadLog = coalesced(async () => {
  for (;;) {
    const last = desk.log.at(-1)?.seq ?? 0;
    const fresh = (await api.getLog(last)).filter((entry) => entry.seq > last);
    if (fresh.length === 0) {
      return;
    }
    keepLog(fresh);
  }
});

/** @param {import('./types.js').LogEntry[]} fresh */
function keepLog(fresh) {
  const last = desk.log.at(-1)?.seq ?? 0;
  desk.log = [...desk.log, ...fresh.filter((entry) => entry.seq > last)].slice(-LOG_KEPT);
}

const loadPeople = coalesced(async () => {
  desk.people = await api.getPeople();
});

export const loadFaults = coalesced(async () => {
  desk.faults = await api.getFaults();
});

export const loadClock = coalesced(async () => {
  setClock(await api.getClock());
});

/** @param {number} now business time */
export function setClock(now) {
  desk.machineNow = Date.now();
  desk.clockOffset = now - desk.machineNow;
}

export const loadDeadline = coalesced(async () => {
  desk.deadline = await api.getDeadline();
});

/** @type {ReturnType<typeof setTimeout> | undefined} */
let deadlineSoon;

/** The next deadline moves with every act; it is asked for once things have been quiet for a moment. */
function deadlineLater() {
  clearTimeout(deadlineSoon);
  deadlineSoon = setTimeout(() => void loadDeadline().catch(() => undefined), 700);
}

/** From now on cards count as the visitor's own story; kept over a reload of the page. */
export function startStory() {
  desk.since = businessNow();
  sessionStorage.setItem(SINCE, String(desk.since));
}

function resumeStory() {
  resumeTouched();
  const since = Number(sessionStorage.getItem(SINCE));
  if (since > 0 && since <= businessNow()) {
    desk.since = since;
    return;
  }
  startStory();
}

/** Loads what all phones show. */
export async function loadAll() {
  await Promise.all([
    loadClock(),
    loadFaults(),
    loadLog(),
    ...desk.phones.map((phone) => loadPerson(phone.personId)),
  ]);
  for (const phone of desk.phones.filter((one) => desk.seen[one.personId] === undefined)) {
    saw(phone);
  }
  resumeStory();
  deadlineLater();
}

/** @param {string} personId */
function isShown(personId) {
  return desk.phones.some((phone) => phone.personId === personId);
}

/**
 * @typedef {{ onPhone: (phone: string, personId: string) => void, onReturn: () => void, onReset: () => void }} Listeners
 * @typedef {{ type?: string, phone?: string, personId?: string, personIds?: string[], entry?: Record<string, unknown>, now?: string }} Event
 * @param {Event} event
 * @param {Listeners} tell
 */
function take(event, tell) {
  const told = event.personIds ?? [];
  const shown = told.filter(isShown);
  /** @type {Record<string, () => unknown>} */
  const takers = {
    chat: () => {
      desk.lately = [...new Set([...told, ...desk.lately])].slice(0, LATELY);
      return Promise.all(told.filter((id) => isShown(id) || desk.chats[id] !== undefined).map(loadChat));
    },
    todo: () => Promise.all(shown.map(loadTodos)),
    people: loadPeople,
    log: () => (event.entry === undefined ? loadLog() : keepLog([api.readLogEntry(event.entry)])),
    clock: () => {
      const now = Date.parse(event.now ?? '');
      return Number.isNaN(now) ? loadClock() : setClock(now);
    },
    fault: loadFaults,
    phone: () => tell.onPhone(event.phone ?? '', event.personId ?? ''),
    reset: tell.onReset,
  };
  const work = takers[event.type ?? '']?.();
  if (work instanceof Promise) {
    work.catch(() => undefined);
  }
  if (event.type !== 'log' && event.type !== 'fault') {
    deadlineLater();
  }
}

/** @type {Promise<void> | null} */
let following = null;

/**
 * Follows the messenger. Resolves once events arrive, so that what is loaded afterwards misses nothing; after a break
 * `onReturn` loads everything again. Further calls join the first.
 * @param {Listeners} tell
 * @returns {Promise<void>}
 */
export function follow(tell) {
  following ??= new Promise((opened) => listen(tell, opened));
  return following;
}

/** @param {Listeners} tell @param {() => void} opened */
function listen(tell, opened) {
  const stream = new EventSource('/control/events');
  let broken = false;
  stream.addEventListener('message', (message) => {
    take(/** @type {Event} */ (JSON.parse(message.data)), tell);
  });
  stream.addEventListener('error', () => {
    broken = true;
    desk.connected = false;
  });
  stream.addEventListener('open', () => {
    desk.connected = true;
    opened();
    if (broken) {
      broken = false;
      tell.onReturn();
    }
  });
  setInterval(() => {
    desk.machineNow = Date.now();
  }, 1000);
  setInterval(() => void loadClock().catch(() => undefined), 20_000);
}

/** Forgets what belonged to the story before a reset. */
export function forgetStory() {
  desk.log = [];
  desk.drafts = {};
  desk.seen = {};
  desk.chats = {};
  desk.todos = {};
  desk.lately = [];
  forgetTouched();
  sessionStorage.removeItem(SINCE);
}

/** @param {import('./state.js').Phone} phone @returns {string} the newest message, for the chat list */
export function lastLine(phone) {
  const last = chatOf(phone).at(-1);
  return last === undefined ? '还没有消息' : headline(last);
}
