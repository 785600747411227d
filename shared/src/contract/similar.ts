/** Open cases like the one being written or reviewed: enough to judge, and nothing the case's openness keeps back. */
import { z } from 'zod';

export const similarCase = z.object({
  id: z.string(),
  title: z.string(),
  /** 「交通出行」 */
  category: z.string(),
  /** 「金东区 迎宾大道与李渔东路口」 */
  place: z.string(),
  stateLabel: z.string(),
  /** 0..1; only cases from a certain likeness on are answered. */
  score: z.number(),
  /** Why it is offered: 「同地点，相距 120 米」「同类别」「都说到「红绿灯」「车流」」 */
  reasons: z.array(z.object({ kind: z.enum(['place', 'category', 'words']), text: z.string() })),
  /** Reported by the viewer. */
  mine: z.boolean(),
  /** Already supported by the viewer. */
  supported: z.boolean(),
  /** What the viewer may do: support it instead of filing, or merge the case under review into it. */
  maySupport: z.boolean(),
  mayMerge: z.boolean(),
});
export type SimilarCase = z.output<typeof similarCase>;

export const similarCases = z.object({ items: z.array(similarCase) });
export type SimilarCases = z.output<typeof similarCases>;
