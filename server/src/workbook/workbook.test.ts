import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { unpackEntry, zipEntries } from '../zip.ts';
import { workbook, type Cell } from './workbook.ts';

const COLUMNS = [
  { head: '编号', width: 12 },
  { head: '时间', width: 16, kind: 'moment' as const },
  { head: '件数', width: 8, kind: 'count' as const },
];

describe('a workbook', () => {
  it('keeps texts, moments of Shanghai and numbers, and leaves empty what is not there', async () => {
    const rows: Cell[][] = [
      ['a<&>"b_x0041_\u0000', Date.parse('2026-07-06T14:30:00+08:00'), 1_142],
      [null, null, 3],
      ['@SUM(1)', Number.NaN, 0],
    ];
    const bytes = await buffer(workbook([{ name: '甲/乙', columns: COLUMNS, pages: [rows] }]));
    const minutes = (cell: unknown): unknown =>
      cell instanceof Date ? new Date(Math.round(cell.getTime() / 60_000) * 60_000) : cell;
    const read = (await readXlsxFile(bytes))[0]?.data.map((row) => row.map(minutes));
    expect(read).toEqual([
      ['编号', '时间', '件数'],
      ['a<&>"b_x0041_', new Date('2026-07-06T14:30:00Z'), 1_142],
      [null, null, 3],
      ["'@SUM(1)", null, 0],
    ]);
  });

  it('goes on in another sheet where one is full', async () => {
    const page = Array.from({ length: 7 }, (_, i): Cell[] => [`n${i}`, null, i]);
    const bytes = await buffer(workbook([{ name: '民情', columns: COLUMNS, pages: [page] }], 3));
    const sheets = zipEntries(bytes).filter((entry) => entry.name.includes('sheet'));
    expect(sheets.map((entry) => entry.name)).toEqual([1, 2, 3].map((n) => `xl/worksheets/sheet${n}.xml`));
    const names = unpackEntry(
      bytes,
      zipEntries(bytes).find((e) => e.name === 'xl/workbook.xml')!,
      10_000,
    ).toString('utf8');
    expect(names).toContain('name="民情 (3)"');
    expect((await readXlsxFile(bytes))[2]?.data.slice(1)).toEqual([['n6', null, 6]]);
  });

  it('reads no faster than it is read, and stops when its reader goes', async () => {
    let given = 0;
    let ended = false;
    async function* pages(): AsyncGenerator<Cell[][]> {
      try {
        for (;;) {
          given += 1;
          yield Array.from({ length: 250 }, (_, i): Cell[] => [`${given}-${i}-${Math.random()}`, null, i]);
        }
      } finally {
        ended = true;
      }
    }
    const stream = workbook([{ name: '民情', columns: COLUMNS, pages: pages() }]);
    stream.on('error', () => undefined);
    await wait(300);
    const waiting = given;
    await wait(200);
    expect(given).toBe(waiting);
    stream.destroy();
    await expect.poll(() => ended).toBe(true);
  });

  it('breaks off where reading fails, instead of looking whole', async () => {
    async function* pages(): AsyncGenerator<Cell[][]> {
      yield [['a', null, 1]];
      throw new Error('the database is gone');
    }
    await expect(buffer(workbook([{ name: '民情', columns: COLUMNS, pages: pages() }]))).rejects.toThrow(
      'the database is gone',
    );
  });
});
