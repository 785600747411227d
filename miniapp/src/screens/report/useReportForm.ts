import { onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue';
import { api, asApiError, type ApiError } from '../../api/index.ts';
import { useReports } from '../../drafts/reports.ts';
import { emptyForm, formOf, formOfCase, isBlank, type ReportForm } from '../../drafts/types.ts';
import { useUploads } from '../../drafts/uploads.ts';
import { prefersPlain } from './plain.ts';

/** What is typed reaches the device this often, and the server this often, in milliseconds. */
const SAVE_EVERY = 2_000;
const SYNC_EVERY = 8_000;

/**
 * The form of one report: opened from the device, else from the server's draft, else from the returned case it is to
 * supplement, else empty. Saved as it is typed.
 */
export function useReportForm(caseId: string, isNew: boolean) {
  const reports = useReports();
  const uploads = useUploads();
  const form = reactive<ReportForm>(emptyForm());
  const again = ref(false);
  const ready = ref(false);
  const error = ref<ApiError | null>(null);
  const savedAt = ref(0);
  const saveFailed = ref(false);
  let dirty = false;
  let closed = false;
  let saver = 0;
  let syncer = 0;

  function fill(from: ReportForm): void {
    Object.assign(form, JSON.parse(JSON.stringify(from)) as ReportForm);
  }

  /** A draft of another device names files this one has no bytes of. */
  function adoptMissing(): void {
    const known = new Set(uploads.of(caseId).map((item) => item.id));
    const missing = form.fileIds.filter((id) => !known.has(id));
    uploads.adopt(
      caseId,
      missing.map((id, at) => ({
        id,
        name: `照片${at + 1}`,
        kind: 'image',
        bytes: 0,
        state: 'ready',
        thumbUrl: `/files/${id}/thumb`,
        url: `/files/${id}`,
      })),
    );
  }

  async function fromCase(): Promise<void> {
    const view = (await api.case(caseId)).data;
    again.value = true;
    fill(formOfCase(view));
    uploads.adopt(caseId, view.content.files);
  }

  async function fromServer(): Promise<void> {
    try {
      const draft = (await api.drafts()).find((one) => one.caseId === caseId);
      if (draft) {
        fill(formOf(draft.content));
        reports.adopt(caseId, draft.counter, draft.content);
        return;
      }
    } catch (thrown) {
      if (!asApiError(thrown).lost) {
        throw thrown;
      }
    }
    await fromCase();
  }

  /** Opens the form; `error` says why it could not. */
  async function open(): Promise<void> {
    error.value = null;
    await Promise.all([reports.restore(), uploads.restore()]);
    const local = reports.find(caseId);
    try {
      if (local) {
        fill(local.form);
        again.value = local.again;
        savedAt.value = local.savedAt;
      } else if (isNew) {
        form.plain = prefersPlain();
      } else {
        await fromServer();
      }
      adoptMissing();
      ready.value = true;
    } catch (thrown) {
      error.value = asApiError(thrown);
    }
  }

  /** Writes to the device now, when there is something new. */
  async function save(): Promise<void> {
    if (!dirty || closed || !ready.value) {
      return;
    }
    dirty = false;
    if (isBlank(form) && !reports.find(caseId)) {
      return;
    }
    const kept = await reports.save(caseId, form, again.value);
    saveFailed.value = !kept;
    savedAt.value = Date.now();
  }

  function touch(): void {
    if (ready.value && !closed) {
      dirty = true;
      saver ||= window.setTimeout(() => {
        saver = 0;
        void save();
      }, SAVE_EVERY);
      syncer ||= window.setTimeout(() => {
        syncer = 0;
        void save().then(() => closed || reports.sync(caseId));
      }, SYNC_EVERY);
    }
  }

  function onHide(): void {
    if (document.hidden) {
      void save();
    }
  }

  /** The report's files are what the picker shows. */
  function syncFiles(): void {
    form.fileIds = uploads
      .of(caseId)
      .filter((item) => item.state !== 'refused')
      .map((item) => item.id);
  }

  /** No more saving: the report was submitted or thrown away. */
  function close(): void {
    closed = true;
    clearTimeout(saver);
    clearTimeout(syncer);
    saver = 0;
    syncer = 0;
  }

  watch(form, touch, { deep: true });
  onMounted(() => {
    document.addEventListener('visibilitychange', onHide);
    void open();
  });
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onHide);
    if (!closed) {
      void save().then(() => reports.sync(caseId));
      clearTimeout(saver);
      clearTimeout(syncer);
    }
  });

  /** Saves again: the submission was refused and the person goes on writing. */
  function reopen(): void {
    closed = false;
    dirty = true;
  }

  return { form, again, ready, error, savedAt, saveFailed, open, save, syncFiles, close, reopen };
}
