/** Jinhua's tiers, units and sectors as public facts; the people in them are invented elsewhere. */

export interface Area {
  /** National administrative code; the development zone has none of its own and uses 330799 here. */
  code: number;
  name: string;
  tier: 'province' | 'city' | 'county';
  parent: string;
  /** Readable beginning of ids. */
  slug: string;
}

export const PROVINCE: Area = {
  code: 330000,
  name: '浙江省',
  tier: 'province',
  parent: '',
  slug: 'zhejiang',
};
export const CITY: Area = { code: 330700, name: '金华市', tier: 'city', parent: '浙江省', slug: 'jinhua' };

export const COUNTIES: readonly Area[] = (
  [
    [330702, '婺城区', 'wucheng'],
    [330703, '金东区', 'jindong'],
    [330781, '兰溪市', 'lanxi'],
    [330783, '东阳市', 'dongyang'],
    [330782, '义乌市', 'yiwu'],
    [330784, '永康市', 'yongkang'],
    [330726, '浦江县', 'pujiang'],
    [330723, '武义县', 'wuyi'],
    [330727, '磐安县', 'panan'],
    [330799, '金华开发区', 'kaifaqu'],
  ] as const
).map(([code, name, slug]) => ({ code, name, tier: 'county', parent: CITY.name, slug }));

export const AREAS: readonly Area[] = [PROVINCE, CITY, ...COUNTIES];

export type UnitType = 'committee' | 'dispatchOffice' | 'department';

export interface Unit {
  /** The platform's department id: the area's code and two digits. */
  id: number;
  name: string;
  shortName: string;
  type: UnitType;
  area: Area;
  slug: string;
}

/** The city's departments: full name, short name, readable id. */
const CITY_DEPARTMENTS: readonly (readonly [name: string, shortName: string, slug: string])[] = [
  ['市公安局交警支队', '交警支队', 'jiaojing'],
  ['市教育局', '教育局', 'jiaoyu'],
  ['市综合行政执法局', '综合执法局', 'zhifa'],
  ['市建设局', '建设局', 'jianshe'],
  ['市交通运输局', '交通局', 'jiaotong'],
  ['市生态环境局', '生态环境局', 'huanjing'],
  ['市卫生健康委员会', '卫健委', 'weijian'],
  ['市人力资源和社会保障局', '人社局', 'renshe'],
  ['市民政局', '民政局', 'minzheng'],
  ['市市场监督管理局', '市场监管局', 'shichang'],
  ['市文化广电旅游局', '文广旅游局', 'wenlv'],
  ['市农业农村局', '农业农村局', 'nongye'],
  ['市水利局', '水利局', 'shuili'],
  ['市自然资源和规划局', '自然资源局', 'ziran'],
  ['市医疗保障局', '医保局', 'yibao'],
  ['市经济和信息化局', '经信局', 'jingxin'],
  ['市应急管理局', '应急局', 'yingji'],
  ['市消防救援支队', '消防支队', 'xiaofang'],
  ['市体育局', '体育局', 'tiyu'],
  ['市政务服务管理办公室', '政务办', 'zhengwu'],
  ['市大数据局', '大数据局', 'shuju'],
  ['市住房公积金管理中心', '公积金中心', 'gongjijin'],
  ['国网金华供电公司', '供电公司', 'gongdian'],
  ['金华水务集团', '水务集团', 'shuiwu'],
  ['金华公交集团', '公交集团', 'gongjiao'],
  ['金华轨道交通集团', '轨道集团', 'guidao'],
];

const COUNTY_DEPARTMENTS: readonly (readonly [name: string, shortName: string, slug: string])[] = [
  ['教育局', '教育局', 'jiaoyu'],
  ['公安局', '公安局', 'gongan'],
  ['住建局', '住建局', 'zhujian'],
  ['综合行政执法局', '综合执法局', 'zhifa'],
];

function unitsOf(area: Area): Unit[] {
  const isCity = area.tier === 'city';
  // The development zone has a liaison office in place of a committee of its own.
  const committee = area.slug === 'kaifaqu' ? '政协联络处' : '政协';
  const departments = isCity ? CITY_DEPARTMENTS : COUNTY_DEPARTMENTS;
  const rows: (readonly [string, string, string, UnitType])[] = [
    [`${area.name}${committee}`, `${area.name}${committee}`, 'zhengxie', 'committee'],
    [`${area.name}三服务办`, '三服务办', 'sanfuwu', 'dispatchOffice'],
    ...departments.map(
      ([name, shortName, slug]) =>
        [isCity ? name : `${area.name}${name}`, shortName, slug, 'department'] as const,
    ),
  ];
  return rows.map(([name, shortName, slug, type], index) => ({
    id: area.code * 100 + index + 1,
    name,
    shortName,
    type,
    area,
    slug,
  }));
}

/** Every unit of the city and its counties, the city's first. */
export const UNITS: readonly Unit[] = [CITY, ...COUNTIES].flatMap(unitsOf);

/** Sectors (界别) of members, in the order the demo hands them out. */
export const SECTORS: readonly string[] = [
  '教育',
  '医药卫生',
  '工商联',
  '妇联',
  '民建',
  '农业',
  '科技',
  '文化艺术',
  '九三学社',
  '共青团',
  '社会福利和社会保障',
  '环境资源',
  '民盟',
  '经济',
  '工会',
  '侨联',
  '体育',
  '民进',
  '致公党',
  '新闻出版',
  '特邀',
  '农工党',
  '无党派',
];
