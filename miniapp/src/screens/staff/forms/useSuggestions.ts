import type { Suggestions } from '@minqing/shared/contract';
import { onMounted, shallowRef } from 'vue';
import { api } from '../../../api/index.ts';

const NONE: Suggestions = { units: [], category: null };

/** What earlier dispatches suggest for a case; nothing while it is not there: a form works without. */
export function useSuggestions(caseId: string) {
  const suggestions = shallowRef<Suggestions>(NONE);
  onMounted(() => {
    api.suggestions(caseId).then(
      (found) => {
        suggestions.value = found;
      },
      () => undefined,
    );
  });
  return suggestions;
}
