/**
 * The roster: areas, units, people and their grants from three CSV files. Every row is checked before anything is
 * written; importing the same files again changes nothing. Contacts bring people, only the roster brings roles.
 */
import { parse } from 'csv-parse/sync';
import { ROLES, TIERS, UNIT_TYPES, type Role } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/index.ts';
import { uuidv7, type Store, type Tx } from '../store/index.ts';
import type { PhoneVault } from './crypto.ts';
import { writePerson } from './people.writes.ts';

export interface RosterFiles {
  areas?: string;
  units?: string;
  people?: string;
}

export interface RowError {
  file: keyof RosterFiles;
  /** Line in the file as an editor shows it; 1 is the header. */
  line: number;
  message: string;
}

export interface RosterResult {
  errors: RowError[];
  areas: number;
  units: number;
  people: number;
  granted: number;
  ended: number;
}

export interface RosterOptions {
  hostId: string;
  dryRun: boolean;
  /** Ends grants the file does not name. */
  complete: boolean;
}

interface Deps {
  store: Store;
  clock: Clock;
  vault: PhoneVault;
}

type Row = Record<string, string> & { line: number };

const COLUMNS: Record<keyof RosterFiles, readonly string[]> = {
  areas: ['code', 'name', 'tier', 'parent'],
  units: ['name', 'shortName', 'type', 'area'],
  people: ['userid', 'name', 'mobile', 'role', 'area', 'unit', 'sector', 'committee', 'term', 'from'],
};
/** Roles that belong to a kind of unit; the others belong to an area. */
const UNIT_OF_ROLE: Partial<Record<Role, string>> = {
  member: 'committee', reviewer: 'committee', dispatcher: 'dispatchOffice', handler: 'department', head: 'department',
};
/** Letters of case numbers for the areas of the province's pilot; others take A and the end of their code. */
const PREFIXES: Record<string, string> = {
  浙江省: 'ZJ', 金华市: 'JH', 婺城区: 'WC', 金东区: 'JD', 兰溪市: 'LX', 东阳市: 'DY', 义乌市: 'YW', 永康市: 'YK', 浦江县: 'PJ', 武义县: 'WY', 磐安县: 'PA', 金华开发区: 'KF',
};

/** Rolls a dry run back without an error to report. */
class DryRun extends Error {}

function rowsOf(file: keyof RosterFiles, text: string | undefined, errors: RowError[]): Row[] {
  if (text === undefined) {
    return [];
  }
  try {
    const rows = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true }) as Record<string, string>[];
    const missing = COLUMNS[file].filter((c) => rows[0] && !(c in rows[0]));
    if (missing.length > 0) {
      errors.push({ file, line: 1, message: `缺少列：${missing.join('、')}` });
      return [];
    }
    return rows.map((row, i) => ({ ...row, line: i + 2 }) as unknown as Row);
  } catch (error) {
    errors.push({ file, line: 1, message: `读不懂这个表格：${error instanceof Error ? error.message : String(error)}` });
    return [];
  }
}

/** Checks and writes the files in one transaction; with any error, or in a dry run, nothing is kept. */
export async function importRoster(deps: Deps, files: RosterFiles, options: RosterOptions): Promise<RosterResult> {
  const result: RosterResult = { errors: [], areas: 0, units: 0, people: 0, granted: 0, ended: 0 };
  const rows = {
    areas: rowsOf('areas', files.areas, result.errors),
    units: rowsOf('units', files.units, result.errors),
    people: rowsOf('people', files.people, result.errors),
  };
  try {
    await deps.store.transact(async (tx) => {
      Object.assign(result, { errors: [...result.errors], areas: 0, units: 0, people: 0, granted: 0, ended: 0 });
      await writeAreas(tx, rows.areas, result);
      await writeUnits(tx, rows.units, result);
      await writePeople(tx, deps, rows.people, result, options);
      if (result.errors.length > 0 || options.dryRun) {
        throw new DryRun();
      }
      await appendAudit(tx, {
        at: deps.clock.businessNow(),
        kind: 'roster',
        personId: null,
        subject: options.hostId,
        data: { areas: result.areas, units: result.units, people: result.people, granted: result.granted, ended: result.ended },
      });
    });
  } catch (error) {
    if (!(error instanceof DryRun)) {
      throw error;
    }
  }
  return result;
}

async function writeAreas(tx: Tx, rows: readonly Row[], result: RosterResult): Promise<void> {
  const known = new Map((await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]));
  rows.forEach((row) => known.set(row.name ?? '', row.code ?? ''));
  for (const row of rows) {
    const parent = row.parent ? known.get(row.parent) : null;
    if (!row.code || !row.name || !(row.tier && row.tier in TIERS)) {
      result.errors.push({ file: 'areas', line: row.line, message: '要有代码、名称和层级（province、city、county）' });
      continue;
    }
    if (parent === undefined) {
      result.errors.push({ file: 'areas', line: row.line, message: `没有上级地区「${row.parent}」` });
      continue;
    }
    const values = { name: row.name, tier: row.tier, parent_id: parent, prefix: row.prefix || PREFIXES[row.name] || `A${row.code.slice(-3)}` };
    const had = await tx.selectFrom('area').select('id').where('id', '=', row.code).executeTakeFirst();
    await (had
      ? tx.updateTable('area').set(values).where('id', '=', row.code).execute()
      : tx.insertInto('area').values({ id: row.code, ...values }).execute());
    result.areas += 1;
  }
}

async function writeUnits(tx: Tx, rows: readonly Row[], result: RosterResult): Promise<void> {
  const areas = new Map((await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]));
  for (const row of rows) {
    const areaId = areas.get(row.area ?? '');
    if (!row.name || !areaId || !(row.type && row.type in UNIT_TYPES)) {
      const message = areaId ? '要有名称和类型（committee、dispatchOffice、department）' : `没有地区「${row.area}」`;
      result.errors.push({ file: 'units', line: row.line, message });
      continue;
    }
    const values = { name: row.name, short_name: row.shortName || row.name, type: row.type, area_id: areaId, active: 1 as const };
    const had = await tx.selectFrom('unit').select('id').where('name', '=', row.name).executeTakeFirst();
    await (had
      ? tx.updateTable('unit').set(values).where('id', '=', had.id).execute()
      : tx.insertInto('unit').values({ id: uuidv7(), ...values }).execute());
    result.units += 1;
  }
}

interface WantedGrant {
  role: Role;
  unitId: string | null;
  areaId: string;
  from: number;
}

async function writePeople(tx: Tx, deps: Deps, rows: readonly Row[], result: RosterResult, options: RosterOptions): Promise<void> {
  const areas = new Map((await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]));
  const units = new Map((await tx.selectFrom('unit').selectAll().execute()).map((u) => [u.name, u]));
  const named = new Map<string, Set<string>>();
  for (const row of rows) {
    const wanted = grantOf(row, areas, units);
    if (typeof wanted === 'string') {
      result.errors.push({ file: 'people', line: row.line, message: wanted });
      continue;
    }
    const { personId, change } = await writePerson(
      tx,
      { hostId: options.hostId, userId: row.userid ?? '', unionId: '', name: row.name ?? '', mobile: row.mobile || null, title: null },
      { vault: deps.vault, businessNow: deps.clock.businessNow(), machineNow: deps.clock.machineNow() },
    );
    result.people += change === 'same' ? 0 : 1;
    const id = await writeGrant(tx, personId, wanted, result);
    named.set(personId, (named.get(personId) ?? new Set()).add(id));
    if (wanted.role === 'member' && wanted.unitId) {
      await writeMembership(tx, personId, wanted, row);
    }
  }
  if (options.complete && result.errors.length === 0) {
    await endOthers(tx, named, deps.clock.businessNow(), result);
  }
}

function grantOf(
  row: Row, areas: ReadonlyMap<string, string>, units: ReadonlyMap<string, { id: string; type: string; area_id: string }>,
): WantedGrant | string {
  if (!row.userid || !row.name) {
    return '要有账号（userid）和姓名';
  }
  if (!(row.role && row.role in ROLES)) {
    return `没有角色「${row.role}」`;
  }
  const role = row.role as Role;
  const from = Date.parse(`${row.from}T00:00:00+08:00`);
  if (Number.isNaN(from)) {
    return `起始日期「${row.from}」不是 YYYY-MM-DD`;
  }
  const type = UNIT_OF_ROLE[role];
  const areaId = areas.get(row.area ?? '');
  if (type === undefined) {
    return areaId ? { role, unitId: null, areaId, from } : `没有地区「${row.area}」`;
  }
  const unit = units.get(row.unit ?? '');
  if (!unit) {
    return `没有单位「${row.unit}」`;
  }
  if (unit.type !== type) {
    return `${ROLES[role]}要在${UNIT_TYPES[type as keyof typeof UNIT_TYPES]}，「${row.unit}」不是`;
  }
  return { role, unitId: unit.id, areaId: unit.area_id, from };
}

async function writeGrant(tx: Tx, personId: string, wanted: WantedGrant, result: RosterResult): Promise<string> {
  const had = await tx
    .selectFrom('role_grant')
    .select(['id', 'to_at'])
    .where('person_id', '=', personId)
    .where('role', '=', wanted.role)
    .where('area_id', '=', wanted.areaId)
    .where((eb) => (wanted.unitId === null ? eb('unit_id', 'is', null) : eb('unit_id', '=', wanted.unitId)))
    .where('to_at', 'is', null)
    .executeTakeFirst();
  if (had) {
    return had.id;
  }
  const id = uuidv7();
  await tx
    .insertInto('role_grant')
    .values({ id, person_id: personId, role: wanted.role, unit_id: wanted.unitId, area_id: wanted.areaId, from_at: wanted.from, to_at: null })
    .execute();
  result.granted += 1;
  return id;
}

async function writeMembership(tx: Tx, personId: string, wanted: WantedGrant, row: Row): Promise<void> {
  const values = { committee_id: wanted.unitId ?? '', sector: row.sector ?? '', special_committee: row.committee ?? '', term: row.term ?? '' };
  const had = await tx
    .selectFrom('membership')
    .select('id')
    .where('person_id', '=', personId)
    .where('committee_id', '=', values.committee_id)
    .executeTakeFirst();
  await (had
    ? tx.updateTable('membership').set(values).where('id', '=', had.id).execute()
    : tx.insertInto('membership').values({ id: uuidv7(), person_id: personId, ...values, from_at: wanted.from, to_at: null }).execute());
}

async function endOthers(tx: Tx, named: ReadonlyMap<string, ReadonlySet<string>>, now: number, result: RosterResult): Promise<void> {
  const open = await tx.selectFrom('role_grant').select(['id', 'person_id']).where('to_at', 'is', null).execute();
  for (const grant of open.filter((g) => !named.get(g.person_id)?.has(g.id))) {
    await tx.updateTable('role_grant').set({ to_at: now }).where('id', '=', grant.id).execute();
    result.ended += 1;
  }
}
