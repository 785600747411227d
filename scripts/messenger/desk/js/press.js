// @ts-check
/** Pressing what is on a card. What was typed stays until the card itself no longer asks for it. */
import { pressCard } from './api.js';
import { flatten } from './model.js';
import { messageOf, say } from './phone.js';
import { desk } from './state.js';
import { pageOfItem, touch } from './story.js';
import { loadChat } from './sync.js';

/** @typedef {import('./types.js').ChatItem} ChatItem */
/** @typedef {import('./state.js').Phone} Phone */

/** @param {Phone} phone @param {ChatItem} item */
export function cardKey(phone, item) {
  return `${phone.personId}:${item.outTrackId}`;
}

/** @param {Phone} phone @param {ChatItem} item @param {string} name a field's name */
export function draftKey(phone, item, name) {
  return `${cardKey(phone, item)}:${name}`;
}

/**
 * What a press sends: the button's fixed parameters and the value of each field it names. A select that was not touched
 * sends nothing, a chosen one `{ index, value }`, as the platform does.
 * @param {import('./types.js').ButtonPart} button
 * @param {import('./types.js').Part[]} parts
 * @param {(name: string) => string | undefined} draft
 * @returns {Record<string, unknown>}
 */
export function gatherParams(button, parts, draft) {
  /** @type {Record<string, unknown>} */
  const params = { ...button.params };
  for (const part of flatten(parts)) {
    if (part.kind === 'input' && button.inputs.includes(part.name)) {
      params[part.name] = draft(part.name) ?? part.value;
    }
    if (part.kind === 'select' && button.inputs.includes(part.name)) {
      const chosen = draft(part.name) ?? '';
      const value = chosen === '' ? undefined : part.options[Number(chosen)];
      if (value !== undefined) {
        params[part.name] = { index: Number(chosen), value };
      }
    }
  }
  return params;
}

/**
 * @param {Phone} phone
 * @param {ChatItem} item
 * @param {import('./types.js').ButtonPart} button
 */
export async function pressButton(phone, item, button) {
  const params = gatherParams(button, item.parts, (name) => desk.drafts[draftKey(phone, item, name)]);
  await send(phone, item, button.actionId, params);
}

/**
 * @param {Phone} phone
 * @param {ChatItem} item
 * @param {import('./types.js').StarsPart} stars
 * @param {number} picked 1 to 5
 */
export async function pressStar(phone, item, stars, picked) {
  const key = cardKey(phone, item);
  if (desk.sending[key] !== undefined) {
    return;
  }
  desk.picks[key] = picked;
  await send(phone, item, stars.actionId, { stars: picked });
  delete desk.picks[key];
}

/**
 * @param {Phone} phone
 * @param {ChatItem} item
 * @param {string} actionId
 * @param {Record<string, unknown>} params
 */
async function send(phone, item, actionId, params) {
  const key = cardKey(phone, item);
  const personId = phone.personId;
  if (desk.sending[key] !== undefined) {
    return;
  }
  desk.sending[key] = actionId;
  touch(pageOfItem(item));
  try {
    const { error } = await pressCard(personId, item.outTrackId, [actionId], params);
    if (error !== '') {
      say(phone, error, 'bad');
    }
    await loadChat(personId);
  } catch (error) {
    say(phone, messageOf(error), 'bad');
  } finally {
    delete desk.sending[key];
  }
}
