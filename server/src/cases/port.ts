/** What the doors may ask of cases/. A door authenticates, parses and calls; every rule lies behind this. */
import type {
  CasePage,
  CaseView,
  DispatchPreview,
  DraftView,
  QueuesView,
  TimelineEntry,
  UnitRef,
} from '@minqing/shared/contract';
import type { ActionName, Actor, Case, CaseEvent, World } from '@minqing/shared/workflow';
import type { Listed } from './case.queries.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';

/** The identity of a request: the same one acts once and finds its answer when it is repeated. */
export interface RequestIdentity {
  door: 'http' | 'card' | 'timer' | 'exchange' | 'cli' | 'urges';
  principal: string;
  key: string;
  /** SHA-256 of the canonical body: the same key with another body is refused. */
  digest: string;
  /** The version the person had before their eyes. */
  seenVersion?: number | undefined;
}

export interface Performed {
  case: Case;
  /** True when this very request had been done before; nothing was changed now. */
  repeated: boolean;
}

export interface ListQuery {
  /** `member`, or role and unit or area as in QueuesView. */
  desk: string;
  queue?: string | undefined;
  q?: string | undefined;
  category?: string | undefined;
  area?: string | undefined;
  unit?: string | undefined;
  sort?: 'due' | 'newest' | undefined;
  after?: string | undefined;
  /** 1 to 50, 20 by default. */
  limit?: number | undefined;
}

/** A case with all that its paper and its archive are made of, as one viewer may see it. */
export interface WholeCase {
  /** Without phone numbers: paper goes further than a screen. */
  view: CaseView;
  c: Case;
  /** Oldest first. */
  events: readonly CaseEvent[];
  world: World;
  names: Names;
  sight: Sight;
  /** Oldest first, in words that stay true on paper: no 您, no 今天. */
  timeline: readonly TimelineEntry[];
  hashes: readonly { version: number; prev_hash: string; hash: string }[];
}

export interface Cases {
  /** The one verb. Throws AppError: refusals of the workflow, invalid input, a key used for another body. */
  perform(
    actor: Actor,
    caseId: string,
    action: ActionName,
    input: unknown,
    request: RequestIdentity,
  ): Promise<Performed>;
  view(viewer: Actor, caseId: string): Promise<CaseView>;
  /** Marks the case as seen by the viewer up to its present version. */
  markSeen(viewer: Actor, caseId: string): Promise<void>;
  list(viewer: Actor, query: ListQuery): Promise<CasePage>;
  /** The same list to its end, in pages, for exports. Throws at once when the viewer may not read it. */
  every(viewer: Actor, query: ListQuery): AsyncIterable<Listed[]>;
  /** For those who work on the case; throws `forbidden` for others who may see it. */
  whole(viewer: Actor, caseId: string): Promise<WholeCase>;
  queues(viewer: Actor): Promise<QueuesView>;
  /** What a limit would mean now; null is the policy's own. */
  previewDispatch(
    viewer: Actor,
    caseId: string,
    limit: DispatchPreview['limit'] | null,
  ): Promise<DispatchPreview>;
  unitsFor(
    viewer: Actor,
    q: string,
    caseId?: string,
  ): Promise<(UnitRef & { areaId: string; type: string })[]>;
  /** 「今年提交 12 件，办结 9 件，平均 2.1 个工作日答复，现有 1 件超期」, or '' before the first report. */
  recordOf(personId: string): Promise<string>;
  /** True when the viewer may open a case that names the file, or uploaded it. */
  maySeeFile(viewer: Actor, fileId: string): Promise<boolean>;
  listDrafts(viewer: Actor): Promise<DraftView[]>;
  getDraft(viewer: Actor, caseId: string): Promise<DraftView>;
  /** Last write wins by the client's counter; throws `staleDraft` with the newer one. */
  putDraft(
    viewer: Actor,
    caseId: string,
    draft: { counter: number; content: Record<string, unknown> },
  ): Promise<DraftView>;
  removeDraft(viewer: Actor, caseId: string): Promise<void>;
}
