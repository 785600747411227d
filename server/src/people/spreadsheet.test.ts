import { deflateRawSync } from 'node:zlib';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { readSpreadsheet, SHEET_LIMITS, UnreadableSheet, writeTemplate } from './spreadsheet.ts';

const workbook = (...sheets: { sheet: string; data: unknown[][] }[]): Promise<Buffer> =>
  writeXlsxFile(
    sheets.map(({ sheet, data }) => ({
      sheet,
      data: data.map((row) =>
        row.map((value) =>
          value === null ? null : { value, ...(value instanceof Date ? { format: 'yyyy-mm-dd' } : {}) },
        ),
      ),
    })) as never,
  ).toBuffer() as Promise<Buffer>;

/** A ZIP of one entry that says `says` bytes and unpacks to `bytes`. */
function zip(name: string, bytes: Buffer, says = bytes.length): Buffer {
  const packed = deflateRawSync(bytes);
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(says, 22);
  local.writeUInt16LE(title.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(says, 24);
  central.writeUInt16LE(title.length, 28);
  const start = 30 + title.length + packed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + title.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([local, title, packed, central, title, end]);
}

describe('reading a spreadsheet', () => {
  it('gives text as it would be typed, with the rows’ own numbers', async () => {
    const bytes = await workbook({
      sheet: '人员',
      data: [
        ['账号', '姓名', '手机号', '开始日期'],
        ['zhou', ' 周凯 ', 19_905_790_004, new Date('2022-01-01T00:00:00Z')],
        [null, null, null, null],
        ['wu', '吴珊', null, null],
      ],
    });
    const [sheet] = await readSpreadsheet(bytes);
    expect(sheet).toEqual({
      name: '人员',
      table: {
        header: ['账号', '姓名', '手机号', '开始日期'],
        rows: [
          { line: 2, cells: ['zhou', '周凯', '19905790004', '2022-01-01'] },
          { line: 4, cells: ['wu', '吴珊', '', ''] },
        ],
      },
    });
  });

  it('gives every sheet by its name', async () => {
    const bytes = await workbook({ sheet: '单位', data: [['甲']] }, { sheet: '人员', data: [['乙']] });
    expect((await readSpreadsheet(bytes)).map((sheet) => sheet.name)).toEqual(['单位', '人员']);
  });

  it.each([
    ['UTF-8', Buffer.from('姓名,账号\n周凯,zhou\n', 'utf8')],
    ['UTF-8 with a mark', Buffer.from('\uFEFF姓名,账号\r\n周凯,zhou\r\n', 'utf8')],
    [
      'GB18030, as Excel writes it on Chinese Windows',
      Buffer.from([
        0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd5, 0xcb, 0xba, 0xc5, 0x0a, 0xd6, 0xdc, 0xbf, 0xad, 0x2c, 0x7a, 0x68,
        0x6f, 0x75, 0x0a,
      ]),
    ],
  ])('reads CSV in %s', async (_what, bytes) => {
    const [sheet] = await readSpreadsheet(bytes);
    expect(sheet?.table).toEqual({ header: ['姓名', '账号'], rows: [{ line: 2, cells: ['周凯', 'zhou'] }] });
  });

  it('reads back the template it wrote', async () => {
    const bytes = await writeTemplate([
      { name: '单位', header: ['单位名称', '简称'], example: ['金华市教育局', '教育局'] },
    ]);
    expect(await readSpreadsheet(bytes)).toEqual([
      {
        name: '单位',
        table: { header: ['单位名称', '简称'], rows: [{ line: 2, cells: ['金华市教育局', '教育局'] }] },
      },
    ]);
  });
});

describe('a spreadsheet that cannot be read', () => {
  const refusal = async (bytes: Buffer): Promise<string> => {
    const error: unknown = await readSpreadsheet(bytes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableSheet);
    return (error as Error).message;
  };

  it('is too large, too long or too wide, and says which', async () => {
    expect(await refusal(Buffer.alloc(SHEET_LIMITS.bytes + 1, 'a'))).toContain('4 MB');
    const long = `姓名\n${'周凯\n'.repeat(SHEET_LIMITS.rows + 1)}`;
    expect(await refusal(Buffer.from(long))).toContain('5000 行');
    expect(await refusal(Buffer.from(Array.from({ length: 41 }, (_, n) => `c${n}`).join(',')))).toContain(
      '40 列',
    );
    expect(await refusal(Buffer.from(`姓名\n${'周'.repeat(501)}`))).toContain('第 2 行');
  });

  it('is no spreadsheet', async () => {
    expect(await refusal(zip('hello.txt', Buffer.from('hello')))).toContain('不是 Excel 表格');
    expect(await refusal(Buffer.from('PK damaged'))).toContain('损坏');
    expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]))).toContain('不是表格文件');
    expect(await refusal(Buffer.from('a,b\n1,2,3\n'))).toContain('读不懂');
  });

  it('would fill the memory: one that says so, and one that lies about it', async () => {
    const bomb = Buffer.alloc(70 * 1024 * 1024);
    expect(await refusal(zip('xl/worksheets/sheet1.xml', bomb))).toContain('展开后太大');
    expect(await refusal(zip('xl/worksheets/sheet1.xml', bomb, 1_000))).toContain('损坏');
  });
});
