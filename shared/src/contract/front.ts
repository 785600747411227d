/** What the mini-app has to know before anybody is signed on. */
import { z } from 'zod';

export const frontHost = z.object({
  id: z.string(),
  vendor: z.string(),
  corpId: z.string(),
  clientId: z.string(),
  agentId: z.string(),
  scanPage: z.string().optional().describe('The login page for browsers outside the messenger'),
});
export type FrontHost = z.infer<typeof frontHost>;

export const frontView = z.object({ hosts: z.array(frontHost), version: z.string() });
export type FrontView = z.infer<typeof frontView>;
