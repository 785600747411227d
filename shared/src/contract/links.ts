/** One person with an account in each of several messengers: what is proposed, what was decided, and one's own. */
import { z } from 'zod';

/** One of the two people a link is about, as an administrator tells them apart. */
export const linkSide = z.object({
  personId: z.string(),
  name: z.string(),
  title: z.string(),
  /** Masked; null when nobody knows it. */
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  accounts: z.array(
    z.object({ hostName: z.string(), departments: z.array(z.string()), seenText: z.string() }),
  ),
});
export type LinkSide = z.output<typeof linkSide>;

export const linkItem = z.object({
  id: z.string(),
  state: z.enum(['proposed', 'refused', 'linked', 'undone']),
  /** 「手机号相同」「本人输了关联码」 */
  wayText: z.string(),
  atText: z.string(),
  sides: z.array(linkSide),
  /** What confirming does, or what it did. */
  effectText: z.string(),
  /** Why it cannot be confirmed; empty when it can. */
  blockedText: z.string(),
  mayDecide: z.boolean(),
  mayUndo: z.boolean(),
});
export type LinkItem = z.output<typeof linkItem>;

export const linkPage = z.object({ items: z.array(linkItem), after: z.string().nullable() });
export type LinkPage = z.output<typeof linkPage>;

/** One's own accounts. */
export const myAccounts = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      hostName: z.string(),
      departments: z.array(z.string()),
      /** The one this session came from. */
      here: z.boolean(),
      seenText: z.string(),
      /** May be taken away again by oneself. */
      mayLeave: z.boolean(),
    }),
  ),
  /** Messengers in which one has no account yet: a code may be shown for these. Empty hides the matter. */
  others: z.array(z.string()),
});
export type MyAccounts = z.output<typeof myAccounts>;

/** A code as it is shown: digits only, to be typed in one of `others` before `expiresAt`. */
export const linkCode = z.object({ code: z.string(), expiresAt: z.string(), minutes: z.number() });
export type LinkCode = z.output<typeof linkCode>;

export const linkOutcome = z.object({ state: z.enum(['linked', 'proposed']), text: z.string() });
export type LinkOutcome = z.output<typeof linkOutcome>;
