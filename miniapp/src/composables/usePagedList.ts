import { computed } from 'vue';
import { api, type CaseQuery } from '../api/index.ts';
import { useCursor } from './usePages.ts';

/** A keyset-paged list of cases. `query()` is read at each `reload`. */
export function usePagedList(query: () => CaseQuery) {
  const { first, ...pages } = useCursor((after, signal) =>
    api.cases({ ...query(), after: after ?? undefined }, signal),
  );
  return {
    ...pages,
    total: computed(() => first.value?.total ?? null),
  };
}
