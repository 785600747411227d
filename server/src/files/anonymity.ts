/**
 * Voice and video that still carry where and with what they were made, because this machine has no ffmpeg, must not go
 * with an anonymous report. They are marked in their type: `video/mp4;metadata=kept`.
 */
import type { Reader } from '../store/index.ts';

const MARK = ';metadata=kept';

/** The type with the mark that its metadata was not taken away. */
export function markKept(type: string): string {
  return `${type}${MARK}`;
}

/** Whether the stored file still carries its metadata. */
export function keepsMetadata(type: string): boolean {
  return type.endsWith(MARK);
}

/** The type without the mark: what it is served as. */
export function bareType(type: string): string {
  return type.split(';', 1)[0] ?? '';
}

/** Those of the files that must not be named by an anonymous report. */
export async function unstrippedFiles(db: Reader, fileIds: string[]): Promise<string[]> {
  if (fileIds.length === 0) {
    return [];
  }
  const rows = await db.selectFrom('file').select(['id', 'type']).where('id', 'in', fileIds).execute();
  return rows.filter((row) => keepsMetadata(row.type)).map((row) => row.id);
}

/** Whether an anonymous report of the uploader's names the file. */
export async function isAnonymous(db: Reader, fileId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('case_file')
    .innerJoin('cases', 'cases.id', 'case_file.case_id')
    .select('cases.id')
    .where('case_file.file_id', '=', fileId)
    .where('case_file.person_id', '=', personId)
    .where('cases.anonymous', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}
