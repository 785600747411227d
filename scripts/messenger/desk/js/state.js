// @ts-check
/** Everything the desk shows, in one reactive object. Only `sync.js`, `phone.js`, `press.js` and `story.js` change it. */
import { reactive } from 'vue';

export const PHONE_COUNT = 5;

/** @typedef {'chat' | 'list' | 'todo' | 'work' | 'web'} View */
/** @typedef {{ text: string, tone: 'bad' | 'plain', id: number }} Toast */
/**
 * @typedef {{ n: number, personId: string, view: View, cameFrom: View, web: { url: string, title: string, turn: number },
 *   toast: Toast | null, banner: { text: string, id: number } | null, called: number }} Phone
 * `web.turn` rises with each address the desk itself sets; `called` rises when the guide points at this phone.
 */

/** @param {number} n @returns {Phone} */
function newPhone(n) {
  return {
    n,
    personId: '',
    view: 'chat',
    cameFrom: 'chat',
    web: { url: '', title: '', turn: 0 },
    toast: null,
    banner: null,
    called: 0,
  };
}

export const desk = reactive({
  ready: false,
  /** Why the desk cannot open, in words; empty when it can. */
  problem: '',
  connected: true,
  appOrigin: '',
  /** The page of the stand-in 三服务 platform; empty when none runs. */
  platformUrl: '',
  /** @type {import('./types.js').Person[]} */
  people: [],
  phones: Array.from({ length: PHONE_COUNT }, (_, index) => newPhone(index + 1)),
  /** @type {Record<string, import('./types.js').ChatItem[]>} by person */
  chats: {},
  /** @type {Record<string, import('./types.js').TodoLists>} by person */
  todos: {},
  /** @type {Record<string, Record<string, true>>} chat items already looked at, by person */
  seen: {},
  /** @type {Record<string, string>} what was typed or chosen, by `person:card:field`; an option is its index */
  drafts: {},
  /** @type {Record<string, number>} a star just tapped and not yet answered, by `person:card` */
  picks: {},
  /** @type {Record<string, string>} the action a card is sending, by `person:card` */
  sending: {},
  /** Business time minus this machine's time, milliseconds. */
  clockOffset: 0,
  machineNow: Date.now(),
  /** @type {import('./types.js').Deadline | null} */
  deadline: null,
  /** @type {import('./types.js').Fault[]} */
  faults: [],
  /** @type {import('./types.js').LogEntry[]} oldest first */
  log: [],
  /** Business time since which a card belongs to this visitor's own story. */
  since: 0,
  /** @type {Record<string, number>} pages somebody at this desk acted on, and when in business time */
  touched: {},
  /** @type {string[]} who got something last, newest first, on a phone or not */
  lately: [],
});

/** @returns {number} business time, epoch milliseconds */
export function businessNow() {
  return desk.machineNow + desk.clockOffset;
}

/** @param {string} id @returns {import('./types.js').Person | undefined} */
export function personOf(id) {
  return desk.people.find((person) => person.id === id);
}

/** @param {Phone} phone @returns {import('./types.js').ChatItem[]} */
export function chatOf(phone) {
  return desk.chats[phone.personId] ?? [];
}

/** @param {Phone} phone @returns {import('./types.js').TodoLists} */
export function todosOf(phone) {
  return desk.todos[phone.personId] ?? { open: [], done: [] };
}

/** @param {Phone} phone @returns {number} messages nobody has looked at on this phone */
export function unreadOf(phone) {
  const seen = desk.seen[phone.personId] ?? {};
  return chatOf(phone).filter((item) => seen[item.id] !== true).length;
}

/** @param {Phone} phone */
export function markSeen(phone) {
  const seen = (desk.seen[phone.personId] ??= {});
  for (const item of chatOf(phone)) {
    seen[item.id] = true;
  }
}
