import type { ActionView, CaseView } from '@minqing/shared/contract';
import { nextTick, ref } from 'vue';
import { useAct } from '../../../composables/useAct.ts';
import { useLeaving } from '../leaving.ts';
import { useUploads, type UploadItem } from '../../../drafts/uploads.ts';
import { useKept } from '../kept.ts';

export interface FormProps {
  show: boolean;
  view: CaseView;
  action: ActionView;
}

/** Brings the first field that needs something into sight. */
async function toFirstProblem(): Promise<void> {
  await nextTick();
  document.querySelector('.sheet-in .fm-bad')?.scrollIntoView({ block: 'center' });
}

/**
 * What every form of an act shares: the words kept on this device, the sentences under the fields, the files, and one
 * request however often the button is pressed. `done` gets the case as it now stands; one that is out of sight is left.
 */
export function useForm<T extends object>(props: FormProps, fresh: T, done: (view: CaseView) => void) {
  const owner = `${props.view.id}/${props.action.action}`;
  const { typed, savedAt, clear } = useKept(owner, fresh);
  const { busy, problem, act, fieldProblem } = useAct();
  const uploads = useUploads();
  const leave = useLeaving();
  const missing = ref<Record<string, string>>({});

  /** The sentence under a field: what is missing here, else what the server said. */
  const says = (path: string): string => missing.value[path] ?? fieldProblem(path);

  const files = (): UploadItem[] => uploads.of(owner).filter((item) => item.state !== 'refused');

  /** Sends, unless a sentence in `needs` says what is missing. `input` may name `files()`; they follow by themselves. */
  async function send(input: object, needs: Record<string, string | false>): Promise<void> {
    missing.value = Object.fromEntries(
      Object.entries(needs).filter((need): need is [string, string] => Boolean(need[1])),
    );
    if (Object.keys(missing.value).length > 0) {
      await toFirstProblem();
      return;
    }
    const sent = files();
    const acted = await act(props.view, props.action, input);
    if (!acted) {
      await toFirstProblem();
      return;
    }
    sent.forEach((item) => uploads.hand(item.id, props.view.id));
    clear();
    if (acted.view) {
      done(acted.view);
    } else {
      leave(props.action);
    }
  }

  return { owner, typed, savedAt, busy, problem, says, files, send };
}
