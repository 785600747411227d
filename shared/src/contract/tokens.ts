/** Personal access tokens: what their owner and administrators see of them. The secret is told once, when it is made. */
import { z } from 'zod';
import { TOKEN_SCOPE_NAMES } from '../words/index.ts';

const instant = z.string().describe('ISO 8601 with offset +08:00');
const scope = z.enum(TOKEN_SCOPE_NAMES);

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  /** The secret's first characters, to tell tokens apart. */
  hint: z.string(),
  scopes: z.array(z.object({ scope, label: z.string() })),
  state: z.enum(['live', 'expired', 'revoked']),
  /** 「2027年1月6日到期」「已过期」「7月7日 由王敏撤销：离岗」 */
  stateText: z.string(),
  createdText: z.string(),
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  /** 「今天 14:20 用过，来自 10.0.0.8」「还没有用过」 */
  lastUsedText: z.string(),
});
export type TokenView = z.output<typeof tokenView>;

export const myTokens = z.object({
  items: z.array(tokenView),
  /** What this person’s roles have a use for. */
  offers: z.array(z.object({ scope, label: z.string(), detail: z.string() })),
});
export type MyTokens = z.output<typeof myTokens>;

export const tokenMade = z.object({
  token: tokenView,
  /** Shown once and never again. Null when this request had been answered before and the token is in use. */
  secret: z.string().nullable(),
});
export type TokenMade = z.output<typeof tokenMade>;

export const adminToken = tokenView.extend({
  person: z.object({ id: z.string(), name: z.string(), title: z.string() }),
});
export type AdminToken = z.output<typeof adminToken>;

export const adminTokenPage = z.object({
  items: z.array(adminToken),
  /** Pass as `after` for the next page; null on the last. */
  after: z.string().nullable(),
  /** 「有效的令牌 3 个」 */
  sentence: z.string(),
});
export type AdminTokenPage = z.output<typeof adminTokenPage>;
