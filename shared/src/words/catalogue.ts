/** Sizes of what an administrator may write, in characters; plurals count items. */
export const CATALOGUE_LENGTHS = {
  categoryName: 12,
  notice: 120,
  question: 40,
  questions: 8,
  choice: 20,
  choices: 12,
  answer: 200,
  reason: 40,
  gradeReason: 20,
  reasons: 8,
  phrase: 300,
  phrases: 50,
  keyword: 20,
  keywords: 20,
  basis: 200,
} as const;
