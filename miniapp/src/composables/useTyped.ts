import { reactive } from 'vue';

const kept = new Map<string, object>();

/**
 * What was typed into a sheet, kept while the app is open: closing the sheet, or leaving the page, loses nothing.
 * `clear` forgets it once it was sent. One object for each name.
 */
export function useTyped<T extends object>(name: string, fresh: T): T & { clear(): void } {
  const known = kept.get(name) as (T & { clear(): void }) | undefined;
  if (known) {
    return known;
  }
  const initial = JSON.stringify(fresh);
  const typed = reactive({
    ...fresh,
    clear: (): void => {
      kept.delete(name);
      Object.assign(typed, JSON.parse(initial));
    },
  }) as T & { clear(): void };
  kept.set(name, typed);
  return typed;
}
