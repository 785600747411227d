import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoPeople, type DemoPerson } from './people.ts';
import { AREAS, CITY, COUNTIES, PROVINCE, UNITS } from './places.ts';

/** Organisation id of the demo's directory: the one in the demo keys. */
const CORP_ID = 'dingminqingcorp00001';
/** Everybody's grants of the demo begin with the committee's term. */
const TERM = '第八届';
const FROM = '2022-01-01';
const ROOT = 1;

/** The directory as the local messenger reads it: departments named exactly like areas and units. */
export function demoDirectory(): object {
  const departmentOf = (code: number): number => (code === PROVINCE.code ? ROOT : code);
  const departments = [
    { id: ROOT, parentId: null, name: PROVINCE.name },
    { id: CITY.code, parentId: ROOT, name: CITY.name },
    ...COUNTIES.map((area) => ({ id: area.code, parentId: CITY.code, name: area.name })),
    ...UNITS.map((unit) => ({ id: unit.id, parentId: departmentOf(unit.area.code), name: unit.name })),
  ];
  const people = demoPeople().map((person) => ({
    id: person.id,
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    mobile: person.mobile,
    title: person.title,
    departmentIds: [person.unit.id],
    roles: [person.role],
    unit: person.unit.name,
    area: person.area.name,
    host: 'dingtalk',
    avatarTint: person.tint,
  }));
  const phones = {
    1: 'lin-shufen',
    2: 'fang-min',
    3: 'chen-jie',
    4: 'zhou-kai',
    5: 'zheng-weiping',
    pc1: 'chen-jie',
  };
  return { corpId: CORP_ID, departments, people, phones };
}

function csv(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    const text = String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[head, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

/** The roster: one row a grant. */
export function rosterCsv(): string {
  const head = ['userid', 'name', 'mobile', 'role', 'area', 'unit', 'sector', 'committee', 'term', 'from'];
  const row = (person: DemoPerson): string[] => {
    const isMember = person.role === 'member';
    return [
      person.userid,
      person.name,
      person.mobile,
      person.role,
      person.area.name,
      person.unit.name,
      person.sector,
      isMember ? person.unit.name : '',
      isMember ? TERM : '',
      FROM,
    ];
  };
  return csv(head, demoPeople().map(row));
}

/** Every unit with its kind and area. */
export function unitsCsv(): string {
  return csv(
    ['name', 'shortName', 'type', 'area'],
    UNITS.map((unit) => [unit.name, unit.shortName, unit.type, unit.area.name]),
  );
}

/** Every area with its tier and parent. */
export function areasCsv(): string {
  return csv(
    ['code', 'name', 'tier', 'parent'],
    AREAS.map((area) => [area.code, area.name, area.tier, area.parent]),
  );
}

/** File name beside this one → its content. */
export function demoFiles(): Record<string, string> {
  return {
    'directory.json': `${JSON.stringify(demoDirectory(), null, 1)}\n`,
    'roster.csv': rosterCsv(),
    'units.csv': unitsCsv(),
    'areas.csv': areasCsv(),
  };
}

if (import.meta.main) {
  for (const [name, content] of Object.entries(demoFiles())) {
    const file = fileURLToPath(new URL(name, import.meta.url));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(`${name}: ${content.split('\n').length - 1} 行`);
  }
}
