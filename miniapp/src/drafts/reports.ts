import type { CaseView } from '@minqing/shared/contract';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { api, asApiError, newId, type ApiError } from '../api/index.ts';
import { useSession } from '../stores/session.ts';
import { reportShelf } from './memory.ts';
import { formOf, inputOf, isBlank, type LocalReport, type ReportForm } from './types.ts';

export type Outcome = { sent: CaseView } | { queued: true } | { refused: ApiError };

/**
 * Reports on this device. Each save is on the device at once and with the server when there is network; a submission is
 * written down with its key before it is sent, so it is sent once however often the network or the app fails.
 */
export const useReports = defineStore('reports', () => {
  const reports = ref<LocalReport[]>([]);
  const session = useSession();
  const sending = new Map<string, Promise<Outcome>>();
  let restored: Promise<void> | null = null;

  const find = (caseId: string): LocalReport | undefined =>
    reports.value.find((report) => report.caseId === caseId);

  function put(report: LocalReport): void {
    const at = reports.value.findIndex((one) => one.caseId === report.caseId);
    if (at < 0) {
      reports.value.unshift(report);
    } else {
      reports.value[at] = report;
    }
  }

  /** Writes to the device. The copy through JSON leaves no reactive proxy for IndexedDB to refuse. */
  async function store(report: LocalReport): Promise<void> {
    put(report);
    await reportShelf.put(
      `${report.personId}/${report.caseId}`,
      JSON.parse(JSON.stringify(report)) as LocalReport,
    );
  }

  /** Keeps what was written. Resolves when it is on the device; false when the device has no room. */
  async function save(caseId: string, form: ReportForm, again: boolean): Promise<boolean> {
    const known = find(caseId);
    const now = Date.now();
    const report: LocalReport = {
      caseId,
      personId: session.me?.person.id ?? '',
      form: JSON.parse(JSON.stringify(form)) as ReportForm,
      state: 'draft',
      key: '',
      problem: known?.problem ?? '',
      counter: Math.max((known?.counter ?? 0) + 1, now),
      savedAt: now,
      syncedCounter: known?.syncedCounter ?? 0,
      again,
    };
    return store(report).then(
      () => true,
      () => false,
    );
  }

  /** Brings a draft to the server. A newer one there (another device's clock runs ahead) yields to what is typed here. */
  async function sync(caseId: string): Promise<boolean> {
    const report = find(caseId);
    if (
      !report ||
      report.state !== 'draft' ||
      report.syncedCounter >= report.counter ||
      isBlank(report.form)
    ) {
      return true;
    }
    const { counter } = report;
    try {
      await api.saveDraft(caseId, counter, { ...report.form }, newId());
      report.syncedCounter = counter;
      return true;
    } catch (thrown) {
      const error = asApiError(thrown);
      const newer = (error.body as { draft?: { counter?: number }; counter?: number } | null) ?? {};
      const theirs = newer.draft?.counter ?? newer.counter;
      if (error.code === 'staleDraft' && typeof theirs === 'number') {
        report.counter = Math.max(report.counter, theirs) + 1;
        await store(report).catch(() => undefined);
      }
      return false;
    }
  }

  /** Takes a draft the server has and this device has not, or has older. */
  function adopt(caseId: string, counter: number, content: Record<string, unknown>): LocalReport {
    const known = find(caseId);
    if (known && known.counter >= counter) {
      return known;
    }
    const report: LocalReport = {
      caseId,
      personId: session.me?.person.id ?? '',
      form: formOf(content),
      state: 'draft',
      key: '',
      problem: '',
      counter,
      savedAt: Date.now(),
      syncedCounter: counter,
      again: false,
    };
    put(report);
    return report;
  }

  /** Takes the drafts the server has; those of this device stand meanwhile, and when it cannot be asked. */
  async function adoptAll(): Promise<void> {
    const drafts = await api.drafts().catch(() => []);
    drafts.forEach((draft) => adopt(draft.caseId, draft.counter, draft.content));
  }

  async function drop(caseId: string): Promise<void> {
    reports.value = reports.value.filter((report) => report.caseId !== caseId);
    await reportShelf.drop(`${session.me?.person.id ?? ''}/${caseId}`).catch(() => undefined);
  }

  /** Throws a draft away, here and on the server. */
  async function discard(caseId: string): Promise<void> {
    await drop(caseId);
    await api.discardDraft(caseId, newId()).catch(() => undefined);
  }

  async function send(report: LocalReport): Promise<Outcome> {
    try {
      const view = await api.act(report.caseId, 'submit', inputOf(report.form), report.key);
      await drop(report.caseId);
      return { sent: view ?? (await api.case(report.caseId)).data };
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.lost || error.status === 401 || error.status === 429) {
        return { queued: true };
      }
      await store({ ...report, state: 'refused', problem: error.title }).catch(() => undefined);
      return { refused: error };
    }
  }

  function sendOnce(report: LocalReport): Promise<Outcome> {
    const running = sending.get(report.caseId);
    if (running) {
      return running;
    }
    const mine = send(report).finally(() => sending.delete(report.caseId));
    sending.set(report.caseId, mine);
    return mine;
  }

  /** Submits: written down first, then sent. Off line it waits in the queue. */
  async function submit(caseId: string, form: ReportForm, again: boolean): Promise<Outcome> {
    const before = find(caseId);
    const unchanged = before?.state === 'queued' && JSON.stringify(before.form) === JSON.stringify(form);
    const key = unchanged ? before.key : newId();
    await save(caseId, form, again);
    const report: LocalReport = { ...find(caseId)!, state: 'queued', key, problem: '' };
    await store(report).catch(() => undefined);
    return sendOnce(report);
  }

  /** Sends what waits. Answers the cases that got through. */
  async function flush(): Promise<CaseView[]> {
    const through: CaseView[] = [];
    for (const report of reports.value.filter((one) => one.state === 'queued')) {
      const outcome = await sendOnce(report);
      if ('sent' in outcome) {
        through.push(outcome.sent);
      } else if ('queued' in outcome) {
        break;
      }
    }
    return through;
  }

  /** Reads this person's reports from the device, once a page load. */
  function restore(): Promise<void> {
    restored ??= readDevice();
    return restored;
  }

  async function readDevice(): Promise<void> {
    const all = await reportShelf.all().catch(() => []);
    const mine = all.filter((report) => report.personId === session.me?.person.id && !find(report.caseId));
    reports.value.push(...mine.sort((one, other) => other.savedAt - one.savedAt));
  }

  return { reports, find, save, sync, adopt, adoptAll, discard, submit, flush, restore };
});
