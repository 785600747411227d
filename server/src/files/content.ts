/** What a file is, by its bytes alone. Names and declared types are claims that must agree with it. */
import { open, readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { kindOf, knownType, type FileKind } from './kinds.ts';
import { endOfZip } from '../zip.ts';
import { judgeCompoundFile, judgeOfficeZip } from './office.ts';
import { Refused } from './refused.ts';

export interface Content {
  type: string;
  kind: FileKind;
}

/** Sound recorded into a container that could hold pictures is found as a video. */
const AS_AUDIO: Readonly<Record<string, string>> = {
  'video/mp4': 'audio/mp4',
  'video/quicktime': 'audio/mp4',
  'video/webm': 'audio/webm',
  'video/3gpp': 'audio/3gpp',
};
const ZIPS = /^application\/(zip|vnd\.openxmlformats-officedocument\.|vnd\.ms-)|^application\/x-zip/;
const UNKNOWN = '不能上传这种文件，请传照片、PDF、Office 文件、语音或视频';

/**
 * Finds the type of a whole file on disk. Throws `Refused` when it is not taken or not what was claimed.
 * Pictures may be of another picture type than claimed, since messengers rename them freely and all are drawn anew.
 */
export async function judge(path: string, claimed: string): Promise<Content> {
  const type = await typeOf(path, kindOf(claimed));
  const kind = kindOf(type);
  const agrees = kind === kindOf(claimed) && (kind !== 'document' || type === claimed);
  if (!agrees) {
    throw new Refused('文件内容与它的类型不符，不能上传');
  }
  return { type, kind };
}

async function typeOf(path: string, claimed: FileKind): Promise<string> {
  const found = await fileTypeFromFile(path);
  const mime = found?.mime ?? '';
  if (ZIPS.test(mime)) {
    return judgeOfficeZip(await readFile(path));
  }
  if (mime === 'application/x-cfb') {
    return judgeCompoundFile(await readFile(path));
  }
  const type = knownType(mime);
  if (type === undefined) {
    throw new Refused(UNKNOWN);
  }
  if (type === 'application/pdf') {
    judgePdf(await readFile(path));
  }
  if (kindOf(type) !== 'image') {
    await refuseMarkup(path);
  }
  return claimed === 'audio' ? (AS_AUDIO[type] ?? type) : type;
}

/** ISO 32000-1, 7.5: begins with %PDF-, ends with %%EOF. Nothing else may stand before or after. */
function judgePdf(bytes: Buffer): void {
  const end = bytes.subarray(-2_048).lastIndexOf('%%EOF');
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-' || end < 0) {
    throw new Refused('文件已损坏，打不开');
  }
  if (endOfZip(bytes) !== null) {
    throw new Refused('这是两个文件合成的一个，不能上传');
  }
}

/** Browsers look for markup in the first kilobyte; a file that is kept as it is must not read as a page too. */
async function refuseMarkup(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1_024), 0, 1_024, 0);
    if (
      /<\s*(!doctype\s+html|html|head|body|script|iframe|svg|\?xml|\?php)/i.test(
        buffer.toString('latin1', 0, bytesRead),
      )
    ) {
      throw new Refused('这是两个文件合成的一个，不能上传');
    }
  } finally {
    await handle.close();
  }
}
