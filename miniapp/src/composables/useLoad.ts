import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue';
import { useNetwork } from '../stores/network.ts';
import { useLatest, type Latest } from './useLatest.ts';

export interface Loaded<T> extends Omit<Latest, 'ask'> {
  data: ShallowRef<T | null>;
  /** Reads again; what is shown stays until the answer, and stays when it fails. */
  reload(): Promise<void>;
}

/** Reads something when the screen opens, again when the network returns after a failure. */
export function useLoad<T>(read: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const { ask, ...state } = useLatest(() => data.value === null);
  const reload = (): Promise<void> =>
    ask(read, (answer) => {
      data.value = answer;
    });
  reloadOnReturn(state.error, reload);
  onMounted(() => void reload());
  return { data, ...state, reload };
}

/** Reads again when the network is back after a failure. */
export function reloadOnReturn(error: Latest['error'], reload: () => Promise<void>): void {
  const stop = useNetwork().onBack(() => {
    if (error.value) {
      void reload();
    }
  });
  onBeforeUnmount(stop);
}
