import { ref, shallowRef } from 'vue';
import { asApiError, Intent, type ApiError } from '../api/index.ts';
import { useAnnouncer } from '../stores/announcer.ts';

/**
 * Makes a change that is no act on a case, once however often the button is pressed or the answer is lost: the
 * Idempotency-Key stays the same while the same words are sent. A refusal leaves its sentence in `problem`.
 */
export function useChange() {
  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);
  const intents = new Map<string, Intent>();
  const announcer = useAnnouncer();

  /** `what` tells changes apart, `body` is what is sent. Resolves true when it was made. */
  async function change(
    what: string,
    body: object,
    send: (key: string) => Promise<unknown>,
  ): Promise<boolean> {
    if (busy.value) {
      return false;
    }
    busy.value = true;
    problem.value = null;
    const intent = intents.get(what) ?? new Intent();
    intents.set(what, intent);
    try {
      await send(intent.keyFor(body));
      intents.delete(what);
      return true;
    } catch (thrown) {
      problem.value = asApiError(thrown);
      if (!problem.value.lost) {
        intents.delete(what);
      }
      announcer.say(problem.value.title);
      return false;
    } finally {
      busy.value = false;
    }
  }

  /** The sentence under one field; empty when it is fine. */
  const says = (path: string): string =>
    problem.value?.errors.find((one) => one.path === path)?.message ?? '';
  /** A refusal that no field shows. */
  const refusal = (): ApiError | null =>
    problem.value && problem.value.errors.length === 0 ? problem.value : null;

  return { busy, problem, change, says, refusal };
}
