import { ref } from 'vue';
import { asApiError } from '../api/index.ts';
import { toast } from '../ui/say.ts';

/** A file on its way: one at a time, and a sentence when it did not come. */
export function useSaving() {
  const saving = ref(false);

  async function save(fetching: () => Promise<void>): Promise<void> {
    if (saving.value) {
      return;
    }
    saving.value = true;
    try {
      await fetching();
    } catch (thrown) {
      await toast(asApiError(thrown).title);
    } finally {
      saving.value = false;
    }
  }

  return { saving, save };
}
