/** What a token looks like, and what is kept of it. */
import { createHash, randomBytes } from 'node:crypto';

/** Tells a token from a session's secret at a glance, and lets scanners of leaked secrets find it. */
const PREFIX = 'mqp_';
const SHOWN = 10;

/** 256 random bits, told once. */
export const newSecret = (): string => PREFIX + randomBytes(32).toString('base64url');
/** Whether a bearer secret is a token's and not a session's. */
export const isTokenSecret = (secret: string): boolean => secret.startsWith(PREFIX);
/** What is stored: a secret of 256 bits needs no salt and no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** The first characters, for people. */
export const hintOf = (secret: string): string => `${secret.slice(0, SHOWN)}…`;
