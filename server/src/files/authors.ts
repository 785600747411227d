/**
 * Who wrote a document. Office's ZIPs tell it in parts of their own, which are emptied when the file comes. Where names or
 * places may stay (comments, revisions, photos inside, other documents inside) the file is said to keep them.
 */
import { BadZip, rewriteZip, unpackEntry, zipEntries, type Entry } from '../zip.ts';
import { Refused } from './refused.ts';

const EMPTY: Readonly<Record<string, string>> = {
  'docProps/core.xml':
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  'docProps/app.xml':
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  'docProps/custom.xml':
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
};
const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Excel writes down in which folder of whose computer the file lay. */
const WORKBOOK = 'xl/workbook.xml';
const FOLDER = /(<x15ac:absPath\b[^>]*\burl=")[^"]*/g;

/** Parts that name people, and parts that are files of their own. */
const TELLING_PARTS =
  /(^|\/)(comments[^/]*|commentsExtended|people|commentAuthors|authors|userNames)\.xml$|(^|\/)(comments|persons|threadedComments|revisions|embeddings)\//i;
/** Names in the text itself: revisions of Word, whoever reserved a workbook for writing. */
const TELLING_TEXT = /\bw:author="[^"]|<fileSharing\b[^>]*\buserName="[^"]/;
const PICTURE = /\.(jpe?g|heic|tiff?)$/i;
const EXIF = Buffer.from('Exif\0\0', 'latin1');
/** One part, unpacked; the whole was checked when the file was judged. */
const MOST_PART = 128 * 1024 * 1024;

export interface Cleaned {
  bytes: Buffer;
  /** Somebody may still be known by it. */
  keeps: boolean;
}

/** An Office ZIP without the names in its properties. Throws `Refused` when a part of it is damaged. */
export function cleanOfficeZip(bytes: Buffer): Cleaned {
  try {
    return clean(bytes);
  } catch (error) {
    throw error instanceof BadZip ? new Refused(error.problem, error) : error;
  }
}

function clean(bytes: Buffer): Cleaned {
  const keeps = zipEntries(bytes).some((entry) => tells(bytes, entry));
  return {
    keeps,
    bytes: rewriteZip(bytes, (entry) => {
      const empty = EMPTY[entry.name];
      if (empty !== undefined) {
        return Buffer.from(HEADER + empty);
      }
      return entry.name === WORKBOOK
        ? Buffer.from(unpackEntry(bytes, entry, MOST_PART).toString('utf8').replace(FOLDER, '$1'))
        : undefined;
    }),
  };
}

function tells(bytes: Buffer, entry: Entry): boolean {
  if (TELLING_PARTS.test(entry.name)) {
    return true;
  }
  if (PICTURE.test(entry.name)) {
    return unpackEntry(bytes, entry, MOST_PART).includes(EXIF);
  }
  return (
    /\.xml$/i.test(entry.name) && TELLING_TEXT.test(unpackEntry(bytes, entry, MOST_PART).toString('utf8'))
  );
}
