import type { ActionView, CaseView } from '@minqing/shared/contract';
import { ref, shallowRef } from 'vue';
import { api, asApiError, Intent, type ApiError } from '../api/index.ts';
import { useAnnouncer } from '../stores/announcer.ts';

/** What became of an act that was done: the case as it now stands, null when it left this person's sight. */
export interface Acted {
  view: CaseView | null;
}

/**
 * Does an action of a case once, however often the button is pressed or the answer is lost: the Idempotency-Key stays
 * the same while the same words are sent. A refusal leaves its sentence in `problem`, with its fields and what
 * happened since; nothing typed is lost.
 */
export function useAct() {
  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);
  const intents = new Map<string, Intent>();
  const announcer = useAnnouncer();

  /** Resolves with null when refused or lost. */
  async function act(
    view: Pick<CaseView, 'id' | 'version'>,
    action: Pick<ActionView, 'action' | 'exclusive'>,
    input: object,
  ): Promise<Acted | null> {
    if (busy.value) {
      return null;
    }
    busy.value = true;
    problem.value = null;
    const name = `${view.id}/${action.action}`;
    const intent = intents.get(name) ?? new Intent();
    intents.set(name, intent);
    const body = action.exclusive ? { ...input, seenVersion: view.version } : input;
    try {
      const after = await api.act(view.id, action.action, body, intent.keyFor(body));
      intents.delete(name);
      return { view: after };
    } catch (thrown) {
      problem.value = asApiError(thrown);
      if (!problem.value.lost) {
        intents.delete(name);
      }
      announcer.say(problem.value.title);
      return null;
    } finally {
      busy.value = false;
    }
  }

  /** The sentence for one field of the input, by its path; empty when it is fine. */
  function fieldProblem(path: string): string {
    return (
      problem.value?.errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message ?? ''
    );
  }

  return { busy, problem, act, fieldProblem };
}
