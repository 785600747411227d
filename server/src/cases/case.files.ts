/** Files as cases name them: what may be shown, and whether it has arrived. */
import { hasReported, mergedThrough, type Actor } from '@minqing/shared/workflow';
import type { FileView } from '@minqing/shared/contract';
import type { Reader } from '../store/index.ts';
import { findCase } from './case.repository.ts';
import { sightOf } from './sight.ts';

/** The case's files by id. A file its author's device has not announced yet shows as pending. */
export async function presentFiles(
  db: Reader,
  caseId: string,
  staff: boolean,
): Promise<Map<string, FileView>> {
  const rows = await db
    .selectFrom('case_file')
    .leftJoin('file', (join) =>
      join.onRef('file.id', '=', 'case_file.file_id').onRef('file.person_id', '=', 'case_file.person_id'),
    )
    .select([
      'case_file.file_id',
      'case_file.audience',
      'file.name',
      'file.kind',
      'file.bytes',
      'file.state',
      'file.thumb_key',
    ])
    .where('case_file.case_id', '=', caseId)
    .execute();
  return new Map(
    rows
      .filter((r) => (staff || r.audience === 'all') && r.state !== 'refused')
      .map((r) => {
        const ready = r.state === 'ready';
        const view: FileView = {
          id: r.file_id,
          name: r.name ?? '',
          kind: (r.kind as FileView['kind'] | null) ?? 'image',
          bytes: Number(r.bytes ?? 0),
          state: ready ? 'ready' : 'pending',
          thumbUrl: ready && r.thumb_key !== null ? `api/files/${r.file_id}/thumb` : null,
          url: ready ? `api/files/${r.file_id}` : null,
        };
        return [r.file_id, view];
      }),
  );
}

/** True when the viewer uploaded the file or may open a case in which its uploader named it. */
export async function maySeeFile(
  db: Reader,
  viewer: Actor,
  fileId: string,
  areaChain: (areaId: string) => readonly string[],
): Promise<boolean> {
  const file = await db.selectFrom('file').select('person_id').where('id', '=', fileId).executeTakeFirst();
  if (!file || viewer.kind !== 'person') {
    return false;
  }
  if (file.person_id === viewer.personId) {
    return true;
  }
  const named = await db
    .selectFrom('case_file')
    .select(['case_id', 'audience'])
    .where('file_id', '=', fileId)
    .where('person_id', '=', file.person_id)
    .execute();
  for (const { case_id, audience } of named) {
    const c = await findCase(db, case_id);
    const sight = c ? sightOf(c, viewer, areaChain) : null;
    if (sight && (sight.staff || (sight.any && audience === 'all'))) {
      return true;
    }
    // Authors of a merged case see what the units answered, never what other authors brought.
    if (c && audience === 'all' && mergedThrough(c, viewer.personId) && !hasReported(c, file.person_id)) {
      return true;
    }
  }
  return false;
}
