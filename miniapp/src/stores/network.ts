import { defineStore } from 'pinia';
import { ref } from 'vue';

/**
 * Whether the network carries requests. The browser's own flag is often wrong inside web views, so a failed request
 * also counts as off line and any answer as on line.
 */
export const useNetwork = defineStore('network', () => {
  const online = ref(navigator.onLine !== false);
  const listeners = new Set<() => void>();

  function set(now: boolean): void {
    const back = now && !online.value;
    online.value = now;
    if (back) {
      listeners.forEach((listener) => listener());
    }
  }

  /** Calls back each time the network returns; answers the function that stops it. */
  function onBack(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  window.addEventListener('online', () => set(true));
  window.addEventListener('offline', () => set(false));

  return { online, heard: set, onBack };
});
