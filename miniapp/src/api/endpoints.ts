import type {
  ActionView,
  AreaRef,
  CasePage,
  CaseView,
  ClockWorkingView,
  CategoryView,
  DispatchPreview,
  DraftView,
  MemberRef,
  MeView,
  PhraseView,
  QueuesView,
  SimilarCase,
  Suggestions,
  UnitRef,
} from '@minqing/shared/contract';
import { call, type Answer } from './client.ts';

export type ActionName = ActionView['action'];

export interface CaseQuery {
  desk?: string;
  queue?: string;
  q?: string;
  category?: string;
  area?: string;
  unit?: string;
  sort?: 'due' | 'newest';
  after?: string;
  limit?: number;
}

/** What is being written, as far as it has been said. */
export interface SimilarQuery {
  title: string;
  situation?: string;
  place?: string;
  categoryId?: string;
  areaId?: string;
  latitude?: number;
  longitude?: number;
}

export interface Reference {
  categories: CategoryView[];
  /** `receivedBy`: the committee that receives the reader's reports from there, unless another is chosen. */
  areas: (AreaRef & { tier: string; parentId: string | null; receivedBy: string | null })[];
  committees: (UnitRef & { areaId: string })[];
}

/** How far the server has a file: `offset` bytes of it. */
export interface UploadState {
  id: string;
  offset: number;
  state: 'pending' | 'processing' | 'ready' | 'refused';
  problem?: string;
}

export type Settings = MeView['settings'];

/** Every call of the API a screen may make, typed; see docs/api.md. All throw ApiError. */
export const api = {
  signOn: async (body: {
    hostId: string;
    code: string;
    door: 'container' | 'scan';
    mode: 'cookie' | 'bearer';
    linkCode?: string;
  }): Promise<{ token?: string }> =>
    (await call<{ token?: string }>('/session', { method: 'POST', body, anonymous: true })).data ?? {},

  me: async (anonymous = false): Promise<MeView> => (await call<MeView>('/me', { anonymous })).data,

  saveSettings: async (settings: Partial<Settings>, key: string): Promise<void> => {
    await call('/me/settings', { method: 'PATCH', body: settings, key });
  },

  reference: async (): Promise<Reference> => (await call<Reference>('/reference')).data,

  /** Of the area that would receive a report about that place. */
  categories: async (place?: string, committee?: string): Promise<CategoryView[]> =>
    (await call<{ items: CategoryView[] }>('/categories', { query: { place, committee } })).data.items,

  phrases: async (): Promise<PhraseView[]> => (await call<{ items: PhraseView[] }>('/phrases')).data.items,

  keepPhrase: async (id: string, text: string, key: string): Promise<void> => {
    await call(`/phrases/${id}`, { method: 'PUT', body: { text }, key });
  },

  removePhrase: async (id: string, key: string): Promise<void> => {
    await call(`/phrases/${id}`, { method: 'DELETE', key });
  },

  units: async (q: string, caseId?: string): Promise<(UnitRef & { areaId: string; type: string })[]> =>
    (
      await call<{ items: (UnitRef & { areaId: string; type: string })[] }>('/units', {
        query: { q, caseId },
      })
    ).data.items,

  /** Members by name, to invite or to file for. */
  members: async (q: string): Promise<MemberRef[]> =>
    (await call<{ items: MemberRef[] }>('/members', { query: { q } })).data.items,

  queues: async (): Promise<QueuesView> => (await call<QueuesView>('/queues')).data,

  cases: async (query: CaseQuery, signal?: AbortSignal): Promise<CasePage> =>
    (await call<CasePage>('/cases', { query: { ...query }, signal })).data,

  /** With an etag the answer may be 304, without data. */
  case: (caseId: string, etag = '', retry = true): Promise<Answer<CaseView>> =>
    call<CaseView>(`/cases/${caseId}`, { etag, retry }),

  /**
   * Does an action. `key` is the intent's: the same for every repetition of the same wish. Null: it is done, and took
   * the case out of this person's sight.
   */
  act: async (caseId: string, action: ActionName, input: object, key: string): Promise<CaseView | null> => {
    const path = `/cases/${caseId}/actions/${action}`;
    const answer = await call<CaseView | undefined>(path, { method: 'POST', body: input, key });
    return answer.data ?? null;
  },

  /** Open cases like what is being written; asked once, since the next letter asks anew. */
  similar: async (query: SimilarQuery, signal?: AbortSignal): Promise<SimilarCase[]> =>
    (await call<{ items: SimilarCase[] }>('/similar', { query: { ...query }, signal, retry: false })).data
      .items,

  /** Open cases like this one, for those who work on it. */
  similarTo: async (caseId: string): Promise<SimilarCase[]> =>
    (await call<{ items: SimilarCase[] }>(`/cases/${caseId}/similar`)).data.items,

  /** Who might lead the case and what it is about. */
  suggestions: async (caseId: string): Promise<Suggestions> =>
    (await call<Suggestions>(`/cases/${caseId}/suggestions`)).data,

  previewDispatch: async (
    caseId: string,
    limit: DispatchPreview['limit'] | null,
    signal?: AbortSignal,
  ): Promise<DispatchPreview> =>
    (await call<DispatchPreview>(`/cases/${caseId}/previews/dispatch`, { query: { ...limit }, signal })).data,

  /** How a deadline came to be, day by day. */
  clockWorking: async (caseId: string, clockId: string): Promise<ClockWorkingView> =>
    (await call<ClockWorkingView>(`/cases/${caseId}/clocks/${encodeURIComponent(clockId)}`)).data,

  drafts: async (): Promise<DraftView[]> => (await call<{ items: DraftView[] }>('/drafts')).data.items,

  saveDraft: async (
    caseId: string,
    counter: number,
    content: Record<string, unknown>,
    key: string,
  ): Promise<DraftView> =>
    (
      await call<DraftView>(`/drafts/${caseId}`, {
        method: 'PUT',
        body: { counter, content },
        key,
        retry: false,
      })
    ).data,

  discardDraft: async (caseId: string, key: string): Promise<void> => {
    await call(`/drafts/${caseId}`, { method: 'DELETE', key, retry: false });
  },

  announceFile: async (
    file: { id: string; name: string; bytes: number; type: string },
    key: string,
  ): Promise<UploadState> =>
    (await call<UploadState>('/files', { method: 'POST', body: file, key, retry: false })).data,

  sendChunk: async (fileId: string, offset: number, bytes: Blob, key: string): Promise<UploadState> =>
    (
      await call<UploadState>(`/files/${fileId}`, {
        method: 'PATCH',
        bytes,
        key,
        retry: false,
        headers: { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) },
      })
    ).data,

  fileStatus: async (fileId: string): Promise<UploadState> =>
    (await call<UploadState>(`/files/${fileId}/status`, { retry: false })).data,
};
