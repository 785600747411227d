import type { CaseView } from '@minqing/shared/contract';
import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue';
import { api, asApiError, type ApiError } from '../api/index.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useNetwork } from '../stores/network.ts';

const POLL_EVERY = 10_000;
const SKELETON_AFTER = 300;

const isGone = (error: ApiError | null): boolean => error?.status === 403 || error?.status === 404;

/**
 * One case, kept fresh: read when opened, then every 10 s while the page is visible, by its ETag. New entries of the
 * timeline are announced; `fresh` holds their versions until the next change, so that they may slide in.
 */
export function useLiveCase(caseId: Ref<string>) {
  const view = shallowRef<CaseView | null>(null);
  const error = shallowRef<ApiError | null>(null);
  const waiting = ref(false);
  const fresh = shallowRef<ReadonlySet<number>>(new Set());
  const announcer = useAnnouncer();
  let etag = '';
  let timer = 0;
  let alive = true;

  /** Takes a newer answer: from a poll, or from an action that answered the case as it now stands. */
  function take(next: CaseView, tag = ''): void {
    const before = view.value;
    etag = tag;
    if (before && before.id === next.id) {
      const known = new Set(before.timeline.map((entry) => entry.version));
      const added = next.timeline.filter((entry) => !known.has(entry.version));
      fresh.value = new Set(added.map((entry) => entry.version));
      if (added.length > 0) {
        announcer.say(added.map((entry) => `${entry.title}，${entry.who}`).join('；'));
      }
    }
    view.value = next;
    error.value = null;
  }

  async function read(quiet: boolean): Promise<void> {
    const asked = caseId.value;
    const skeleton = setTimeout(() => {
      waiting.value = view.value === null;
    }, SKELETON_AFTER);
    try {
      const answer = await api.case(asked, quiet ? etag : '', !quiet);
      if (alive && asked === caseId.value && answer.status !== 304) {
        take(answer.data, answer.etag);
      }
    } catch (thrown) {
      const problem = asApiError(thrown);
      // Somebody gave the case away meanwhile: what stands here is no longer theirs to read, nor worth asking for again.
      const gone = isGone(problem);
      if (alive && asked === caseId.value && (!quiet || !view.value || gone)) {
        error.value = problem;
        view.value = gone ? null : view.value;
      }
    } finally {
      clearTimeout(skeleton);
      waiting.value = false;
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (alive) {
      timer = window.setTimeout(() => void tick(), POLL_EVERY);
    }
  }

  async function tick(): Promise<void> {
    if (!document.hidden && caseId.value && !isGone(error.value)) {
      await read(true);
    }
    schedule();
  }

  /** Reads it again now, answering when it has come. */
  async function reload(): Promise<void> {
    if (!caseId.value) {
      return;
    }
    await read(false);
    schedule();
  }

  function onVisible(): void {
    if (!document.hidden) {
      void tick();
    }
  }

  const stop = useNetwork().onBack(() => void reload());
  watch(caseId, () => {
    view.value = null;
    error.value = null;
    fresh.value = new Set();
    etag = '';
    void reload();
  });
  onMounted(() => {
    document.addEventListener('visibilitychange', onVisible);
    void reload();
  });
  onBeforeUnmount(() => {
    alive = false;
    clearTimeout(timer);
    stop();
    document.removeEventListener('visibilitychange', onVisible);
  });

  return { view, error, waiting, fresh, reload, take };
}
