// @ts-check
/**
 * The newcomer's next step, in one sentence. It is read off what the chats hold at this moment: the card of the visitor's
 * own story that somebody can still act on, however much else arrives. Nothing here knows the product's rules.
 */
import { flatten } from './model.js';
import { pageOfItem } from './story.js';

/**
 * @typedef {{ n: number, personId: string, name: string, line: string, roles: string[],
 *   items: import('./types.js').ChatItem[] }} Holder  `n` is 0 for somebody whose phone is not on the desk
 * @typedef {{ step: number, n: number, personId: string, text: string, view: 'chat' | 'work', over: boolean }} Guide
 *   `over` when the visitor's own story waits for nobody whose chat is known
 */

const NUMBERS = ['', '①', '②', '③', '④', '⑤', '⑥'];
/** The place in the story of whoever only looks on. */
const OTHERS = 6;

/**
 * What can be done with a card here and now, in the words on it; null when nothing can.
 * @param {import('./types.js').ChatItem} item
 * @returns {{ act: string, rating: boolean } | null}
 */
export function openAct(item) {
  if (item.recalled || item.handled) {
    return null;
  }
  const parts = flatten(item.parts);
  const button = parts.find((part) => part.kind === 'button' && part.enabled);
  const stars = parts.find((part) => part.kind === 'stars' && !part.done);
  if (stars?.kind === 'stars') {
    const confirm = button?.kind === 'button' ? `，再点「${button.text}」` : '，再确认';
    return {
      act: stars.value > 0 && button?.kind === 'button' ? `点「${button.text}」` : `点几颗星${confirm}`,
      rating: true,
    };
  }
  if (button?.kind === 'button') {
    return { act: `点「${button.text}」`, rating: false };
  }
  const link =
    item.kind === 'card' ? parts.find((part) => part.kind === 'link' && part.style === 'primary') : undefined;
  return link?.kind === 'link' ? { act: `点「${link.text}」`, rating: false } : null;
}

/** @param {Holder} holder @param {boolean} rating @returns {number} where in the story this stands */
function stepOf(holder, rating) {
  if (rating) {
    return 5;
  }
  const steps = [
    ['member', 1],
    ['reviewer', 2],
    ['dispatcher', 3],
    ['handler', 4],
    ['head', 4],
  ];
  const known = steps.find(([role]) => holder.roles.includes(String(role)));
  return known === undefined ? OTHERS : Number(known[1]);
}

/**
 * The stories that are the visitor's own, the one they dealt with last first. What began since they came counts when its
 * cards ask somebody who works on it: a matter an inspector first hears of now is an old one that went wrong.
 * @param {Holder[]} holders @param {number} since @param {Record<string, number>} touched
 * @returns {string[]} their pages
 */
function ownStories(holders, since, touched) {
  /** @type {Map<string, { from: number, asked: boolean }>} */
  const stories = new Map();
  for (const holder of holders) {
    for (const item of holder.items) {
      const page = pageOfItem(item);
      const known = stories.get(page) ?? { from: Infinity, asked: false };
      const asks = item.kind === 'card' && stepOf(holder, false) < OTHERS;
      stories.set(page, { from: Math.min(known.from, item.sentAt), asked: known.asked || asks });
    }
  }
  stories.delete('');
  /** @type {Record<string, number>} */
  const at = {};
  for (const [page, story] of stories) {
    if (story.asked && story.from >= since) {
      at[page] = story.from;
    }
  }
  Object.assign(at, touched);
  return Object.keys(at).sort((a, b) => (at[b] ?? 0) - (at[a] ?? 0));
}

/**
 * @param {Holder[]} holders who holds which phone, with their chats; phone 0 is no phone on the desk
 * @param {number} since business time from which a card counts as the visitor's own story, epoch milliseconds
 * @param {Record<string, number>} [touched] pages the visitor acted on, and when
 * @returns {Guide | null} null when no phone is a member's and no card waits
 */
export function nextStep(holders, since, touched = {}) {
  const stories = ownStories(holders, since, touched);
  for (const page of stories) {
    const [found] = holders
      .flatMap((holder) => holder.items.map((item) => ({ holder, item, act: openAct(item) })))
      .filter(({ item, act }) => act !== null && pageOfItem(item) === page)
      .sort((a, b) => Number(b.holder.n > 0) - Number(a.holder.n > 0) || b.item.updatedAt - a.item.updatedAt);
    if (found?.act) {
      return stepFor(found.holder, found.item, found.act);
    }
  }
  const member = holders.find((holder) => holder.n > 0 && holder.roles.includes('member'));
  if (member === undefined) {
    return null;
  }
  const over = stories.length > 0;
  const again = over ? '这一件眼下没有人要办。想再来一遍，' : '';
  return {
    step: 1,
    n: member.n,
    personId: member.personId,
    view: 'work',
    over,
    text: `${over ? '' : `${NUMBERS[1]} `}${again}在${member.name}的手机上打开「工作台」里的民情一点通，提交一条民情。`,
  };
}

/** @param {Holder} holder @param {import('./types.js').ChatItem} item @param {{ act: string, rating: boolean }} open @returns {Guide} */
function stepFor(holder, item, open) {
  const step = stepOf(holder, open.rating);
  const title = titleOf(item);
  const look = title === '' ? '' : `看「${title}」，`;
  const where =
    holder.n > 0
      ? `在${holder.name}的手机上${look}`
      : `轮到${holder.name}（${holder.line}）了：换到一部手机上，${look}`;
  return {
    step,
    n: holder.n,
    personId: holder.personId,
    view: 'chat',
    over: false,
    text: `${NUMBERS[step]} ${where}${open.act}。`,
  };
}

/** @param {import('./types.js').ChatItem} item @returns {string} at most 16 characters of the card's own title */
function titleOf(item) {
  const part = flatten(item.parts).find((one) => one.kind === 'title');
  const title = part?.kind === 'title' ? part.text : item.title;
  return title.length > 16 ? `${title.slice(0, 15)}…` : title;
}
