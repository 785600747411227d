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

/** The platform's monitoring scripts, where this deployment loads them. */
export const monitoringFacts = z.object({
  emas: z
    .object({ script: z.string(), bid: z.string(), signKey: z.string(), gateway: z.string() })
    .nullable(),
  aplus: z
    .object({ script: z.string(), host: z.string(), appId: z.string(), appName: z.string() })
    .nullable(),
});
export type MonitoringFacts = z.infer<typeof monitoringFacts>;

export const frontView = z.object({
  hosts: z.array(frontHost),
  version: z.string(),
  monitoring: monitoringFacts.optional().describe('Absent where nothing is reported to anybody'),
});
export type FrontView = z.infer<typeof frontView>;
