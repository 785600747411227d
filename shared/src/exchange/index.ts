/** The contract with a connected platform, in one place: schemas, errors, what a signature and a digest cover. */
export * from './common.ts';
export * from './inbound.ts';
export * from './outbound.ts';
export * from './reconciliation.ts';
export * from './signing.ts';
