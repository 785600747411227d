/** Its keys with the other side: several may count at once, the newest signs. They survive a restart, in their own table. */
import type { PlatformStore } from './store.ts';
import { newPair, Problem, type Key, type Secret } from './wire.ts';

interface Given {
  keyId?: string;
  /** Base64 of a shared secret. */
  secret?: string;
  /** The other side’s public SM2 key; its counterpart is the pair made last. */
  theirPublic?: string;
}

export interface Keys {
  /** Those that count, oldest first. */
  all(): Key[];
  newest(): Key | undefined;
  /** Remembers under which key the other side called last. */
  heard(keyId: string): void;
  /** What counts, and what was heard last. */
  told(): { keys: string[]; heard: string };
  /** Makes an SM2 pair and answers its public half, for the other side. */
  pair(): { publicKey: string };
  /** Takes a key that was agreed on; signs with it from now on. Throws {@link Problem}. */
  add(given: Given): { keys: string[]; heard: string };
  /** Forgets one at once. */
  drop(keyId: string): { keys: string[]; heard: string };
}

/** @param first the key it is started with, if any */
export function createKeys(store: () => PlatformStore, partner: string, first: Key | null): Keys {
  const all = (): Key[] => [
    ...(first && !store().isDropped(first.keyId) ? [first] : []),
    ...store()
      .keys()
      .map(({ keyId, secret }) => ({ partner, keyId, ...(JSON.parse(secret) as Secret) })),
  ];
  let heard = '';
  const told = (): { keys: string[]; heard: string } => ({ keys: all().map((key) => key.keyId), heard });
  let pending: { ownPrivate: string } | undefined;

  return {
    all,
    newest: () => all().at(-1),
    heard(keyId) {
      heard = keyId;
    },
    told,
    pair() {
      const { ownPrivate, publicKey } = newPair();
      pending = { ownPrivate };
      return { publicKey };
    },
    add({ keyId, secret, theirPublic }) {
      if (!keyId || (!secret && !(theirPublic && pending))) {
        throw new Problem(400, 'missing', { title: '请填密钥编号和密钥' });
      }
      const made: Secret = secret
        ? { secret }
        : { ownPrivate: pending?.ownPrivate ?? '', theirPublic: theirPublic ?? '' };
      store().putKey(keyId, JSON.stringify(made));
      return told();
    },
    drop(keyId) {
      store().dropKey(keyId);
      return told();
    },
  };
}
