import { reactive, ref, toRaw, watch, type Ref } from 'vue';
import { useSession } from '../../stores/session.ts';

const PREFIX = 'minqing.form.';
/** Forms nobody came back to for so long are dropped. Milliseconds. */
const KEPT_FOR = 30 * 24 * 3_600_000;

interface Stored<T> {
  at: number;
  typed: T;
}

export interface Kept<T extends object> {
  /** Bind the form to it; every change is saved on this device. */
  typed: T;
  /** Epoch milliseconds of the last save; null when nothing was typed yet. */
  savedAt: Ref<number | null>;
  /** Forgets it, once it was sent. */
  clear(): void;
}

function read<T>(key: string): Stored<T> | null {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? 'null') as Stored<T> | null;
    return stored && Date.now() - stored.at < KEPT_FOR ? stored : null;
  } catch {
    return null;
  }
}

function write(key: string, value: Stored<unknown>): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Drops what has lain too long, whoever typed it. Never throws. */
export function dropOldForms(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && !read(key)) {
        localStorage.removeItem(key);
      }
    }
  } catch {
    // A web view without storage has nothing to drop.
  }
}

/**
 * What somebody types into a form of a case, kept on this device under `<caseId>/<action>` and this person, so that a
 * closed sheet, a killed web view or a refusal loses nothing. `fresh` is what the form starts with.
 */
export function useKept<T extends object>(name: string, fresh: T): Kept<T> {
  const key = `${PREFIX}${useSession().me?.person.id ?? ''}.${name}`;
  const stored = read<T>(key);
  const savedAt = ref<number | null>(stored?.at ?? null);
  const typed = reactive({ ...(JSON.parse(JSON.stringify(fresh)) as T), ...stored?.typed }) as T;
  let over = false;

  watch(typed, () => {
    if (over) {
      return;
    }
    const at = Date.now();
    if (write(key, { at, typed: toRaw(typed) })) {
      savedAt.value = at;
    }
  });

  function clear(): void {
    over = true;
    savedAt.value = null;
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }

  return { typed, savedAt, clear };
}
