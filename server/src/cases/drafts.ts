/** The author's private text before it is a report: no event, no version; the greater client counter wins. */
import type { Actor } from '@minqing/shared/workflow';
import type { DraftView } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { forbidden, invalidInput, notFound, staleDraft } from '../errors.ts';
import { insertIgnore, type Store } from '../store/index.ts';

const LARGEST_DRAFT = 32_768; // characters of JSON
const MOST_DRAFTS = 50;

interface DraftRow {
  case_id: string;
  person_id: string;
  counter: number;
  content_json: string;
  saved_at: number;
}

export interface Drafts {
  list(viewer: Actor): Promise<DraftView[]>;
  get(viewer: Actor, caseId: string): Promise<DraftView>;
  put(
    viewer: Actor,
    caseId: string,
    draft: { counter: number; content: Record<string, unknown> },
  ): Promise<DraftView>;
  remove(viewer: Actor, caseId: string): Promise<void>;
}

export function createDrafts({ store, clock }: { store: Store; clock: Clock }): Drafts {
  const present = (row: DraftRow): DraftView => {
    const content = JSON.parse(row.content_json) as Record<string, unknown>;
    return {
      caseId: row.case_id,
      counter: row.counter,
      content,
      title: typeof content.title === 'string' && content.title.trim() ? content.title.trim() : '未写标题',
      savedAt: isoShanghaiFull(row.saved_at),
      savedText: momentText(row.saved_at, clock.businessNow()),
    };
  };
  const owner = (viewer: Actor): string => {
    // Reviewers file for members (代录).
    if (
      viewer.kind !== 'person' ||
      !viewer.grants.some((g) => g.role === 'member' || g.role === 'reviewer')
    ) {
      throw forbidden('只有委员和政协审核可以写民情');
    }
    return viewer.personId;
  };
  return {
    async list(viewer) {
      const personId = owner(viewer);
      const rows = await store.read((db) =>
        db
          .selectFrom('draft')
          .selectAll()
          .where('person_id', '=', personId)
          .orderBy('saved_at', 'desc')
          .limit(MOST_DRAFTS)
          .execute(),
      );
      return rows.map(present);
    },
    async get(viewer, caseId) {
      const personId = owner(viewer);
      const row = await store.read((db) =>
        db
          .selectFrom('draft')
          .selectAll()
          .where('case_id', '=', caseId)
          .where('person_id', '=', personId)
          .executeTakeFirst(),
      );
      if (!row) {
        throw notFound('没有这份草稿');
      }
      return present(row);
    },
    async put(viewer, caseId, draft) {
      const personId = owner(viewer);
      const content_json = JSON.stringify(draft.content);
      if (content_json.length > LARGEST_DRAFT) {
        throw invalidInput([{ path: 'content', message: '草稿太长了' }]);
      }
      const row: DraftRow = {
        case_id: caseId,
        person_id: personId,
        counter: draft.counter,
        content_json,
        saved_at: clock.businessNow(),
      };
      return store.transact(async (tx) => {
        if (await insertIgnore(tx, 'draft', row)) {
          return present(row);
        }
        const changed = await tx
          .updateTable('draft')
          .set({ counter: row.counter, content_json, saved_at: row.saved_at })
          .where('case_id', '=', caseId)
          .where('person_id', '=', personId)
          .where('counter', '<=', draft.counter)
          .executeTakeFirst();
        if (Number(changed.numUpdatedRows) === 1) {
          return present(row);
        }
        const newer = await tx
          .selectFrom('draft')
          .selectAll()
          .where('case_id', '=', caseId)
          .executeTakeFirst();
        if (newer?.person_id !== personId) {
          throw notFound('没有这份草稿');
        }
        throw staleDraft(present(newer));
      });
    },
    async remove(viewer, caseId) {
      const personId = owner(viewer);
      await store.transact((tx) =>
        tx.deleteFrom('draft').where('case_id', '=', caseId).where('person_id', '=', personId).execute(),
      );
    },
  };
}
