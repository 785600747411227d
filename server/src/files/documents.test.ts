import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileServer, makePicture, type FileServer } from '../../../tests/support/files.ts';
import { addCaseNaming } from './case.test-support.ts';
import { unpackEntry, zipEntries } from '../zip.ts';
import { whyNotAnonymous } from './index.ts';

let server: FileServer;
beforeEach(async () => {
  server = await createFileServer();
});
afterEach(() => server.close());

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

const contentTypes = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/x.xml" ContentType="application/${main}"/></Types>`;
const WORD = {
  '[Content_Types].xml': contentTypes('vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
  'word/document.xml': '<w/>',
};
const SHEET = {
  '[Content_Types].xml': contentTypes('vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'),
  'xl/workbook.xml': '<x/>',
};

/** A ZIP by hand (PKWARE APPNOTE): local headers, central directory, end. */
function zip(files: Record<string, string>, more: { flags?: number; comment?: string } = {}): Buffer {
  const flags = more.flags ?? 0;
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(22);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(flags, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(text), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(Buffer.byteLength(text), 18);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(title.length);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), facts, lengths, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), facts, lengths, tail, title]),
    );
    local.push(entry);
    at += entry.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(Buffer.byteLength(more.comment ?? ''), 16);
  return Buffer.concat([
    ...local,
    directory,
    Buffer.from('PK\x05\x06'),
    end,
    Buffer.from(more.comment ?? ''),
  ]);
}

/** An old Office document: the header of a compound file and directory entries, as [MS-CFB] lays them out. */
function compound(names: string[]): Buffer {
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  const entries = ['Root Entry', ...names].map((name, index) => {
    const entry = Buffer.alloc(128);
    entry.write(name, 'utf16le');
    entry.writeUInt16LE((name.length + 1) * 2, 64);
    entry[66] = index === 0 ? 5 : 2;
    return entry;
  });
  return Buffer.concat([header, ...entries, Buffer.alloc(1_024)]);
}

/** A video's beginning: the `ftyp` box of ISO 14496-12, then bytes. */
const MP4 = Buffer.concat([
  Buffer.from('00000018667479706d70343200000000', 'hex'),
  Buffer.from('mp42isom'),
  Buffer.from('place +29.1028+119.6495/'),
]);

describe('a document', () => {
  const SWAPPED = '文件内容与它的类型不符，不能上传';
  const MACROS = '文件里有宏或程序，不能上传，请去掉后再传';
  const TWO = '这是两个文件合成的一个，不能上传';
  const DAMAGED = '文件已损坏，打不开';
  const UNKNOWN = '不能上传这种文件，请传照片、PDF、Office 文件、语音或视频';

  const refusals: [
    what: string,
    bytes: () => Buffer | Promise<Buffer>,
    name: string,
    type: string,
    problem: string,
  ][] = [
    ['a picture called a PDF', () => makePicture(), 'a.pdf', 'application/pdf', SWAPPED],
    ['a PDF called a picture', () => PDF, 'a.jpg', 'image/jpeg', SWAPPED],
    ['a PDF called a video', () => PDF, 'a.mp4', 'video/mp4', SWAPPED],
    ['a Word file called Excel', () => zip(WORD), 'a.xlsx', XLSX, SWAPPED],
    [
      'a program called a PDF',
      () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)]),
      'a.pdf',
      'application/pdf',
      UNKNOWN,
    ],
    [
      'a Linux program called a picture',
      () => Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(400)]),
      'a.jpg',
      'image/jpeg',
      UNKNOWN,
    ],
    [
      'an SVG called a picture',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'a.png',
      'image/png',
      UNKNOWN,
    ],
    [
      'a page called a PDF',
      () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      'a.pdf',
      'application/pdf',
      UNKNOWN,
    ],
    ['plain text called Word', () => Buffer.from('hello'), 'a.docx', DOCX, UNKNOWN],
    [
      'a ZIP called Word',
      () => zip({ 'a.txt': 'x' }),
      'a.docx',
      DOCX,
      '只能上传 PDF、Word、Excel、PowerPoint 文件，不能上传压缩包',
    ],
    ['Word with macros', () => zip({ ...WORD, 'word/vbaProject.bin': 'x' }), 'a.docx', DOCX, MACROS],
    [
      'a macro type called .docx',
      () =>
        zip({ ...WORD, '[Content_Types].xml': contentTypes('vnd.ms-word.document.macroEnabled.main+xml') }),
      'a.docx',
      DOCX,
      MACROS,
    ],
    [
      'Excel with a program inside',
      () => zip({ ...SHEET, 'xl/embeddings/run.EXE': 'MZ' }),
      'a.xlsx',
      XLSX,
      MACROS,
    ],
    ['encrypted Word', () => zip(WORD, { flags: 1 }), 'a.docx', DOCX, '加密的文件不能上传，请去掉密码后再传'],
    [
      'a ZIP with something behind it',
      () => Buffer.concat([zip(WORD), Buffer.from('MZ')]),
      'a.docx',
      DOCX,
      DAMAGED,
    ],
    ['a PDF that is a ZIP too', () => Buffer.concat([PDF, zip(WORD)]), 'a.pdf', 'application/pdf', TWO],
    [
      'a PDF that is a page too',
      () => Buffer.concat([Buffer.from('%PDF-1.4\n<script>alert(1)</script>\n'), PDF]),
      'a.pdf',
      'application/pdf',
      TWO,
    ],
    ['half a PDF', () => PDF.subarray(0, 40), 'a.pdf', 'application/pdf', DAMAGED],
    [
      'old Word with macros',
      () => compound(['WordDocument', '_VBA_PROJECT']),
      'a.doc',
      'application/msword',
      MACROS,
    ],
    [
      'an installer called old Word',
      () => compound(['\u4840Property']),
      'a.doc',
      'application/msword',
      '只能上传 PDF、Word、Excel、PowerPoint 文件',
    ],
    ['old Excel called old Word', () => compound(['Workbook']), 'a.doc', 'application/msword', SWAPPED],
    [
      'a video that is a page too',
      () => Buffer.concat([MP4, Buffer.from('<html><script>')]),
      'a.mp4',
      'video/mp4',
      TWO,
    ],
  ];

  it.each(refusals)('is refused: %s', async (_what, bytes, name, type, problem) => {
    const { id, answer } = await server.upload(await bytes(), name, type);
    expect(answer.body).toMatchObject({ state: 'refused', problem });
    expect((await server.download(`/api/files/${id}`, server.lin)).status).toBe(404);
  });

  it('that would unpack to fill a disk is refused', async () => {
    const bomb = zip(WORD);
    const at = bomb.indexOf('PK\x01\x02');
    bomb.writeUInt32LE(0x7fffffff, at + 24);
    expect((await server.upload(bomb, 'a.docx', DOCX)).answer.body['problem']).toBe(
      '文件展开后太大，不能上传',
    );
  });

  it.each([
    ['PDF', PDF, '会议 纪要.pdf', 'application/pdf'],
    ['old Word', compound(['WordDocument', '1Table']), 'a.doc', 'application/msword'],
    ['old Excel', compound(['Workbook']), 'a.xls', 'application/vnd.ms-excel'],
  ])('is kept byte for byte and offered as a download: %s', async (_what, bytes, name, type) => {
    const { id, answer } = await server.upload(bytes, name, type);
    expect(answer.body['state']).toBe('ready');
    const kept = await server.download(`/api/files/${id}`, server.lin);
    expect(kept.bytes.equals(bytes)).toBe(true);
    expect(kept.headers.get('content-type')).toBe(type);
    expect(kept.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect((await server.download(`/api/files/${id}/thumb`, server.lin)).status).toBe(404);
  });

  /** The parts of an Office ZIP as it is served. */
  async function served(files: Record<string, string>, name: string, type: string) {
    const { id, answer } = await server.upload(zip(files), name, type);
    expect(answer.body['state']).toBe('ready');
    const { bytes, headers } = await server.download(`/api/files/${id}`, server.lin);
    const parts = Object.fromEntries(
      zipEntries(bytes).map((entry) => [entry.name, unpackEntry(bytes, entry, 100_000).toString('utf8')]),
    );
    const telling = await server.store.read((db) => whyNotAnonymous(db, [id]));
    return { parts, bytes, telling, type: headers.get('content-type') };
  }
  const PROPERTIES = {
    'docProps/core.xml': '<cp:coreProperties><dc:creator>王小明</dc:creator></cp:coreProperties>',
    'docProps/app.xml': '<Properties><Company>某某公司</Company><Manager>李四</Manager></Properties>',
    'docProps/custom.xml': '<Properties><property name="电话">13800000000</property></Properties>',
  };

  it('loses its author and keeps everything else: Word', async () => {
    const found = await served({ ...WORD, ...PROPERTIES }, 'a.docx', DOCX);
    expect(found.type).toBe(DOCX);
    expect(Object.keys(found.parts)).toEqual(Object.keys({ ...WORD, ...PROPERTIES }));
    expect(found.parts).toMatchObject(WORD);
    expect(Object.values(found.parts).join('')).not.toMatch(/王小明|某某公司|李四|13800000000/);
    expect(found.telling).toBeNull();
  });

  it('loses the folder it lay in: Excel', async () => {
    const workbook = '<workbook><x15ac:absPath url="C:\\Users\\王小明\\桌面\\"/><sheets/></workbook>';
    const found = await served({ ...SHEET, 'xl/workbook.xml': workbook }, 'a.xlsx', XLSX);
    expect(found.parts['xl/workbook.xml']).toBe('<workbook><x15ac:absPath url=""/><sheets/></workbook>');
    expect(found.telling).toBeNull();
  });

  it.each([
    ['comments', { 'word/comments.xml': '<w:comment w:author="王小明"/>' }],
    ['revisions', { 'word/document.xml': '<w><w:ins w:author="王小明"/></w>' }],
    ['a photo with its place', { 'word/media/image1.jpeg': '\u00ff\u00d8Exif\0\0GPS' }],
    ['a document inside', { 'word/embeddings/a.xlsx': 'PK' }],
  ])('with %s is taken, but not with an anonymous report', async (_what, more) => {
    const found = await served({ ...WORD, ...more }, 'a.docx', DOCX);
    expect(found.type).toBe(DOCX);
    expect(found.telling).toContain('匿名反映请删去后再传');
  });

  it('that cannot be cleaned is taken, but not with an anonymous report: PDF', async () => {
    const { id } = await server.upload(PDF, 'a.pdf', 'application/pdf');
    expect(await server.store.read((db) => whyNotAnonymous(db, [id]))).toMatch(/^PDF .*请改传照片/);
    const waited = crypto.randomUUID();
    await server.store.transact((tx) => addCaseNaming(tx, waited, server.linId, 1));
    await server.announce({ id: waited, name: 'a.pdf', type: 'application/pdf', bytes: PDF.length });
    expect((await server.send(waited, 0, PDF)).body['problem']).toMatch(/^PDF .*请改传照片/);
  });

  it('with an ending and no declared type is known by it', async () => {
    expect((await server.upload(zip(WORD), 'a.docx', '')).answer.body['state']).toBe('ready');
  });
});

describe('voice and video', () => {
  /** Names the file in an anonymous, or open, report of the uploader's. */
  async function nameInCase(fileId: string, anonymous: 0 | 1): Promise<void> {
    await server.store.transact((tx) => addCaseNaming(tx, fileId, server.linId, anonymous));
  }

  it('on a machine without ffmpeg are kept and marked, so that no anonymous report takes them', async () => {
    const { id, answer } = await server.upload(MP4, 'a.mp4', 'video/mp4');
    expect(answer.body['state']).toBe('ready');
    expect(await server.store.read((db) => whyNotAnonymous(db, [id]))).toContain('位置信息');
    expect((await server.download(`/api/files/${id}`, server.lin)).headers.get('content-type')).toBe(
      'video/mp4',
    );
    const photo = await server.upload(await makePicture(), 'a.jpg', 'image/jpeg');
    expect(await server.store.read((db) => whyNotAnonymous(db, [photo.id]))).toBeNull();
  });

  it('without ffmpeg are refused when an anonymous report waits for them', async () => {
    const id = crypto.randomUUID();
    await nameInCase(id, 1);
    await server.announce({ id, name: 'a.mp4', type: 'video/mp4', bytes: MP4.length });
    expect((await server.send(id, 0, MP4)).body).toMatchObject({
      state: 'refused',
      problem: '语音、视频里有位置信息，匿名反映请改用照片',
    });
  });

  it('without ffmpeg are hidden from everybody else if an anonymous report names them all the same', async () => {
    const { id } = await server.upload(MP4, 'a.mp4', 'video/mp4');
    server.cases.maySeeFile = async () => true;
    await nameInCase(id, 0);
    expect((await server.download(`/api/files/${id}`, server.zhou)).status).toBe(200);
    await nameInCase(id, 1);
    expect((await server.download(`/api/files/${id}`, server.zhou)).status).toBe(404);
    expect((await server.download(`/api/files/${id}`, server.lin)).status).toBe(200);
  });

  it('with ffmpeg are copied without their tags, and refused when it cannot read them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'minqing-ffmpeg-'));
    // Stands in for ffmpeg: keeps the first 24 bytes, insists on the switches that matter, fails on "broken".
    const program = join(folder, 'ffmpeg');
    writeFileSync(
      program,
      `#!${process.execPath}
const fs = require('node:fs');
const args = process.argv.slice(2).join(' ');
if (args.includes('-version')) process.exit(0);
const input = fs.readFileSync(process.argv[process.argv.indexOf('-i') + 1]);
const asked = ['-map_metadata -1', '-map_chapters -1', '-c copy', '-f mov', '-protocol_whitelist file', '-dn'].every((part) => args.includes(part));
if (!asked || input.includes('broken')) process.exit(1);
fs.writeFileSync(process.argv.at(-1), input.subarray(0, 24));
`,
    );
    chmodSync(program, 0o755);
    await server.restart({ ffmpeg: program });
    const { id, answer } = await server.upload(MP4, 'a.mp4', 'video/mp4');
    expect(answer.body['state']).toBe('ready');
    const kept = await server.download(`/api/files/${id}`, server.lin);
    expect(kept.bytes.equals(MP4.subarray(0, 24))).toBe(true);
    expect(await server.store.read((db) => whyNotAnonymous(db, [id]))).toBeNull();
    const broken = await server.upload(Buffer.concat([MP4, Buffer.from('broken')]), 'a.mp4', 'video/mp4');
    expect(broken.answer.body).toMatchObject({ state: 'refused', problem: '语音或视频已损坏，打不开' });
    rmSync(folder, { recursive: true, force: true });
  });

  it('recorded as sound into a container of pictures count as sound', async () => {
    const { id } = await server.upload(MP4, '录音.m4a', 'audio/x-m4a');
    const row = await server.store.read((db) =>
      db.selectFrom('file').select(['kind', 'name', 'type']).where('id', '=', id).executeTakeFirst(),
    );
    expect(row).toEqual({ kind: 'audio', name: '录音.m4a', type: 'audio/mp4;metadata=kept' });
  });
});
