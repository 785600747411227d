/** Who may fetch which file: asked by downloads and by archives alike. */
import type { Actor } from '@minqing/shared/workflow';
import type { Store } from '../store/index.ts';
import type { FileRow } from '../store/tables.ts';
import { isAnonymous, keepsMetadata } from './anonymity.ts';
import { findFile } from './file.repository.ts';

interface AccessDeps {
  store: Store;
  /** True when the viewer uploaded the file or may open a case that names it. */
  maySeeFile(viewer: Actor, fileId: string): Promise<boolean>;
}

/** The file, when it is ready and the viewer may have it. Null alike when it is missing, unfinished or somebody else's. */
export const fileAccess =
  ({ store, maySeeFile }: AccessDeps) =>
  async (viewer: Actor, fileId: string): Promise<FileRow | null> => {
    if (!(await maySeeFile(viewer, fileId))) {
      return null;
    }
    const row = await store.read((db) => findFile(db, fileId));
    if (row?.state !== 'ready') {
      return null;
    }
    const own = viewer.kind === 'person' && row.person_id === viewer.personId;
    const tells = keepsMetadata(row.type) && !own;
    return tells && (await store.read((db) => isAnonymous(db, row.id, row.person_id))) ? null : row;
  };
