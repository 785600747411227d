import type { ActionView, CaseView } from '@minqing/shared/contract';
import { LENGTHS, RESULT_CLASSES, type ResultClass } from '@minqing/shared/words';
import { computed, nextTick, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import type { ActionName } from '../../api/index.ts';
import { useAct } from '../../composables/useAct.ts';
import { toast } from '../../ui/say.ts';
import { useDesk } from './desk.ts';
import { provideLeaving } from './leaving.ts';
import { verbsOf } from './verbs.ts';

/** What a card hands over to the reply form: the words already written there, and the class chosen. */
export interface Prefill {
  text: string;
  class: ResultClass | '';
}

const CLASSES = Object.keys(RESULT_CLASSES) as ResultClass[];

const first = (value: LocationQuery[string] | undefined): string =>
  String((Array.isArray(value) ? value[0] : value) ?? '');

/** The prefill of a link, freed of what no one types (control characters) and cut to what may be sent. */
export function prefillOf(query: LocationQuery): Prefill {
  // eslint-disable-next-line no-control-regex -- these are exactly what is taken out
  const text = first(query.text)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  const chosen = first(query.class);
  return {
    text: text.trim().slice(0, LENGTHS.reply),
    class: CLASSES.find((one) => one === chosen) ?? '',
  };
}

export interface Around {
  view(): CaseView;
  changed(view: CaseView): void;
  /** Opens another case in place of this one. */
  go(caseId: string): void;
  /** Leaves the case, which this person may no longer see. */
  gone(): void;
}

/**
 * The acts of one case at a desk: which form is open, acts without a form, a link's `?do=`, and the next case
 * afterwards. Phone and workbench share it.
 */
export function useCaseActs(around: Around) {
  const route = useRoute();
  const router = useRouter();
  const desk = useDesk();
  const { busy, problem, act } = useAct();

  const opened = shallowRef<ActionView | null>(null);
  const shown = ref(false);
  const more = ref(false);
  const prefill = shallowRef<Prefill>({ text: '', class: '' });
  const verbs = computed(() => verbsOf(around.view()));

  /** Opens the form of an act, or does it when it has none. */
  async function start(action: ActionView): Promise<void> {
    more.value = false;
    if (action.input !== 'none') {
      opened.value = action;
      // The form is mounted closed first, so that its sheet slides in.
      await nextTick();
      shown.value = true;
      return;
    }
    const acted = await act(around.view(), action, {});
    if (acted?.view) {
      await finish(action, acted.view);
    } else if (acted) {
      leave(action);
    }
  }

  /** The act is done, and the case is no longer this person's to see. */
  function leave(action: Pick<ActionView, 'label'>): void {
    shown.value = false;
    void toast(`已${action.label}，这件民情已不在您这里`);
    around.gone();
  }

  /** The same by name; false when it may not be done now. */
  function startNamed(name: ActionName): boolean {
    const action = verbs.value.all.find((one) => one.action === name);
    if (action) {
      void start(action);
    }
    return action !== undefined;
  }

  /** After an act was done: the case as it stands, a word, and on to the next that waits. */
  async function finish(action: ActionView, answer: CaseView): Promise<void> {
    shown.value = false;
    around.changed(answer);
    const next = await desk.nextAfter(action.action, answer.id);
    void toast(next ? `已${action.label}，这是下一件` : `已${action.label}`);
    if (next) {
      around.go(next);
    }
  }

  async function followLink(): Promise<void> {
    const wanted = first(route.query.do) as ActionName;
    // A link to another case is already in the address while this one is still shown.
    if (!wanted || route.params.caseId !== around.view().id) {
      return;
    }
    prefill.value = prefillOf(route.query);
    if (!startNamed(wanted)) {
      void toast('这一步现在不用办了，经过在下面');
    }
    const { do: _do, text: _text, class: _class, stars: _stars, ...rest } = route.query;
    await router.replace({ path: route.path, query: rest });
  }

  provideLeaving(leave);
  watch(
    () => around.view().id,
    () => {
      shown.value = false;
      more.value = false;
      opened.value = null;
      problem.value = null;
    },
  );
  watch(
    () => [around.view().id, route.query.do],
    () => void followLink(),
    { immediate: true },
  );

  return { verbs, opened, shown, more, prefill, busy, problem, start, startNamed, finish, leave };
}
