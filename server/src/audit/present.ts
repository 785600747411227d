/** Audit entries in words: names for ids, and what was kept with each, a line each. */
import type { AuditItem } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import { ROLES } from '@minqing/shared/words';
import { namesOf, type Names } from '../cases/index.ts';
import { deliveriesNamed } from '../notices/index.ts';
import type { Directory } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import { kindOf } from './kinds.ts';
import type { AuditLine } from './query.ts';

/** What the kept data's fields are called; others keep their own name. */
const FIELDS: Record<string, string> = {
  name: '名称',
  shortName: '简称',
  short_name: '简称',
  title: '职务',
  type: '类型',
  role: '角色',
  unitId: '单位',
  unit_id: '单位',
  areaId: '地区',
  area_id: '地区',
  parentId: '上级地区',
  personId: '人员',
  substituteId: '代办人',
  instead: '改发给',
  from: '从',
  to: '到',
  at: '时间',
  reason: '原因',
  note: '备注',
  words: '改动',
  spokeTo: '接电话的人',
  host: '平台',
  hostId: '平台',
  mode: '方式',
  headApproval: '负责人审签',
  head_approval: '负责人审签',
  areas: '地区数',
  units: '单位数',
  people: '人数',
  granted: '给出角色',
  ended: '收回角色',
  ids: '条目',
  filter: '条件',
  list: '清单',
  attachments: '附件数',
  found: '问题',
  done: '办法',
  via: '方式',
  address: '来自',
  scopes: '权限',
  url: '地址',
  events: '推哪些进展',
  level: '推多少',
  basis: '依据',
  fromSeq: '从第几条',
  toSeq: '到第几条',
  count: '条数',
};
/** Known by the entry itself, or of use to nobody. */
const HIDDEN = new Set(['id', 'change', 'changeId', 'check']);
const LONGEST = 300;
/** Instants in epoch milliseconds, from 2001 to 2286. */
const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && value > 1e12 && value < 1e13;

export interface Naming {
  names: Names;
  directory: Directory;
  caseNumbers: ReadonlyMap<string, string>;
  /** 「新交办，请签收」发给周凯, by the delivery's id. */
  deliveries: ReadonlyMap<string, string>;
  now: number;
}

/** Everything the lines' ids may stand for, read once for a page. */
export async function namingOf(
  db: Reader,
  directory: Directory,
  lines: readonly AuditLine[],
  now: number,
): Promise<Naming> {
  const ids = lines.flatMap((line) => [
    line.person_id ?? '',
    line.subject,
    ...stringsIn(JSON.parse(line.data_json)),
  ]);
  const wanted = [...new Set(ids)].filter((id) => id !== '' && id.length <= 64);
  const cases =
    wanted.length > 0
      ? await db.selectFrom('cases').select(['id', 'number']).where('id', 'in', wanted).execute()
      : [];
  return {
    names: await namesOf(db, wanted),
    directory,
    caseNumbers: new Map(cases.map((row) => [row.id, row.number])),
    deliveries: await deliveriesNamed(
      db,
      lines.filter((line) => kindOf(line.kind).group === 'delivery').map((line) => line.subject),
    ),
    now,
  };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** The entry as a line of the log. */
export function presentAudit(line: AuditLine, x: Naming): AuditItem {
  const { group, label } = kindOf(line.kind);
  return {
    id: line.id,
    seq: line.seq,
    at: isoShanghaiFull(line.at),
    atText: momentText(line.at, x.now),
    group,
    kind: line.kind,
    label,
    who: x.names(line.person_id).name,
    subject: named(line.subject, x) || line.subject,
    details: detailsOf(JSON.parse(line.data_json) as Record<string, unknown>, x),
  };
}

/** The name an id stands for; '' for what is no id. */
function named(id: string, x: Naming): string {
  const number = x.caseNumbers.get(id);
  const place = x.directory.unit(id)?.name ?? x.directory.area(id)?.name;
  const person = x.names(id).name;
  return number ?? place ?? x.deliveries.get(id) ?? (person.startsWith('（') ? '' : person);
}

function detailsOf(data: Record<string, unknown>, x: Naming): AuditItem['details'] {
  const { before, after, ...rest } = data;
  const changes = isRecord(before) || isRecord(after) ? changesOf(before, after, x) : [];
  const others = Object.entries(rest)
    .filter(([key, value]) => !HIDDEN.has(key) && value !== null && value !== '')
    .map(([key, value]) => ({ label: FIELDS[key] ?? key, value: textOf(value, x) }));
  return [...changes, ...others];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only what differs: 「简称：交警 → 交警支队」. */
function changesOf(before: unknown, after: unknown, x: Naming): AuditItem['details'] {
  const was = camel(isRecord(before) ? before : {});
  const is = camel(isRecord(after) ? after : {});
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((key) => JSON.stringify(was[key] ?? null) !== JSON.stringify(is[key] ?? null))
    .map((key) => ({
      label: FIELDS[key] ?? key,
      value: `${textOf(was[key] ?? '无', x)} → ${textOf(is[key] ?? '无', x)}`,
    }));
}

/** Rows were kept with their columns' names, changes with the API's. */
function camel(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

function textOf(value: unknown, x: Naming): string {
  if (isInstant(value)) {
    return momentText(value, x.now);
  }
  if (typeof value === 'string') {
    return (ROLES as Record<string, string>)[value] ?? (named(value, x) || value).slice(0, LONGEST);
  }
  if (typeof value === 'boolean') {
    return value ? '是' : '否';
  }
  if (Array.isArray(value)) {
    const some = value.slice(0, 20).map((each) => textOf(each, x));
    return value.length > 20 ? `${some.join('、')} 等 ${value.length} 项` : some.join('、');
  }
  return (typeof value === 'number' ? String(value) : JSON.stringify(value)).slice(0, LONGEST);
}
