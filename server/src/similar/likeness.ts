/** How alike two matters are, and why, in words a person can check. Pure. */
import { wordsOf } from '../text/index.ts';

export interface Matter {
  title: string;
  situation: string;
  placeText: string;
  /** Null while nobody has said. */
  categoryId: string | null;
  areaId: string | null;
  latitude: number | null;
  longitude: number | null;
}

/** The words of a matter and how much each says: the title names it, the situation only tells around it. */
export type Weights = ReadonlyMap<string, number>;

export interface Reason {
  kind: 'place' | 'category' | 'words';
  text: string;
}

export interface Likeness {
  score: number;
  reasons: Reason[];
}

const WEIGHT = { title: 1, place: 0.8, situation: 0.35 };
/** A word both use counts for more than it weighs where it only stands in the other's situation. */
const HEARD = 0.6;
/** Shares of the verdict; what nobody has said is left out of it. */
const SHARE = { words: 0.6, place: 0.25, category: 0.15 };
/** Below this much of one's own words in the other, place and category do not make two matters one. */
const FEWEST_WORDS = 0.22;
const SHOWN_WORDS = 3;
/** Only so much of a situation is read: the beginning says what it is about. */
export const READ = 300;

export function weightsOf(matter: Pick<Matter, 'title' | 'situation' | 'placeText'>): Weights {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) {
      weights.set(word, Math.max(weight, weights.get(word) ?? 0));
    }
  };
  add(matter.title, WEIGHT.title);
  add(matter.placeText, WEIGHT.place);
  add(matter.situation.slice(0, READ), WEIGHT.situation);
  return weights;
}

/** `rarity` says how much a word tells apart: large for what few open cases speak of. */
export function likeness(own: Matter, other: Matter, rarity: (word: string) => number): Likeness {
  const words = sharedWords(own, other, rarity);
  if (words.share < FEWEST_WORDS) {
    return { score: 0, reasons: [] };
  }
  const place = samePlace(own, other);
  const category =
    own.categoryId === null || other.categoryId === null ? null : Number(own.categoryId === other.categoryId);
  const parts: [share: number, value: number][] = [[SHARE.words, words.share]];
  if (place !== null) {
    parts.push([SHARE.place, place.value]);
  }
  if (category !== null) {
    parts.push([SHARE.category, category]);
  }
  const whole = parts.reduce((sum, [share]) => sum + share, 0);
  const reasons: Reason[] = [];
  if (place?.text) {
    reasons.push({ kind: 'place', text: place.text });
  }
  if (category === 1) {
    reasons.push({ kind: 'category', text: '同类别' });
  }
  if (words.shown.length > 0) {
    reasons.push({ kind: 'words', text: `都说到${words.shown.map((word) => `「${word}」`).join('')}` });
  }
  return { score: parts.reduce((sum, [share, value]) => sum + share * value, 0) / whole, reasons };
}

function sharedWords(
  own: Matter,
  other: Matter,
  rarity: (word: string) => number,
): { share: number; shown: string[] } {
  const mine = weightsOf(own);
  const theirs = weightsOf(other);
  // What a reason quotes has to stand where everybody who sees the case may read it: in its title or place.
  const open = new Set(wordsOf(`${other.title}。${other.placeText}`));
  let whole = 0;
  let found = 0;
  const told: { word: string; says: number }[] = [];
  for (const [word, weight] of mine) {
    const says = weight * rarity(word);
    whole += says;
    const heard = theirs.get(word);
    if (heard !== undefined) {
      found += says * Math.max(heard, HEARD);
      if (open.has(word)) {
        told.push({ word, says });
      }
    }
  }
  return {
    share: whole === 0 ? 0 : found / whole,
    shown: told
      .toSorted((a, b) => b.says - a.says)
      .slice(0, SHOWN_WORDS)
      .map(({ word }) => word),
  };
}

/** Null when one of them has not said where; a text only when it is the same place. */
function samePlace(own: Matter, other: Matter): { value: number; text: string } | null {
  const metres = distance(own, other);
  if (metres !== null) {
    const value = metres <= 200 ? 1 : metres <= 500 ? 0.8 : metres <= 1_000 ? 0.5 : 0;
    const text = metres <= 30 ? '同地点' : `同地点，相距 ${Math.round(metres / 10) * 10} 米`;
    return { value, text: value >= 0.8 ? text : '' };
  }
  const known = own.areaId !== null && other.areaId !== null;
  if (known && own.areaId !== other.areaId) {
    return { value: 0, text: '' };
  }
  const shared = longestShared(own.placeText, other.placeText);
  const part = shared.length / Math.max(1, Math.min(own.placeText.length, other.placeText.length));
  if (shared.length >= SHORTEST_NAME && part >= 0.5) {
    return part >= 0.75 ? { value: 0.9, text: `同地点：${shared}` } : { value: 0.5, text: '' };
  }
  return known ? { value: 0.25, text: '' } : null;
}

/** Two characters name no place: every town has a 南街. */
const SHORTEST_NAME = 3;

/** The longest piece of text both contain. Places are short. */
function longestShared(a: string, b: string): string {
  let best = '';
  for (let from = 0; from < a.length; from += 1) {
    for (let to = from + best.length + 1; to <= a.length && b.includes(a.slice(from, to)); to += 1) {
      best = a.slice(from, to);
    }
  }
  return best.trim();
}

const EARTH = 6_371_000;

/** Metres between the two, or null when one has no point. */
export function distance(
  a: Pick<Matter, 'latitude' | 'longitude'>,
  b: Pick<Matter, 'latitude' | 'longitude'>,
): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) {
    return null;
  }
  const rad = Math.PI / 180;
  const sinLat = Math.sin(((b.latitude - a.latitude) * rad) / 2);
  const sinLon = Math.sin(((b.longitude - a.longitude) * rad) / 2);
  const h = sinLat ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * sinLon ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}
