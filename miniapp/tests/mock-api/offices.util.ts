import type { ZodType } from 'zod';
import type { MockAnswer, MockRequest } from './answers.ts';

export const bodyOf = (request: MockRequest): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(request.body) || '{}') as Record<string, unknown>;
export const fine = (schema: ZodType, body: unknown): MockAnswer => ({
  status: 200,
  body: schema.parse(body),
});
export const empty: MockAnswer = { status: 200, body: {} };
