// @ts-check
/** Opens the desk: who holds which phone, then everything they have, then the event stream. */
import { createApp } from 'vue';
import * as api from './api.js';
import { App } from './components/App.js';
import { Icon } from './components/Icon.js';
import { closeWeb, messageOf, rememberedPeople } from './phone.js';
import { desk } from './state.js';
import { follow, forgetStory, loadAll, loadPerson, saw } from './sync.js';

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
 * @param {import('./types.js').Person[]} people
 * @param {string[]} remembered
 * @returns {string[]} one person id a phone, none twice
 */
function castPhones(people, remembered) {
  /** @type {string[]} */
  const taken = [];
  CAST.forEach(([name, role], index) => {
    const free = people.filter((person) => !taken.includes(person.id));
    const chosen =
      free.find((person) => person.id === remembered[index]) ??
      free.find((person) => person.name === name && !remembered.includes(person.id)) ??
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
  const cast = castPhones(desk.people, rememberedPeople());
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
    onReset: () => void beginAgain().catch(() => undefined),
  });
  await loadAll();
  desk.ready = true;
}

/**
 * Somebody else (a test, a second desk) gave a phone to another person.
 * @param {string} name @param {string} holder
 */
async function adoptPhone(name, holder) {
  const phone = desk.phones.find((one) => String(one.n) === api.phoneKey(name));
  if (phone === undefined || holder === '' || phone.personId === holder) {
    return;
  }
  phone.personId = holder;
  closeWeb(phone);
  await loadPerson(holder);
  saw(phone);
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
