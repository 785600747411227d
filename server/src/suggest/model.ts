/**
 * The classifier: naive Bayes over what a case has, each word counted once a case. A word speaks for a label by how much
 * larger the label's share is among earlier cases with that word than among all: 41 of 46 against 1 of 8. So every
 * term of the sum is two counts a person can check. Pure.
 */

import { kindOf, type FeatureKind } from './lessons.ts';

/** How often each label was given to cases with a feature: feature → label → cases. */
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Evidence {
  feature: string;
  /** Earlier cases with this feature, and those of them that were given the label. */
  all: number;
  own: number;
  /** Logarithm of how much larger the label's share is here than anywhere. */
  weight: number;
}

export interface Candidate {
  label: string;
  /** 0..1; over all candidates 1. */
  belief: number;
  /** Earlier cases with this label. */
  cases: number;
  /** What speaks for it, strongest first. */
  evidence: Evidence[];
}

export interface Question {
  features: readonly string[];
  /** What else is known of labels, as logarithms: duties written down for them. */
  more?: ReadonlyMap<string, number>;
}

/**
 * Imagined cases with a feature that were shared out as all cases are: what keeps a word seen once or twice from being
 * proof. A category tells much from few cases; a place tells little until there are many. Measured: `npm run
 * suggest:measure`, docs/decisions.md.
 */
const ORDINARY: Record<FeatureKind, number> = { word: 12, category: 2, place: 80 };
/** Of a label that no case was given yet. */
const UNTRIED = 0.5;

/** Every label that is known or spoken for, with its belief, most believed first. `every` is the feature all cases have. */
export function rank(counts: Counts, every: string, { features, more = new Map() }: Question): Candidate[] {
  const given = counts.get(every) ?? new Map<string, number>();
  const labels = [...new Set([...given.keys(), ...more.keys()])];
  const casesOf = (label: string): number => given.get(label) ?? 0;
  const total = labels.reduce((sum, label) => sum + Math.max(casesOf(label), UNTRIED), 0);
  const heard = features.flatMap((feature) => {
    const byLabel = counts.get(feature);
    const all = byLabel ? [...byLabel.values()].reduce((sum, n) => sum + n, 0) : 0;
    return byLabel && all > 0 ? [{ feature, byLabel, all }] : [];
  });
  const scored = labels.map((label) => {
    const share = Math.max(casesOf(label), UNTRIED) / total;
    const evidence = heard.map(({ feature, byLabel, all }): Evidence => {
      const own = byLabel.get(label) ?? 0;
      const ordinary = ORDINARY[kindOf(feature)];
      return { feature, all, own, weight: Math.log((own + ordinary * share) / ((all + ordinary) * share)) };
    });
    const score =
      Math.log(share) + (more.get(label) ?? 0) + evidence.reduce((sum, { weight }) => sum + weight, 0);
    return { label, evidence, score };
  });
  const most = Math.max(...scored.map(({ score }) => score));
  const whole = scored.reduce((sum, { score }) => sum + Math.exp(score - most), 0);
  return scored
    .map(({ label, evidence, score }) => ({
      label,
      cases: casesOf(label),
      belief: Math.exp(score - most) / whole,
      evidence: evidence.filter(({ own }) => own > 0).toSorted((a, b) => b.weight - a.weight),
    }))
    .toSorted((a, b) => b.belief - a.belief || a.label.localeCompare(b.label));
}

/** Less weight is the noise of counting: what every case of an area has speaks for nobody. */
const NOISE = 0.1;
export const speaks = ({ weight }: Evidence): boolean => weight > NOISE;

/** From here on a candidate is believed. */
export const BELIEVED = 0.6;
/** So many earlier cases make a habit; fewer are an accident. */
const FEWEST_CASES = 3;

/** Whether the first candidate may be said aloud: believed, and for a word of this case rather than by habit alone. */
export function isSure(candidate: Candidate): boolean {
  return (
    candidate.belief >= BELIEVED &&
    candidate.cases >= FEWEST_CASES &&
    candidate.evidence.some((e) => e.own >= 2 && speaks(e))
  );
}
