// @ts-check
/** Opens the desk: who holds which phone, then everything they have, then the event stream. */
import { createApp } from 'vue';
import * as api from './api.js';
import { App } from './components/App.js';
import { Icon } from './components/Icon.js';
import { closeWeb, messageOf, takeOver } from './phone.js';
import { desk } from './state.js';
import { follow, forgetStory, loadAll } from './sync.js';

/** The story's five, by name; a directory without them gives the first person of that role. @type {[string, string][]} */
const CAST = [
  ['林淑芬', 'member'],
  ['方敏', 'reviewer'],
  ['陈洁', 'dispatcher'],
  ['周凯', 'handler'],
  ['郑卫平', 'inspector'],
];
const RETRY_MS = 2000;

/**
 * Whoever the messenger says holds a phone keeps it, over a reload and in a second window alike; the others come from the cast.
 * @param {import('./types.js').Person[]} people
 * @param {(string | undefined)[]} held person ids, by phone
 * @returns {string[]} one person id a phone, none twice
 */
function castPhones(people, held) {
  /** @type {string[]} */
  const taken = [];
  CAST.forEach(([name, role], index) => {
    const free = people.filter((person) => !taken.includes(person.id));
    const chosen =
      free.find((person) => person.id === held[index]) ??
      free.find((person) => person.name === name && !held.includes(person.id)) ??
      free.find((person) => person.roles.includes(role)) ??
      free[0];
    if (chosen !== undefined) {
      taken.push(chosen.id);
    }
  });
  return taken;
}

async function start() {
  desk.people = await api.getPeople();
  if (desk.people.length === 0) {
    throw new Error('通讯录还是空的，等服务准备好就会出现');
  }
  const { holders, appOrigin, platformUrl } = await api.getPhones();
  desk.appOrigin = appOrigin;
  desk.platformUrl = platformUrl;
  const cast = castPhones(
    desk.people,
    desk.phones.map((phone) => holders.get(String(phone.n))),
  );
  for (const [index, phone] of desk.phones.entries()) {
    const personId = cast[index] ?? '';
    if (personId !== '' && holders.get(String(phone.n)) !== personId) {
      await api.bindPhone(phone.n, personId);
    }
    phone.personId = personId;
  }
  desk.phones = desk.phones.filter((phone) => phone.personId !== '');
  await follow({
    onPhone: (phone, holder) => void adoptPhone(phone, holder).catch(() => undefined),
    onReturn: () => void catchUp().catch(() => undefined),
    onReset: () => void beginAgain().catch(() => undefined),
  });
  await loadAll();
  desk.ready = true;
}

/**
 * A phone changed hands: here, on a second desk, or by the control API.
 * @param {string} name @param {string} holder
 */
async function adoptPhone(name, holder) {
  const phone = desk.phones.find((one) => String(one.n) === api.phoneKey(name));
  if (phone !== undefined && holder !== '') {
    await takeOver(phone, holder);
  }
}

/** The messenger is back: phones may have changed hands meanwhile, or it may have forgotten who held them. */
async function catchUp() {
  const { holders } = await api.getPhones();
  for (const phone of desk.phones) {
    const holder = holders.get(String(phone.n));
    await (holder === undefined ? api.bindPhone(phone.n, phone.personId) : takeOver(phone, holder));
  }
  await loadAll();
}

async function beginAgain() {
  forgetStory();
  desk.people = await api.getPeople();
  for (const phone of desk.phones) {
    closeWeb(phone);
    phone.view = 'chat';
    await api.bindPhone(phone.n, phone.personId);
  }
  await loadAll();
}

async function startOrRetry() {
  try {
    await start();
    desk.problem = '';
  } catch (error) {
    desk.problem = messageOf(error);
    setTimeout(() => void startOrRetry(), RETRY_MS);
  }
}

createApp(App).component('Icon', Icon).mount('#desk');
void startOrRetry();
