/**
 * What must not go with an anonymous report because it may tell who sent it: voice and video that still carry where and
 * with what they were made, since this machine has no ffmpeg; documents that keep their author's name. Files that could
 * have been cleaned and were not are marked in their type: `video/mp4;metadata=kept`.
 */
import type { Reader } from '../store/index.ts';
import { kindOf } from './kinds.ts';

const MARK = ';metadata=kept';
/** Their properties lie anywhere in them, packed and linked by position: nothing is taken out of these. */
const NEVER_CLEANED: readonly string[] = [
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
];

/** The type with the mark that its metadata was not taken away. */
export function markKept(type: string): string {
  return `${type}${MARK}`;
}

/** Whether the stored file still carries its metadata. */
export function keepsMetadata(type: string): boolean {
  return type.endsWith(MARK) || NEVER_CLEANED.includes(type);
}

/** The type without the mark: what it is served as. */
export function bareType(type: string): string {
  return type.split(';', 1)[0] ?? '';
}

/** Why a file of this type, as it is stored, cannot go with an anonymous report, and what to send instead. */
export function whyItTells(type: string): string {
  if (kindOf(bareType(type)) !== 'document') {
    return '语音、视频里有位置信息，匿名反映请改用照片';
  }
  return NEVER_CLEANED.includes(type)
    ? 'PDF 和旧版 Office 文件里可能留着作者姓名，匿名反映请改传照片，或另存为 docx、xlsx、pptx 再传'
    : '文件里的批注、修订、照片或内嵌文件可能留着作者信息，匿名反映请删去后再传，或改传照片';
}

/** Why these files must not be named by an anonymous report; null when they may. */
export async function whyNotAnonymous(db: Reader, fileIds: readonly string[]): Promise<string | null> {
  if (fileIds.length === 0) {
    return null;
  }
  const rows = await db
    .selectFrom('file')
    .select('type')
    .where('id', 'in', [...fileIds])
    .execute();
  const telling = rows.find((row) => keepsMetadata(row.type));
  return telling ? whyItTells(telling.type) : null;
}

/** Whether a report of the uploader's own, in which the name is hidden, names the file. */
export async function isAnonymous(db: Reader, fileId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('case_file')
    .innerJoin('cases', 'cases.id', 'case_file.case_id')
    .innerJoin('case_author', 'case_author.case_id', 'cases.id')
    .select('cases.id')
    .where('case_file.file_id', '=', fileId)
    .where('case_file.person_id', '=', personId)
    .where('case_author.person_id', '=', personId)
    .where('cases.anonymous', '=', 1)
    .executeTakeFirst();
  return row !== undefined;
}
