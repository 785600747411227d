import { z } from 'zod';

/** An id a platform writes as number or as text, depending on the page. */
export const idText = z.union([z.string(), z.number()]).transform(String);

/** Flags come as booleans on the wire and as text in some samples. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
