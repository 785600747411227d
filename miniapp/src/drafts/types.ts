import type { CaseView, MemberRef } from '@minqing/shared/contract';

export interface ReportForm {
  title: string;
  situation: string;
  analysis: string;
  suggestion: string;
  /** Empty until chosen. */
  categoryId: string;
  /** What the category asked besides, with its question as it was asked. */
  answers: { question: string; answer: string }[];
  /** Written in one piece: all of it stands in the situation. */
  plain: boolean;
  place: { text: string; areaId: string | null; latitude?: number; longitude?: number };
  fileIds: string[];
  disclosure: { anonymous: boolean; openness: CaseView['disclosure']['openness']; phoneToUnit: boolean };
  /** Empty: by the place. */
  committeeId: string;
  /** Members asked to join; only the first time it is filed. */
  invitees: MemberRef[];
  /** 代录: the member in whose name staff file it. */
  onBehalfOf: MemberRef | null;
}

/** draft: being written · queued: wants to be sent · refused: the server said no, see `problem`. */
export type ReportState = 'draft' | 'queued' | 'refused';

/** A report on this device. It is dropped once the server has it. */
export interface LocalReport {
  caseId: string;
  personId: string;
  form: ReportForm;
  state: ReportState;
  /** Idempotency-Key of the submission; made when it is queued and kept until it is answered. */
  key: string;
  problem: string;
  /** Raised at each save: the greater one wins on the server. Follows the device's clock in milliseconds. */
  counter: number;
  /** Epoch milliseconds of the device. */
  savedAt: number;
  /** The counter the server has confirmed. */
  syncedCounter: number;
  /** A returned case being supplemented, not a new one. */
  again: boolean;
}

/** failed: did not get through, may be tried again · refused: the server will not take it. */
export type FileState = 'waiting' | 'sending' | 'ready' | 'failed' | 'refused';

/** A file chosen on this device. `owner` is the case it is for. */
export interface LocalFile {
  id: string;
  personId: string;
  owner: string;
  name: string;
  type: string;
  bytes: number;
  blob: Blob;
}

/** A report with nothing in it. */
export function emptyForm(): ReportForm {
  return {
    title: '',
    situation: '',
    analysis: '',
    suggestion: '',
    categoryId: '',
    answers: [],
    plain: false,
    place: { text: '', areaId: null },
    fileIds: [],
    disclosure: { anonymous: false, openness: 'staff', phoneToUnit: false },
    committeeId: '',
    invitees: [],
    onBehalfOf: null,
  };
}

/** True while nothing worth keeping was written. */
export function isBlank(form: ReportForm): boolean {
  return (
    !form.title.trim() &&
    !form.situation.trim() &&
    !form.analysis.trim() &&
    !form.suggestion.trim() &&
    form.fileIds.length === 0
  );
}

/** A server draft's content as a form; unknown or missing fields get their defaults. */
export function formOf(content: Record<string, unknown>): ReportForm {
  const base = emptyForm();
  const read = content as Partial<ReportForm>;
  return {
    ...base,
    ...read,
    place: { ...base.place, ...read.place },
    disclosure: { ...base.disclosure, ...read.disclosure },
    fileIds: Array.isArray(read.fileIds) ? [...read.fileIds] : [],
    answers: Array.isArray(read.answers) ? [...read.answers] : [],
    invitees: Array.isArray(read.invitees) ? [...read.invitees] : [],
  };
}

/** The returned case's own words, to be supplemented. */
export function formOfCase(view: CaseView): ReportForm {
  const { content, disclosure } = view;
  return {
    title: content.title,
    situation: content.situation,
    analysis: content.analysis,
    suggestion: content.suggestion,
    categoryId: content.categoryId,
    answers: content.answers.map((one) => ({ ...one })),
    plain: false,
    place: {
      text: content.place.text,
      areaId: content.place.area?.id ?? null,
      latitude: content.place.latitude ?? undefined,
      longitude: content.place.longitude ?? undefined,
    },
    fileIds: content.files.map((file) => file.id),
    disclosure: {
      anonymous: disclosure.anonymous,
      openness: disclosure.openness,
      phoneToUnit: disclosure.phoneToUnit,
    },
    committeeId: '',
    invitees: [],
    onBehalfOf: null,
  };
}

/** The submission's input as the workflow takes it. */
export function inputOf(form: ReportForm): Record<string, unknown> {
  const { categoryId, committeeId, plain: _howItWasWritten, invitees, onBehalfOf, ...rest } = form;
  return {
    ...rest,
    ...(categoryId ? { categoryId } : {}),
    ...(committeeId ? { committeeId } : {}),
    ...(invitees.length > 0 && !form.disclosure.anonymous
      ? { invitees: invitees.map((member) => member.id) }
      : {}),
    ...(onBehalfOf ? { onBehalfOf: onBehalfOf.id } : {}),
  };
}
