/** Where host organisations have the mini-app served from, beside the server's own address. */
import { z } from 'zod';

/** Whatever a person types; the server answers what it made of it. */
export const originText = z.string().trim().min(1, '请填写').max(200, '太长');

export const MOST_ORIGINS = 20;

export const originsInput = z.object({
  origins: z
    .array(originText)
    .max(MOST_ORIGINS, `最多 ${MOST_ORIGINS} 个`)
    .describe('Scheme, host and port; no path'),
  version: z.int().min(0).describe('As it was read'),
});

export const hostOriginsView = z.object({
  hostId: z.string(),
  vendor: z.string(),
  vendorLabel: z.string(),
  origins: z.array(z.string()),
  version: z.int(),
  changedAt: z.string().nullable(),
});
export type HostOriginsView = z.infer<typeof hostOriginsView>;

export const hostOriginsList = z.object({ items: z.array(hostOriginsView) });
export type HostOriginsList = z.infer<typeof hostOriginsList>;
