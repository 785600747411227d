import type { z } from 'zod';
import type { FieldProblem } from '../errors.ts';

/** Zod's issues as the API tells them: a dotted path and a Chinese sentence. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: chinese(issue.message) }));
}

/** Messages of our own schemas are Chinese already; the library's are not for people. */
function chinese(message: string): string {
  return /\p{Script=Han}/u.test(message) ? message : '这一项填得不对';
}
