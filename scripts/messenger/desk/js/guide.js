// @ts-check
/**
 * The newcomer's next step, in one sentence. It is read off what the phones' chats hold at this moment: the newest card
 * since the visitor came that somebody can still act on. Nothing here knows the product's rules.
 */
import { flatten } from './model.js';

/** @typedef {{ n: number, name: string, roles: string[], items: import('./types.js').ChatItem[] }} Holder */
/** @typedef {{ step: number, n: number, text: string, view: 'chat' | 'work' }} Guide */

const NUMBERS = ['', '①', '②', '③', '④', '⑤', '⑥'];

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
  return known === undefined ? 6 : Number(known[1]);
}

/**
 * @param {Holder[]} holders who holds which phone, with their chats
 * @param {number} since business time from which a card counts as the visitor's own story, epoch milliseconds
 * @returns {Guide | null} null when no phone is a member's and no card waits
 */
export function nextStep(holders, since) {
  const open = holders
    .flatMap((holder) => holder.items.map((item) => ({ holder, item, act: openAct(item) })))
    .filter((found) => found.act !== null && found.item.updatedAt >= since)
    .sort((a, b) => b.item.updatedAt - a.item.updatedAt);
  const newest = open[0];
  if (newest?.act) {
    const step = stepOf(newest.holder, newest.act.rating);
    const title = titleOf(newest.item);
    return {
      step,
      n: newest.holder.n,
      view: 'chat',
      text: `${NUMBERS[step]} 在${newest.holder.name}的手机上${title === '' ? '' : `看「${title}」，`}${newest.act.act}。`,
    };
  }
  const member = holders.find((holder) => holder.roles.includes('member'));
  if (member === undefined) {
    return null;
  }
  const told = holders
    .flatMap((holder) => holder.items)
    .some((item) => item.updatedAt >= since && item.handled);
  const again = told ? '这一件眼下没有人要办。想再来一遍，' : '';
  return {
    step: 1,
    n: member.n,
    view: 'work',
    text: `${told ? '' : `${NUMBERS[1]} `}${again}在${member.name}的手机上打开「工作台」里的民情一点通，提交一条民情。`,
  };
}

/** @param {import('./types.js').ChatItem} item @returns {string} at most 16 characters of the card's own title */
function titleOf(item) {
  const part = flatten(item.parts).find((one) => one.kind === 'title');
  const title = part?.kind === 'title' ? part.text : item.title;
  return title.length > 16 ? `${title.slice(0, 15)}…` : title;
}
