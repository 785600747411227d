/** What Minqing sends to the platform about a case that was handed to it. */
import { z } from 'zod';
import { code, envelope, files, instant, reason, text } from './common.ts';

const place = z.object({
  text: z.string(),
  areaCode: z.string().nullable(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

/** The whole case, as it was accepted. */
export const handedData = z.object({
  number: z.string().max(40),
  title: z.string(),
  situation: z.string(),
  analysis: z.string(),
  suggestion: z.string(),
  category: code.meta({ description: 'By the platform’s own table' }),
  urgency: z.enum(['normal', 'urgent', 'complex']),
  place,
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
  files,
  author: z.object({ name: z.string(), phone: z.string().optional() }).nullable().meta({
    description: 'Null for an anonymous report; the phone only where author and partner agreed to it',
  }),
  area: z.object({ code: z.string(), name: z.string() }),
  submittedAt: instant,
  acceptedAt: instant,
  round: z.number().int().min(1),
});

const sealed = z.string().max(400_000).optional().meta({
  description:
    'What happened to the case since our last message, readable by us alone: keep it with the message and give it back with it, so that we can restore what we lost',
});

const heard = z.number().int().min(0).optional().meta({
  description: 'The last `seq` of the platform that had taken effect on the case when this happened',
});

const outbound = <T extends string, D extends z.ZodObject>(type: T, data: D) =>
  z.object({ ...envelope, type: z.literal(type), data, heard, sealed }).meta({ id: type });

export const OUTBOUND = {
  'case.handed': outbound('case.handed', handedData),
  'case.corrected': outbound(
    'case.corrected',
    z.object({ category: code.optional(), place: place.optional() }),
  ),
  'author.supplemented': outbound('author.supplemented', z.object({ text, files })),
  'author.answered': outbound('author.answered', z.object({ text, files })),
  'question.lapsed': outbound('question.lapsed', z.object({})),
  'author.rated': outbound(
    'author.rated',
    z.object({
      round: z.number().int().min(1),
      stars: z.number().int().min(1).max(5),
      reasons: z.array(z.string()),
      text: z.string(),
    }),
  ),
  'case.settled': outbound(
    'case.settled',
    z.object({ outcome: z.enum(['closed', 'rework', 'disputed']), round: z.number().int().min(1) }),
  ),
  'case.ruled': outbound('case.ruled', z.object({ ruling: z.enum(['uphold', 'dispatchAgain']), text })),
  'case.reopened': outbound('case.reopened', z.object({ by: z.enum(['author', 'inspector']), reason })),
  'case.cancelled': outbound(
    'case.cancelled',
    z.object({ why: z.enum(['withdrawn', 'merged', 'passedOn']), reason: z.string() }),
  ),
  'case.urged': outbound('case.urged', z.object({ by: z.enum(['author', 'inspector']), text: z.string() })),
  'case.supervised': outbound('case.supervised', z.object({ text, dueAt: instant })),
  'case.instructed': outbound('case.instructed', z.object({ text })),
} as const;
export type OutboundType = keyof typeof OUTBOUND;
export const OUTBOUND_TYPES = Object.keys(OUTBOUND) as OutboundType[];
export type OutboundMessage = { [T in OutboundType]: z.output<(typeof OUTBOUND)[T]> }[OutboundType];
export type OutboundData<T extends OutboundType> = z.input<(typeof OUTBOUND)[T]>['data'];

export const outboundSchema = z
  .discriminatedUnion('type', Object.values(OUTBOUND) as never)
  .meta({ id: 'OutboundMessage' }) as unknown as z.ZodType<OutboundMessage>;
