/** Who could be told when somebody was not: whoever can do the duty now, or the unit's head. */
import type { DeliveryChoice } from '@minqing/shared/contract';
import { ROLES, type Role } from '@minqing/shared/words';
import type { Case } from '@minqing/shared/workflow';
import { holders, type AccountFacts, type Directory, type Holder } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import type { LogRow } from './delivery.item.ts';
import type { HostName } from './delivery.words.ts';

export type Instead = DeliveryChoice['to'];

export interface Target {
  personId: string;
  name: string;
  title: string;
  role: Role;
  account: AccountFacts;
}

const BY_AREA: readonly string[] = ['inspector', 'leader'];

/** The people the notice may go to instead, on the same host; the authors of the case are never asked to act on it. */
export async function targetsOf(
  db: Reader,
  directory: Pick<Directory, 'areaChain'>,
  row: LogRow,
  c: Case | null,
  to: Instead,
  now: number,
): Promise<Target[]> {
  const role = (to === 'head' ? 'head' : row.to_role) as Role | '';
  if (role === '' || (to === 'head' && (row.unit_id === null || row.to_role === 'head'))) {
    return [];
  }
  const found = BY_AREA.includes(role)
    ? await holders(db, { role, areaIds: directory.areaChain(row.area_id) }, now)
    : row.unit_id === null
      ? []
      : await holders(db, { role, unitId: row.unit_id }, now);
  const authors = c?.authors.map((a) => a.personId) ?? [];
  const others = found.filter((h) => h.personId !== row.person_id && !authors.includes(h.personId));
  const titles = await titlesOf(db, others);
  return others.flatMap((h) => {
    const account = h.accounts.find((a) => a.hostId === row.host_id);
    return account
      ? [{ personId: h.personId, name: h.name, title: titles.get(h.personId) ?? '', role, account }]
      : [];
  });
}

async function titlesOf(db: Reader, people: readonly Holder[]): Promise<Map<string, string>> {
  if (people.length === 0) {
    return new Map();
  }
  const rows = await db
    .selectFrom('person')
    .select(['id', 'title'])
    .where(
      'id',
      'in',
      people.map((h) => h.personId),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row.title]));
}

const NAMES = 3;

function namesText(targets: readonly Target[]): string {
  const names = targets.slice(0, NAMES).map((t) => t.name);
  return targets.length > NAMES ? `${names.join('、')} 等 ${targets.length} 人` : names.join('、');
}

/** The choices as the detail offers them; none for which nobody is there. */
export async function choicesOf(
  db: Reader,
  directory: Pick<Directory, 'areaChain' | 'unit'>,
  row: LogRow,
  c: Case | null,
  now: number,
  host: HostName,
): Promise<DeliveryChoice[]> {
  const unit = row.unit_id ? (directory.unit(row.unit_id)?.name ?? '') : '';
  const handlers = await targetsOf(db, directory, row, c, 'handler', now);
  const heads = await targetsOf(db, directory, row, c, 'head', now);
  const choices: DeliveryChoice[] = [];
  if (handlers.length > 0) {
    choices.push({
      to: 'handler',
      title: `改发给 ${namesText(handlers)}`,
      text: `${unit} 现任${ROLES[row.to_role as Role]}，${host}可用`.trim(),
    });
  }
  if (heads.length > 0) {
    const [only] = heads;
    choices.push({
      to: 'head',
      title: '改发给单位负责人',
      text: heads.length === 1 && only ? `${only.name} ${only.title}`.trim() : namesText(heads),
    });
  }
  return choices;
}
