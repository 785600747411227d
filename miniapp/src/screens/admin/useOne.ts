import { watch } from 'vue';
import { useLoad } from '../../composables/useLoad.ts';

/** The one that is chosen beside a list: read by its id, and anew when another is chosen. */
export function useOne<T>(id: () => string, read: (id: string) => Promise<T>) {
  const loaded = useLoad(() => read(id()));
  watch(id, () => {
    loaded.data.value = null;
    void loaded.reload();
  });
  return loaded;
}
