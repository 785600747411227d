/**
 * People of the demo who live in 浙政钉, beside those in DingTalk: one for each part of the story, so that it can be played on
 * phones of either kind and across both. They take no part in the history that is played.
 */
import { readFileSync } from 'node:fs';
import { DEMO_DIRECTORY, type DirectoryFile, type DirectoryPerson } from '../messenger/src/index.ts';

interface Colleague {
  id: string;
  name: string;
  title: string;
  role: 'member' | 'reviewer' | 'dispatcher' | 'handler' | 'inspector';
  /** As in the roster; the department of this name holds them. */
  area: string;
  unit: string;
  sector?: string;
}

const TERM = '第八届';
const FROM = '2022-01-01';
const FIRST_ACCOUNT = 79_100_001;
const FIRST_PHONE = 19_905_791_001;

const COLLEAGUES: readonly Colleague[] = [
  {
    id: 'he-xiaofang',
    name: '何晓芳',
    title: '教师',
    role: 'member',
    area: '金东区',
    unit: '金华市政协',
    sector: '教育',
  },
  {
    id: 'tang-jianguo',
    name: '唐建国',
    title: '政协提案委工作人员',
    role: 'reviewer',
    area: '金华市',
    unit: '金华市政协',
  },
  {
    id: 'ye-yulan',
    name: '叶玉兰',
    title: '三服务办工作人员',
    role: 'dispatcher',
    area: '金华市',
    unit: '金华市三服务办',
  },
  {
    id: 'shen-junjie',
    name: '沈俊杰',
    title: '民警',
    role: 'handler',
    area: '金华市',
    unit: '市公安局交警支队',
  },
];

const employeeCode = (index: number): string => `GE_${String(index + 1).padStart(8, '0')}`;
const phoneOf = (index: number): string => String(FIRST_PHONE + index);

/** The demo's directory with them in it. */
export function bothMessengers(): DirectoryFile {
  const file = JSON.parse(readFileSync(DEMO_DIRECTORY, 'utf8')) as DirectoryFile;
  const people = COLLEAGUES.map((one, index): DirectoryPerson => {
    const department = file.departments.find(({ name }) => name === one.unit);
    if (!department) {
      throw new Error(`the demo has no ${one.unit}`);
    }
    return {
      id: one.id,
      userid: employeeCode(index),
      unionid: String(FIRST_ACCOUNT + index),
      name: one.name,
      mobile: phoneOf(index),
      title: one.title,
      departmentIds: [department.id],
      roles: [one.role],
      unit: one.unit,
      area: one.area,
      host: 'zhezhengding',
      avatarTint: 'blue',
    };
  });
  return { ...file, people: [...file.people, ...people] };
}

/** Their rows of the roster, to be read for 浙政钉. */
export function zhezhengdingRoster(): string {
  const rows = COLLEAGUES.map((one, index) => {
    const member = one.role === 'member' ? [one.sector ?? '', one.unit, TERM] : ['', '', ''];
    return [
      employeeCode(index),
      one.name,
      phoneOf(index),
      one.role,
      one.area,
      one.unit,
      ...member,
      FROM,
    ].join(',');
  });
  return `userid,name,mobile,role,area,unit,sector,committee,term,from\n${rows.join('\n')}\n`;
}
