/**
 * What a document container really holds. Office's two containers are a ZIP (Open Packaging Conventions, ECMA-376 part
 * 2) and the older compound file ([MS-CFB]); both can carry programs, which are refused.
 */
import { Refused } from './refused.ts';
import { BadZip, unpackEntry, zipEntries } from '../zip.ts';

const OOXML = 'application/vnd.openxmlformats-officedocument';
const MAIN_PARTS: readonly [part: string, type: string][] = [
  ['wordprocessingml.document.main+xml', `${OOXML}.wordprocessingml.document`],
  ['spreadsheetml.sheet.main+xml', `${OOXML}.spreadsheetml.sheet`],
  ['presentationml.presentation.main+xml', `${OOXML}.presentationml.presentation`],
  ['presentationml.slideshow.main+xml', `${OOXML}.presentationml.presentation`],
];

const PROGRAMS =
  /(^|\/)(vbaProject\.bin|vbaData\.xml|activeX\/)|\.(exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk)$/i;
/** Beyond this a "document" is meant to fill whatever unpacks it. */
const MOST_UNPACKED = 512 * 1024 * 1024;
/** The list of parts is a few kB. */
const MOST_LIST = 1024 * 1024;
const MACROS = '文件里有宏或程序，不能上传，请去掉后再传';

/** The type of an Office ZIP. Throws `Refused` when it is anything else, holds programs, or is two files in one. */
export function judgeOfficeZip(bytes: Buffer): string {
  try {
    return typeOfZip(bytes);
  } catch (error) {
    throw error instanceof BadZip ? new Refused(error.problem, error) : error;
  }
}

function typeOfZip(bytes: Buffer): string {
  const entries = zipEntries(bytes);
  if (entries.some((entry) => entry.encrypted)) {
    throw new Refused('加密的文件不能上传，请去掉密码后再传');
  }
  if (entries.reduce((sum, entry) => sum + entry.unpacked, 0) > MOST_UNPACKED) {
    throw new Refused('文件展开后太大，不能上传');
  }
  if (entries.some((entry) => PROGRAMS.test(entry.name))) {
    throw new Refused(MACROS);
  }
  const list = entries.find((entry) => entry.name === '[Content_Types].xml');
  const contentTypes = list ? unpackEntry(bytes, list, MOST_LIST).toString('utf8') : '';
  if (/macroEnabled|vbaProject/i.test(contentTypes)) {
    throw new Refused(MACROS);
  }
  const found = MAIN_PARTS.find(([part]) => contentTypes.includes(part));
  if (!found) {
    throw new Refused('只能上传 PDF、Word、Excel、PowerPoint 文件，不能上传压缩包');
  }
  return found[1];
}

const OLD_TYPES: readonly [stream: string, type: string][] = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['Book', 'application/vnd.ms-excel'],
  ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
];

/** The type of an old Office document. Throws `Refused` on macros, encryption and other compound files (installers). */
export function judgeCompoundFile(bytes: Buffer): string {
  const names = compoundNames(bytes);
  if (names.has('_VBA_PROJECT') || names.has('_VBA_PROJECT_CUR') || names.has('VBA') || names.has('Macros')) {
    throw new Refused(MACROS);
  }
  if (names.has('EncryptedPackage') || names.has('EncryptionInfo')) {
    throw new Refused('加密的文件不能上传，请去掉密码后再传');
  }
  const found = OLD_TYPES.find(([stream]) => names.has(stream));
  if (!found) {
    throw new Refused('只能上传 PDF、Word、Excel、PowerPoint 文件');
  }
  return found[1];
}

/**
 * Names of storages and streams. Directory entries are 128 bytes and aligned so from the file's beginning: a UTF-16 name
 * of at most 31 letters, at 64 its bytes with the closing zero, at 66 its kind (1 storage, 2 stream, 5 root).
 */
function compoundNames(bytes: Buffer): Set<string> {
  const names = new Set<string>();
  for (let at = 512; at + 128 <= bytes.length; at += 128) {
    const nameBytes = bytes.readUInt16LE(at + 64);
    const kind = bytes[at + 66];
    const isEntry =
      nameBytes >= 4 && nameBytes <= 64 && nameBytes % 2 === 0 && (kind === 1 || kind === 2 || kind === 5);
    if (isEntry && bytes.readUInt16LE(at + nameBytes - 2) === 0) {
      names.add(bytes.toString('utf16le', at, at + nameBytes - 2));
    }
  }
  return names;
}
