import { buffer } from 'node:stream/consumers';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { linesCell, momentCell, part, sheetsOf, workbook, yesCell, type Book } from './index.ts';

interface Page {
  items: { name: string; roles: string[]; on: boolean; at: string | null }[];
  after: string | null;
  total: number;
}
const BOOK: Book<Page> = {
  name: '人',
  parts: [
    part('人', ({ items }) => items, [
      ['姓名', 10, (one) => one.name],
      ['角色', 20, (one) => linesCell(one.roles), 'wrapped'],
      ['在册', 6, (one) => yesCell(one.on)],
      ['时间', 16, (one) => momentCell(one.at), 'moment'],
    ]),
    part('合计', ({ total }) => [total], [['人数', 8, (total) => total, 'count']]),
  ],
};
const person = (name: string): Page['items'][number] => ({ name, roles: [], on: true, at: null });

describe('the workbook of a list', () => {
  it('goes through every page by its cursor; the other sheets tell what the first answer told', async () => {
    const asked: string[] = [];
    const pages: Record<string, Page> = {
      a: { items: [person('乙')], after: 'b', total: 9 },
      b: { items: [], after: null, total: 9 },
    };
    const first: Page = {
      items: [{ name: '甲', roles: ['经办人', '负责人'], on: false, at: '2026-07-06T12:00:00+08:00' }],
      after: 'a',
      total: 3,
    };
    const sheets = sheetsOf(BOOK, first, async (after) => {
      asked.push(after);
      return pages[after] as Page;
    });
    const read = await readXlsxFile(await buffer(workbook(sheets)));
    expect(asked).toEqual(['a', 'b']);
    expect(read.map(({ sheet }) => sheet)).toEqual(['人', '合计']);
    expect(read[0]?.data).toEqual([
      ['姓名', '角色', '在册', '时间'],
      ['甲', '经办人\n负责人', '否', new Date('2026-07-06T12:00:00Z')],
      ['乙', null, '是', null],
    ]);
    expect(read[1]?.data).toEqual([['人数'], [3]]);
  });

  it('breaks off when a later page is refused: half a list must not look whole', async () => {
    const page: Page = { items: [person('甲')], after: 'a', total: 1 };
    const sheets = sheetsOf(BOOK, page, () => Promise.reject(new Error('refused')));
    await expect(buffer(workbook(sheets))).rejects.toThrow('refused');
  });
});
