/** 对账: both sides tell what they have of each case, in a form that needs no common words for it. */
import { z } from 'zod';
import { code } from './common.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);

export const daysSchema = z
  .object({ days: z.array(z.object({ date: z.iso.date(), cases: count, digest: sha256 })).max(400) })
  .meta({ id: 'Days' });
export type Days = z.output<typeof daysSchema>;

export const dayCase = z
  .object({
    caseId: z.uuid(),
    state: code.nullable().meta({ description: 'The platform’s state, as last told' }),
    fromMinqing: count.meta({ description: 'Messages of Minqing about this case, sent or received' }),
    fromPlatform: count,
    digest: sha256,
  })
  .meta({ id: 'DayCase' });
export type DayCase = z.output<typeof dayCase>;

export const daySchema = z
  .object({ date: z.iso.date(), digest: sha256, cases: z.array(dayCase) })
  .meta({ id: 'Day' });
export type Day = z.output<typeof daySchema>;

/** Messages of one side about one case, from `after` on, as they were sent; also what is given back to who lost them. */
export const messagesSchema = z
  .object({
    caseId: z.uuid(),
    from: z.enum(['minqing', 'platform']),
    messages: z.array(z.looseObject({ id: z.uuid(), seq: count })),
  })
  .meta({ id: 'Messages' });
export type Messages = z.output<typeof messagesSchema>;

export interface Told {
  seq: number;
  id: string;
}

/** The text whose SHA-256 is the digest of a case: a line for each message, first Minqing's, then the platform's. */
export function caseLines(fromMinqing: readonly Told[], fromPlatform: readonly Told[]): string {
  const lines = (side: string, list: readonly Told[]) =>
    list.toSorted((a, b) => a.seq - b.seq).map(({ seq, id }) => `${side}:${seq}:${id}`);
  return [...lines('M', fromMinqing), ...lines('P', fromPlatform)].join('\n');
}

/** The text whose SHA-256 is the digest of a day: a line for each case handed over on it, by id. */
export function dayLines(cases: readonly Pick<DayCase, 'caseId' | 'digest'>[]): string {
  return cases
    .map(({ caseId, digest }) => `${caseId}:${digest}`)
    .toSorted()
    .join('\n');
}
