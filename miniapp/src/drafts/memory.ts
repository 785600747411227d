import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { LocalFile, LocalReport } from './types.ts';

/**
 * The device's own memory: reports and files not yet with the server. Two databases, since one IndexedDB database of
 * idb-keyval holds one store. Everything carries its person, so that another account on the device never sees it.
 */
interface Shelf<T> {
  all(): Promise<T[]>;
  put(key: string, value: T): Promise<void>;
  drop(key: string): Promise<void>;
}

function shelf<T>(database: string): Shelf<T> {
  let store: UseStore | null = null;
  const open = (): UseStore => (store ??= createStore(database, 'items'));
  return {
    all: async () => (await entries<string, T>(open())).map(([, value]) => value),
    put: (key, value) => set(key, value, open()),
    drop: (key) => del(key, open()),
  };
}

export const reportShelf: Shelf<LocalReport> = shelf('minqing-reports');
export const fileShelf: Shelf<LocalFile> = shelf('minqing-files');
