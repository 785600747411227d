/** Held-out measurement: each tenth of the reports is asked of a model that learned from the other nine. */
import { countsOf, EVERY, kindOf, type Lesson, type Target } from '../../server/src/suggest/lessons.ts';
import { isSure, rank } from '../../server/src/suggest/model.ts';

export interface Answer {
  /** Place of the right label, from 1; 0 when it was not among the candidates. */
  place: number;
  belief: number;
  spoke: boolean;
}

export interface Measures {
  asked: number;
  labels: number;
  top1: number;
  top3: number;
  /** Share of reports where the model spoke, and how often it was then right. */
  coverage: number;
  rightWhenSpoken: number;
  /** Mean distance between belief and truth over ten bins, and the bins. */
  calibrationError: number;
  bins: { from: number; asked: number; belief: number; right: number }[];
  /** What always naming the most frequent label would reach. */
  commonest: number;
}

const FOLDS = 10;

const labelOf = (lesson: Lesson, target: Target): string | null =>
  target === 'unit' ? lesson.unitId : lesson.categoryId;

/** Features that may be known when the question is asked. */
const askedFeatures = (lesson: Lesson, target: Target): string[] =>
  target === 'unit' ? lesson.features : lesson.features.filter((feature) => kindOf(feature) !== 'category');

export function learn(lessons: readonly Lesson[], target: Target): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const count of lessons.flatMap(countsOf).filter((each) => each.target === target)) {
    const byLabel = counts.get(count.feature) ?? new Map<string, number>();
    counts.set(count.feature, byLabel.set(count.label, (byLabel.get(count.label) ?? 0) + 1));
  }
  return counts;
}

export function validate(lessons: readonly Lesson[], target: Target): Measures {
  const answers = Array.from({ length: FOLDS }, (_, fold) => {
    const counts = learn(
      lessons.filter((_lesson, i) => i % FOLDS !== fold),
      target,
    );
    return lessons.filter((_lesson, i) => i % FOLDS === fold).map((lesson) => ask(counts, lesson, target));
  }).flat();
  return measuresOf(answers, lessons, target);
}

function ask(counts: ReturnType<typeof learn>, lesson: Lesson, target: Target): Answer {
  const ranked = rank(counts, EVERY, { features: askedFeatures(lesson, target) });
  const first = ranked[0];
  return {
    place: ranked.findIndex(({ label }) => label === labelOf(lesson, target)) + 1,
    belief: first?.belief ?? 0,
    spoke: first !== undefined && isSure(first),
  };
}

function measuresOf(answers: readonly Answer[], lessons: readonly Lesson[], target: Target): Measures {
  const asked = answers.length;
  const share = (some: readonly Answer[], of: readonly Answer[]): number =>
    of.length === 0 ? 0 : some.length / of.length;
  const right = (some: readonly Answer[]): Answer[] => some.filter(({ place }) => place === 1);
  const spoken = answers.filter(({ spoke }) => spoke);
  const bins = Array.from({ length: 10 }, (_, i) => {
    const here = answers.filter(({ belief }) => Math.min(9, Math.floor(belief * 10)) === i);
    return {
      from: i / 10,
      asked: here.length,
      belief: here.reduce((sum, { belief }) => sum + belief, 0) / Math.max(1, here.length),
      right: share(right(here), here),
    };
  });
  const sizes = new Map<string, number>();
  for (const lesson of lessons) {
    const label = labelOf(lesson, target) ?? '';
    sizes.set(label, (sizes.get(label) ?? 0) + 1);
  }
  return {
    asked,
    labels: sizes.size,
    top1: share(right(answers), answers),
    top3: share(
      answers.filter(({ place }) => place >= 1 && place <= 3),
      answers,
    ),
    coverage: share(spoken, answers),
    rightWhenSpoken: share(right(spoken), spoken),
    calibrationError: bins.reduce(
      (sum, bin) => sum + (bin.asked / asked) * Math.abs(bin.belief - bin.right),
      0,
    ),
    bins,
    commonest: Math.max(...sizes.values()) / asked,
  };
}
