/**
 * The whole case as a ZIP: 办理单 as a page that opens anywhere, its history as data with the hashes that prove it, and
 * every file. It is written while it is read, one file after the other.
 */
import { PassThrough, type Readable } from 'node:stream';
import type { CasePrint } from '@minqing/shared/contract';
import { printPage } from '@minqing/shared/print';
import type { Actor } from '@minqing/shared/workflow';
import { ZipFile } from 'yazl';
import type { WholeCase } from '../cases/index.ts';
import type { OpenedFile } from '../files/index.ts';

const FOLDER = '附件';
const LONGEST_NAME = 80;

interface Packed {
  path: string;
  file: OpenedFile;
}

export interface ArchiveParts {
  whole: WholeCase;
  print: CasePrint;
  viewer: Actor;
  open(viewer: Actor, fileId: string): Promise<OpenedFile | null>;
}

/** The archive's bytes. A file that cannot be read any more breaks the stream: half an archive must not look whole. */
export async function caseArchive({ whole, print, viewer, open }: ArchiveParts): Promise<Readable> {
  const packed = new Map<string, Packed>();
  const missing: string[] = [];
  for (const { fileId, name } of [...print.photos.map((p) => ({ ...p, name: '' })), ...print.attachments]) {
    const file = await open(viewer, fileId);
    if (file && file.bytes !== null) {
      packed.set(fileId, { path: `${FOLDER}/${pathName(packed.size + 1, file.name)}`, file });
    } else {
      missing.push(name || fileId);
    }
  }
  const page = printPage(print, (fileId) => addressOf(packed.get(fileId)?.path ?? ''));
  const zip = new ZipFile();
  const out = new PassThrough();
  const fail = (error: unknown): void => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  zip.on('error', fail);
  (zip.outputStream as Readable).on('error', fail).pipe(out);
  zip.addBuffer(Buffer.from(page, 'utf8'), '办理单.html');
  zip.addBuffer(Buffer.from(JSON.stringify(historyOf(whole, print), null, 2), 'utf8'), '办理经过.json');
  zip.addBuffer(Buffer.from(listOf(print, packed, missing), 'utf8'), '清单.txt');
  for (const { path, file } of packed.values()) {
    // Photos, sound and video are packed already.
    zip.addReadStreamLazy(
      path,
      { compress: file.kind === 'document', size: file.bytes ?? undefined },
      (take) => {
        file.read().then(
          (stream) =>
            stream ? take(null, stream) : take(new Error('a file of the archive is gone'), null as never),
          (error: unknown) => take(error, null as never),
        );
      },
    );
  }
  zip.end();
  return out;
}

/** Of a file beside the page; `#`, `?` and `%` are part of names. */
const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** 01-路口.jpg: in the order of the sheet, with no sign a file system refuses. */
function pathName(n: number, name: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = name.replace(/[\u0000-\u001f\\/:*?"<>|]/g, '_').replace(/^\.+/, '_');
  const dot = plain.lastIndexOf('.');
  const ending = dot > 0 ? plain.slice(dot).slice(0, 10) : '';
  const stem = (dot > 0 ? plain.slice(0, dot) : plain).slice(0, LONGEST_NAME);
  return `${String(n).padStart(2, '0')}-${stem}${ending}`;
}

/** What this viewer may see of the history, each event with its place in the chain. */
function historyOf({ c, timeline, hashes }: WholeCase, print: CasePrint): object {
  const byVersion = new Map(hashes.map((each) => [each.version, each]));
  return {
    number: c.number,
    caseId: c.id,
    check: print.check,
    printed: print.printed,
    events: timeline.map(({ version, action, at, who, title, text, result, stars, files, internal }) => ({
      version,
      action,
      at,
      who,
      title,
      text,
      result,
      stars,
      internal,
      files: files.map(({ id, name }) => ({ id, name })),
      previousHash: byVersion.get(version)?.prev_hash ?? null,
      hash: byVersion.get(version)?.hash ?? null,
    })),
  };
}

function listOf(print: CasePrint, packed: ReadonlyMap<string, Packed>, missing: readonly string[]): string {
  const lines = [
    `${print.number}　${print.title}`,
    print.printed,
    `记录校验码 ${print.check}`,
    '',
    '办理单.html　用浏览器打开，可直接打印',
    '办理经过.json　每一步的时间、内容和校验值（SHA-256）',
    ...[...packed.values()].map(({ path, file }) => `${path}　${file.bytes} 字节　SHA-256 ${file.sha256}`),
    ...missing.map((name) => `（${name} 没有取到，可能已清理或不便提供）`),
  ];
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
