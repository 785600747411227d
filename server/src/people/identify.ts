/** From the secret a client shows to the person it stands for, with the grants they hold at this moment. */
import type { TokenScope } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Store } from '../store/index.ts';
import { actorOf, type Acting } from './grants.ts';
import {
  closeSession,
  findSession,
  touchSession,
  wantsTouch,
  type Session,
  type SessionKind,
} from './sessions.ts';

/** An access token in use, in place of a session. */
export interface TokenUse {
  id: string;
  name: string;
  scopes: ReadonlySet<TokenScope>;
}

/** Either a session or a token stands behind it. */
export interface Identity extends Acting {
  session: Session | null;
  token: TokenUse | null;
  /** The host organisation the person signed on from; empty with a token. */
  hostId: string;
}

export interface Identified {
  identity: Identity;
  /** Set when the session was prolonged just now; machine time. */
  prolonged: { expiresAt: number; now: number } | null;
}

/**
 * Null for an unknown or expired secret, one shown in another way than it was given out, and for somebody whose
 * account, person or last grant is gone: that session ends here and now.
 */
export function createIdentify(deps: { store: Store; clock: Clock; sessions: Config['sessions'] }) {
  const { store, clock } = deps;
  return async (secret: string, kind: SessionKind): Promise<Identified | null> => {
    const now = clock.machineNow();
    const found = await store.read(async (db) => {
      const session = await findSession(db, secret, now);
      if (!session) {
        return null;
      }
      const acting = await actorOf(db, session.personId, clock.businessNow());
      return { session, acting };
    });
    if (!found || found.session.kind !== kind) {
      return null;
    }
    const { session, acting } = found;
    if (!acting || acting.actor.grants.length === 0) {
      await store.transact((tx) => closeSession(tx, secret));
      return null;
    }
    const identity: Identity = { ...acting, session, token: null, hostId: session.hostId };
    if (!wantsTouch(session, now)) {
      return { identity, prolonged: null };
    }
    await store.transact((tx) => touchSession(tx, session, deps.sessions, now));
    return { identity, prolonged: { expiresAt: now + deps.sessions.cookieMs, now } };
  };
}
