import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { api, newId, type Settings } from '../api/index.ts';
import { useSession } from './session.ts';

const MEMORY = 'minqing.look';

function remembered(): Settings {
  try {
    const read = JSON.parse(localStorage.getItem(MEMORY) ?? '{}') as Partial<Settings>;
    return { text: read.text === 'large' ? 'large' : 'normal', theme: read.theme ?? 'auto' };
  } catch {
    return { text: 'normal', theme: 'auto' };
  }
}

/** Text size and theme: applied at once, remembered on the device so that the first paint is right, kept on the server. */
export const useSettings = defineStore('settings', () => {
  const settings = ref<Settings>(remembered());
  const dark = window.matchMedia?.('(prefers-color-scheme: dark)');
  const session = useSession();

  function paint(): void {
    const root = document.documentElement;
    const theme = settings.value.theme === 'auto' ? (dark?.matches ? 'dark' : 'light') : settings.value.theme;
    root.dataset.theme = theme;
    root.dataset.text = settings.value.text;
  }

  function remember(): void {
    try {
      localStorage.setItem(MEMORY, JSON.stringify(settings.value));
    } catch {
      // A web view without storage paints the server's choice a moment later.
    }
  }

  /** Takes the person's choice; throws ApiError when the server could not keep it (the choice still holds here). */
  async function choose(change: Partial<Settings>): Promise<void> {
    settings.value = { ...settings.value, ...change };
    remember();
    await api.saveSettings(change, newId());
  }

  dark?.addEventListener?.('change', paint);
  watch(settings, paint, { immediate: true });
  watch(
    () => session.me,
    (me) => {
      if (me) {
        settings.value = { ...me.settings };
        remember();
      }
    },
  );

  return { settings, choose };
});
