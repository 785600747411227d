/** Times are business time, epoch milliseconds: the platform ages tokens, and the local messenger's clock can be moved. */
export interface StoredToken {
  value: string;
  refreshAt: number;
  expiresAt: number;
}

/** Where tokens are kept. One that several processes share spares the platform's token door, which is rate limited. */
export interface TokenStore {
  read(key: string): Promise<StoredToken | null>;
  write(key: string, token: StoredToken): Promise<void>;
  /** Forgets the token if it is still `value`: somebody else may have stored a better one meanwhile. */
  drop(key: string, value: string): Promise<void>;
}

/** A store for one process. */
export function memoryTokenStore(): TokenStore {
  const held = new Map<string, StoredToken>();
  return {
    read: (key) => Promise.resolve(held.get(key) ?? null),
    write: (key, token) => {
      held.set(key, token);
      return Promise.resolve();
    },
    drop: (key, value) => {
      if (held.get(key)?.value === value) {
        held.delete(key);
      }
      return Promise.resolve();
    },
  };
}

export interface TokenCache {
  get(): Promise<string>;
  drop(value: string): Promise<void>;
}

const EARLY = 0.9; // of its life: then a fresh one is fetched while the old one still works

interface TokenCacheOptions {
  key: string;
  store: TokenStore;
  businessNow(): number;
  /** Asks the platform; `lifeSeconds` as it says. */
  obtain(): Promise<{ value: string; lifeSeconds: number }>;
}

/**
 * Keeps one token: refreshed at 90 % of its life, asked for once however many wait. When the refresh fails, a token
 * that has life left goes on serving; without one the failure is the caller's.
 */
export function createTokenCache(options: TokenCacheOptions): TokenCache {
  const { key, store, businessNow } = options;
  let local: StoredToken | null = null;
  let flight: Promise<string> | null = null;

  const fresh = (token: StoredToken): boolean => businessNow() < token.refreshAt;

  async function refresh(): Promise<string> {
    const shared = await store.read(key);
    if (shared !== null && fresh(shared)) {
      local = shared;
      return shared.value;
    }
    try {
      const { value, lifeSeconds } = await options.obtain();
      const now = businessNow();
      const lifeMs = lifeSeconds * 1_000;
      local = { value, refreshAt: now + lifeMs * EARLY, expiresAt: now + lifeMs };
      await store.write(key, local);
      return value;
    } catch (error) {
      if (shared !== null && businessNow() < shared.expiresAt) {
        return shared.value;
      }
      throw error;
    }
  }

  return {
    get: () => {
      if (local !== null && fresh(local)) {
        return Promise.resolve(local.value);
      }
      flight ??= refresh().finally(() => {
        flight = null;
      });
      return flight;
    },
    drop: async (value) => {
      if (local?.value === value) {
        local = null;
      }
      await store.drop(key, value);
    },
  };
}
