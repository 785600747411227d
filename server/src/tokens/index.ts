/** Personal access tokens: a program acts in a person's name, within what the person allowed it. */
import type { AdminTokenPage, MyTokens, TokenMade } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import type { Directory, Identity } from '../people/index.ts';
import type { Quota } from '../quota/index.ts';
import type { ChangeRequest, Store } from '../store/index.ts';
import { createAdmin, type TokenQuery } from './admin.ts';
import { createIdentify } from './identify.ts';
import { createOwn, type NewToken } from './own.ts';

export { TOKEN_BOOK } from './table.ts';
export { isTokenSecret } from './secret.ts';
export type { NewToken } from './own.ts';

export interface Tokens {
  /** Who stands behind a token. Throws `tokenInvalid`, or `tooManyRequests`. `address` is where the request came from. */
  identify(secret: string, address: string): Promise<Identity>;
  mine(viewer: Actor): Promise<MyTokens>;
  make(viewer: Actor, wanted: NewToken, request: ChangeRequest): Promise<TokenMade>;
  /** Throws notFound for a token that is somebody else's. */
  revoke(viewer: Actor, tokenId: string, request: ChangeRequest): Promise<void>;
  /** For administrators, of their areas' people. */
  admin: {
    list(viewer: Actor, query: TokenQuery): Promise<AdminTokenPage>;
    revoke(viewer: Actor, tokenId: string, reason: string, request: ChangeRequest): Promise<void>;
  };
}

export function createTokens(deps: {
  store: Store;
  clock: Clock;
  directory: Directory;
  quota: Quota;
}): Tokens {
  return { identify: createIdentify(deps), ...createOwn(deps), admin: createAdmin(deps) };
}
