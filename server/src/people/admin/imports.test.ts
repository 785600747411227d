import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAdminTown, type AdminTown } from '../../../../tests/support/admin.ts';
import { STORES } from '../../../../tests/support/stores.ts';
import { readSpreadsheet } from '../spreadsheet.ts';

const UNITS = '单位名称,简称,类型,地区';
const PEOPLE = '账号,姓名,手机号,角色,地区,单位,界别,专委会,届次,开始日期';

describe.each(STORES)('importing a spreadsheet on $name', (kind) => {
  let all: AdminTown;
  beforeAll(async () => {
    all = await openAdminTown(await kind.create());
  });
  beforeEach(async () => {
    await all.empty();
    await all.town.store.transact((tx) => tx.deleteFrom('unit').where('name', 'like', '%教育局').execute());
    await all.town.people.directory.refresh();
  });
  afterAll(() => all.close());

  const csv = (head: string, ...lines: string[]): Buffer => Buffer.from([head, ...lines].join('\n'));
  const imports = () => all.town.people.imports;
  const check = async (bytes: Buffer, who = all.ids.admin) => imports().check(await all.as(who), bytes);
  const apply = async (bytes: Buffer, plan: string, request = all.request()) =>
    imports().apply(await all.as(all.ids.admin), bytes, plan, request);
  const units = async (): Promise<string[]> =>
    (await all.town.people.admin.units(await all.as(all.ids.admin), { state: 'active' })).items.map(
      (unit) => unit.name,
    );

  it('tells row by row what it would do, writes nothing, and then writes just that', async () => {
    const book: Buffer = (await writeXlsxFile([
      { sheet: '说明', data: [[{ value: '照着填' }]] },
      {
        sheet: '单位',
        data: [UNITS.split(','), ['金华市教育局', '教育局', '部门', '金华市']].map((row) =>
          row.map((value) => ({ value })),
        ),
      },
      {
        sheet: '人员',
        data: [
          PEOPLE.split(','),
          ['li', '李强', 13_800_001_111, '经办人', '金华市', '金华市教育局', null, null, null, null],
        ].map((row) => row.map((value) => (value === null ? null : { value }))),
      },
    ] as never).toBuffer()) as Buffer;
    const seen = await check(book);
    expect(seen).toMatchObject({
      summary: '会写入：1 个单位，1 行人员，1 个角色',
      errors: [],
      rows: [
        { table: '单位', line: 2, text: '新增 金华市教育局（部门，金华市）', changes: true },
        { table: '人员和角色', line: 2, text: '李强：新增，给角色 经办人 · 金华市教育局', changes: true },
      ],
      applied: false,
    });
    expect(await units()).not.toContain('金华市教育局');
    const request = all.request();
    expect(await apply(book, seen.plan, request)).toMatchObject({ applied: true, changing: 2 });
    expect(await apply(book, seen.plan, request)).toMatchObject({ applied: true });
    expect(await units()).toContain('金华市教育局');
    expect(await check(book)).toMatchObject({
      summary: '表格里的内容都已经有了，没有要写入的',
      changing: 0,
      same: 2,
    });
    expect(await all.kinds()).toEqual(['roster']);
  });

  it('names every wrong row by its number and writes none of the others', async () => {
    const bytes = csv(
      PEOPLE,
      'wu,吴珊,13800002222,经办人,金华市,金华市公安局交警支队,,,,',
      'he,何芳,1380,经办人,金华市,金华市公安局交警支队,,,,',
      'qian,钱进,,厨师,金华市,,,,,',
      'du,杜明,,经办人,金华市,没有的局,,,,',
      'sun,孙立,,督查,杭州市,,,,,',
      'admin,黄小强,,督查,金华市,,,,,',
      'zhao,赵云,,负责人,金华市,金华市三服务办,,,,2022/1/1',
    );
    const seen = await check(bytes);
    expect(seen.errors.map((error) => [error.line, error.message])).toEqual([
      [3, '手机号「1380」不对'],
      [4, '没有角色「厨师」'],
      [5, '没有单位「没有的局」'],
      [6, '这个地区不归您管'],
      [7, '账号「admin」是黄志强的，不是黄小强；请核对账号'],
      [8, '起始日期「2022/1/1」不是 YYYY-MM-DD'],
    ]);
    expect(seen.summary).toContain('6 行要改');
    await expect(apply(bytes, seen.plan)).rejects.toThrow('没有写入任何内容');
    expect(
      (await all.town.people.admin.people(await all.as(all.ids.admin), { q: '吴珊', state: 'all' })).items,
    ).toEqual([]);
  });

  it('touches no unit of another administrator, nor what a unit is', async () => {
    const bytes = csv(
      UNITS,
      '婺城区教育局,教育局,部门,婺城区',
      '金华市公安局交警支队,交警,部门,金华市',
      '金华市三服务办,办,部门,婺城区',
      '婺城区新政协,政协,政协,婺城区',
    );
    expect((await check(bytes, all.ids.county)).errors.map((error) => [error.line, error.message])).toEqual([
      [3, '这个地区不归您管'],
      [4, '这个地区不归您管'],
      [5, '这个地区已经有政协：婺城区政协'],
    ]);
    const own = await check(bytes);
    expect(own.errors.map((error) => error.line)).toEqual([4, 5]);
    expect(own.rows).toMatchObject([{ line: 2 }, { line: 3, text: '金华市公安局交警支队：简称改为 交警' }]);
  });

  it('is refused when what it would do has changed since it was checked', async () => {
    const bytes = csv(UNITS, '金华市教育局,教育局,部门,金华市');
    const seen = await check(bytes);
    await all.town.people.admin.addUnit(
      await all.as(all.ids.admin),
      { name: '金华市教育局', shortName: '教育局', type: 'department', areaId: '330700' },
      all.request(),
    );
    await expect(apply(bytes, seen.plan)).rejects.toThrow('再检查一遍');
  });

  it('says what is missing in a file that is none of the tables', async () => {
    await expect(check(csv('甲,乙', '1,2'))).rejects.toMatchObject({
      code: 'fileRefused',
      title: expect.stringContaining('「类型」列'),
    });
    await expect(check(csv('单位名称,类型', '甲,部门'))).resolves.toMatchObject({
      errors: [{ table: '单位', line: 1, message: '缺少列：简称、地区' }],
    });
    await expect(check(Buffer.from('PK broken'))).rejects.toMatchObject({ code: 'fileRefused' });
  });

  it('takes the templates it hands out', async () => {
    const viewer = await all.as(all.ids.admin);
    const [units_, people] = await readSpreadsheet(await imports().template(viewer, 'workbook'));
    expect([units_?.table.header.join(','), people?.table.header.join(',')]).toEqual([UNITS, PEOPLE]);
    expect((await imports().template(viewer, 'people')).toString('utf8')).toMatch(
      new RegExp(`^\uFEFF${PEOPLE}\r\n`),
    );
    expect((await check(await imports().template(viewer, 'units'))).errors).toEqual([]);
  });

  it('is closed to everybody but administrators', async () => {
    const zhou = await all.town.addPerson('zhou', '周凯', {
      role: 'head',
      unitId: 'traffic',
      areaId: '330700',
    });
    const bytes = csv(UNITS, '金华市教育局,教育局,部门,金华市');
    await expect(check(bytes, zhou)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(imports().apply(await all.as(zhou), bytes, 'x', all.request(zhou))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
