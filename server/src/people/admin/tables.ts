/** The lists of areas, units and people as workbooks. */
import type { AreaTree, PersonPage, UnitPage } from '@minqing/shared/contract';
import { linesCell, part, yesCell, type Book } from '../../workbook/index.ts';

export const AREA_BOOK: Book<AreaTree> = {
  name: '地区',
  parts: [
    part('地区', ({ items }) => items.map((area) => ({ area, above: nameIn(items, area.parentId) })), [
      ['代码', 14, ({ area }) => area.id],
      ['名称', 20, ({ area }) => area.name],
      ['级别', 8, ({ area }) => area.tierLabel],
      ['上级地区', 20, ({ above }) => above],
      ['编号前缀', 10, ({ area }) => area.prefix],
      ['政协', 26, ({ area }) => area.committee?.name ?? null],
      ['三服务办', 26, ({ area }) => area.dispatchOffice?.name ?? null],
      ['用上级的三服务办', 16, ({ area }) => yesCell(area.borrowed)],
      ['单位数', 8, ({ area }) => area.units, 'count'],
      ['还缺什么', 44, ({ area }) => linesCell(area.warnings), 'wrapped'],
    ]),
  ],
};

const nameIn = (items: AreaTree['items'], id: string | null): string | null =>
  items.find((area) => area.id === id)?.name ?? null;

export const UNIT_BOOK: Book<UnitPage> = {
  name: '单位',
  parts: [
    part('单位', ({ items }) => items, [
      ['单位', 32, (unit) => unit.name],
      ['简称', 16, (unit) => unit.shortName],
      ['类型', 12, (unit) => unit.typeLabel],
      ['地区', 14, (unit) => unit.area.name],
      ['状态', 8, (unit) => (unit.active ? '在用' : '已停用')],
      ['人员', 30, (unit) => unit.staffText],
      ['还缺什么', 40, (unit) => linesCell(unit.warnings), 'wrapped'],
    ]),
  ],
};

export const PERSON_BOOK: Book<PersonPage> = {
  name: '人员与角色',
  parts: [
    part('人员与角色', ({ items }) => items, [
      ['姓名', 14, (person) => person.name],
      ['职务', 24, (person) => person.title],
      ['手机', 16, (person) => person.phone],
      ['角色', 48, (person) => linesCell(person.roles), 'wrapped'],
      ['状态', 10, (person) => (person.active ? '在册' : '已离开')],
      ['使用情况', 24, (person) => person.seenText],
    ]),
  ],
};
