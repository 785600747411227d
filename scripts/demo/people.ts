import { createHash } from 'node:crypto';
import { CITY, COUNTIES, SECTORS, UNITS, type Area, type Unit } from './places.ts';

export type Role =
  | 'member'
  | 'reviewer'
  | 'dispatcher'
  | 'handler'
  | 'head'
  | 'inspector'
  | 'leader'
  | 'admin';

/** One invented person of the demo, with one grant. */
export interface DemoPerson {
  id: string;
  userid: string;
  unionid: string;
  name: string;
  mobile: string;
  title: string;
  role: Role;
  area: Area;
  unit: Unit;
  /** Members only. */
  sector: string;
  tint: string;
}

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const GIVEN = [
  '建国',
  '丽华',
  '志强',
  '秀英',
  '文斌',
  '晓燕',
  '国平',
  '美玲',
  '海涛',
  '慧敏',
  '永福',
  '雪梅',
  '俊杰',
  '春燕',
  '立新',
  '玉兰',
  '伟民',
  '佳怡',
  '学军',
  '红霞',
  '宏伟',
  '婷婷',
  '少华',
  '凤仙',
  '子涵',
  '月琴',
  '庆丰',
  '思远',
  '爱珍',
  '德明',
  '雅琴',
  '卫东',
  '素芳',
  '天佑',
];
const TINTS = ['blue', 'green', 'amber', 'violet', 'teal', 'rose'];

const TITLES: Record<Role, string> = {
  member: '政协委员',
  reviewer: '政协提案委工作人员',
  dispatcher: '三服务办工作人员',
  handler: '经办人',
  head: '单位负责人',
  inspector: '督查专员',
  leader: '市领导',
  admin: '系统管理员',
};

/** Names that are given, in a story told in public or on the screens; the others are drawn from a list. */
const STORY: readonly (readonly [
  id: string,
  name: string,
  role: Role,
  unit: string,
  area: string,
  sector?: string,
])[] = [
  ['lin-shufen', '林淑芬', 'member', '金华市政协', '金东区', '教育'],
  ['fang-min', '方敏', 'reviewer', '金华市政协', '金华市'],
  ['chen-jie', '陈洁', 'dispatcher', '金华市三服务办', '金华市'],
  ['zhou-kai', '周凯', 'handler', '市公安局交警支队', '金华市'],
  ['wu-shan', '吴珊', 'handler', '市综合行政执法局', '金华市'],
  ['zheng-weiping', '郑卫平', 'inspector', '金华市三服务办', '金华市'],
];

interface Draft {
  id: string;
  name?: string;
  role: Role;
  unit: Unit;
  area: Area;
  sector?: string;
}

function unitNamed(name: string): Unit {
  const unit = UNITS.find((one) => one.name === name);
  if (unit === undefined) {
    throw new Error(`no unit is called ${name}`);
  }
  return unit;
}

function areaNamed(name: string): Area {
  return [CITY, ...COUNTIES].find((area) => area.name === name) ?? CITY;
}

function unitsIn(area: Area, type: Unit['type']): Unit[] {
  return UNITS.filter((unit) => unit.area === area && unit.type === type);
}

function one(area: Area, type: Unit['type']): Unit {
  const [unit] = unitsIn(area, type);
  if (unit === undefined) {
    throw new Error(`${area.name} has no ${type}`);
  }
  return unit;
}

function cityDrafts(): Draft[] {
  const committee = one(CITY, 'committee');
  const office = one(CITY, 'dispatchOffice');
  const members = Array.from({ length: 12 }, (_, index): Draft => ({
    id: `member-${String(index + 2).padStart(2, '0')}`,
    role: 'member',
    unit: committee,
    // Members of the city's committee live all over it.
    area: COUNTIES[index % COUNTIES.length] ?? CITY,
    sector: SECTORS[index + 1],
  }));
  const handled = new Set(STORY.filter(([, , role]) => role === 'handler').map(([, , , unit]) => unit));
  const departments = unitsIn(CITY, 'department').flatMap((unit): Draft[] => [
    ...(handled.has(unit.name)
      ? []
      : [{ id: `${unit.slug}-handler`, role: 'handler' as const, unit, area: CITY }]),
    { id: `${unit.slug}-head`, role: 'head', unit, area: CITY },
  ]);
  return [
    ...members,
    { id: 'reviewer-02', role: 'reviewer', unit: committee, area: CITY },
    { id: 'dispatcher-02', role: 'dispatcher', unit: office, area: CITY },
    { id: 'jiaojing-handler-02', role: 'handler', unit: unitNamed('市公安局交警支队'), area: CITY },
    ...departments,
    { id: 'leader-01', role: 'leader', unit: office, area: CITY },
    { id: 'admin-01', role: 'admin', unit: office, area: CITY },
  ];
}

function countyDrafts(area: Area): Draft[] {
  return [
    {
      id: `${area.slug}-member`,
      role: 'member',
      unit: one(area, 'committee'),
      area,
      sector: SECTORS[(area.code % 100) % SECTORS.length],
    },
    { id: `${area.slug}-reviewer`, role: 'reviewer', unit: one(area, 'committee'), area },
    { id: `${area.slug}-dispatcher`, role: 'dispatcher', unit: one(area, 'dispatchOffice'), area },
    ...unitsIn(area, 'department').map((unit): Draft => ({
      id: `${area.slug}-${unit.slug}`,
      role: 'handler',
      unit,
      area,
    })),
  ];
}

/** Names drawn in a fixed order, none twice and none of the story's. */
function nameMaker(): () => string {
  const taken = new Set(STORY.map(([, name]) => name));
  let turn = 0;
  return () => {
    for (;;) {
      const name = `${SURNAMES[(turn * 7) % SURNAMES.length]}${GIVEN[(turn * 5) % GIVEN.length]}`;
      turn += 1;
      if (!taken.has(name)) {
        taken.add(name);
        return name;
      }
    }
  };
}

/** Everybody, in a fixed order: the same people at every run. */
export function demoPeople(): DemoPerson[] {
  const nextName = nameMaker();
  const story = STORY.map(([id, name, role, unit, area, sector]): Draft => ({
    id,
    name,
    role,
    unit: unitNamed(unit),
    area: areaNamed(area),
    sector,
  }));
  return [...story, ...cityDrafts(), ...COUNTIES.flatMap(countyDrafts)].map((draft, index) => ({
    id: draft.id,
    userid: `jh${String(index + 1).padStart(4, '0')}`,
    unionid: `${createHash('sha256').update(`minqing demo ${draft.id}`).digest('base64url').slice(0, 20)}iE`,
    name: draft.name ?? nextName(),
    mobile: `1990579${String(index + 1).padStart(4, '0')}`,
    title: TITLES[draft.role],
    role: draft.role,
    area: draft.area,
    unit: draft.unit,
    sector: draft.sector ?? '',
    tint: TINTS[index % TINTS.length] ?? 'blue',
  }));
}
