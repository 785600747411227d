/** What a case teaches: what it is about, who leads it, and under which category it was reviewed. Pure. */
import type { Case } from '@minqing/shared/workflow';
import { GOVERNMENT_STATES, leadAssignment } from '@minqing/shared/workflow';
import { wordsWithin } from '../text/index.ts';

export type Target = 'unit' | 'category';

/** What is known of a matter when somebody has to decide about it. */
export interface Known {
  title: string;
  situation: string;
  placeText: string;
  placeAreaId: string | null;
  categoryId: string | null;
}

export interface Lesson {
  areaId: string;
  unitId: string | null;
  categoryId: string | null;
  features: string[];
}

/** Stands for every case; its counts are how often each label was given at all. */
export const EVERY = '*';
/** The beginning of a situation says what it is about; the rest is told around it. */
const READ = 300;
const MOST_WORDS = 60;

export const wordFeature = (word: string): string => `w:${word}`;
export const categoryFeature = (categoryId: string): string => `c:${categoryId}`;
export const placeFeature = (areaId: string): string => `p:${areaId}`;

export type FeatureKind = 'word' | 'category' | 'place';
const KINDS: Record<string, FeatureKind> = { c: 'category', p: 'place' };

export const kindOf = (feature: string): FeatureKind =>
  KINDS[feature.slice(0, feature.indexOf(':'))] ?? 'word';

/** The word a feature stands for, or null. */
export const wordIn = (feature: string): string | null =>
  feature.startsWith('w:') ? feature.slice(2) : null;

/** Each feature once, words of the title first. */
export function featuresOf(known: Known): string[] {
  const words = wordsWithin(`${known.title}。${known.placeText}。${known.situation.slice(0, READ)}`);
  return [
    ...words.slice(0, MOST_WORDS).map(wordFeature),
    ...(known.categoryId ? [categoryFeature(known.categoryId)] : []),
    ...(known.placeAreaId ? [placeFeature(known.placeAreaId)] : []),
  ];
}

export function knownOf(c: Case): Known {
  const { title, situation, place, categoryId } = c.content;
  return {
    title,
    situation,
    placeText: place.text,
    placeAreaId: place.areaId,
    categoryId: categoryId === 'other' ? null : categoryId,
  };
}

/**
 * The lesson of a case as it now stands, or null. Only what held counts: a unit that gave the case back or was taken
 * off it is no longer its teacher. 其他 is no category anybody could be told to choose.
 */
export function lessonOf(c: Case): Lesson | null {
  const reviewed = GOVERNMENT_STATES.includes(c.state);
  const known = knownOf(c);
  const unitId = leadAssignment(c)?.unitId ?? null;
  const categoryId = reviewed ? known.categoryId : null;
  return unitId === null && categoryId === null
    ? null
    : { areaId: c.areaId, unitId, categoryId, features: featuresOf(known) };
}

/** One count that a lesson adds (or, taken back, removes). */
export interface Count {
  areaId: string;
  target: Target;
  feature: string;
  label: string;
}

/** The counts of a lesson. A category is learned from words and place alone: it is not known when it is asked for. */
export function countsOf(lesson: Lesson): Count[] {
  const { areaId, unitId, categoryId, features } = lesson;
  const of = (target: Target, label: string, known: readonly string[]): Count[] =>
    [EVERY, ...known].map((feature) => ({ areaId, target, feature, label }));
  return [
    ...(unitId ? of('unit', unitId, features) : []),
    ...(categoryId
      ? of(
          'category',
          categoryId,
          features.filter((feature) => kindOf(feature) !== 'category'),
        )
      : []),
  ];
}
