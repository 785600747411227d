/**
 * The roster: areas, units, people and their grants from three tables. Every row is checked before anything is
 * written; importing the same files again changes nothing. Contacts bring people, only the roster brings roles.
 */
import { ROLES, TIERS, UNIT_TYPES } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../ledger/index.ts';
import { uuidv7, type Store, type Tx } from '../store/index.ts';
import type { PhoneVault } from './crypto.ts';
import { writePerson } from './people.writes.ts';
import type { Administering } from './administering.ts';
import { serialise } from './admin/serialise.ts';
import { endOthers, grantOf, writeGrant, writeMembership } from './roster.grants.ts';
import { personOutcome, personProblem, unitOutcome, unitProblem } from './roster.outcomes.ts';
import { rowsOf, type Row, type RosterFiles, type RowError } from './roster.rows.ts';

export type { RosterFiles, RowError } from './roster.rows.ts';

/** What one row does, in words; `changes` is false for one that is so already. */
export interface RowOutcome {
  file: keyof RosterFiles;
  line: number;
  text: string;
  changes: boolean;
}

export interface RosterResult {
  errors: RowError[];
  rows: RowOutcome[];
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
  /** An administrator's import: nothing beyond their areas is touched. The command line may do everything. */
  scope?: Administering;
}

interface Deps {
  store: Store;
  clock: Clock;
  vault: PhoneVault;
}

/** Letters of case numbers for the areas of the province's pilot; others take A and the end of their code. */
const PREFIXES: Record<string, string> = {
  浙江省: 'ZJ',
  金华市: 'JH',
  婺城区: 'WC',
  金东区: 'JD',
  兰溪市: 'LX',
  东阳市: 'DY',
  义乌市: 'YW',
  永康市: 'YK',
  浦江县: 'PJ',
  武义县: 'WY',
  磐安县: 'PA',
  金华开发区: 'KF',
};

/** Rolls a dry run back without an error to report. */
class DryRun extends Error {}

const nothing = (): RosterResult => ({
  errors: [],
  rows: [],
  areas: 0,
  units: 0,
  people: 0,
  granted: 0,
  ended: 0,
});

/** Checks and writes the files in one transaction; with any error, or in a dry run, nothing is kept. */
export async function importRoster(
  deps: Deps,
  files: RosterFiles,
  options: RosterOptions,
): Promise<RosterResult> {
  let result = nothing();
  try {
    await deps.store.transact(async (tx) => {
      result = await writeRoster(tx, deps, files, options);
      if (result.errors.length > 0 || options.dryRun) {
        throw new DryRun();
      }
    });
  } catch (error) {
    if (!(error instanceof DryRun)) {
      throw error;
    }
  }
  return result;
}

/** The same inside a transaction: whoever opened it rolls it back when there are errors. */
export async function writeRoster(
  tx: Tx,
  deps: Omit<Deps, 'store'>,
  files: RosterFiles,
  options: Omit<RosterOptions, 'dryRun'>,
): Promise<RosterResult> {
  const result = nothing();
  const rows = {
    areas: rowsOf('areas', files.areas, result.errors),
    units: rowsOf('units', files.units, result.errors),
    people: rowsOf('people', files.people, result.errors),
  };
  await serialise(tx);
  await writeAreas(tx, rows.areas, result);
  await writeUnits(tx, rows.units, result, options.scope);
  await writePeople(tx, deps, rows.people, result, options);
  const { areas, units, people, granted, ended } = result;
  await appendAudit(tx, {
    at: deps.clock.businessNow(),
    kind: 'roster',
    personId: options.scope?.personId ?? null,
    subject: options.hostId,
    ...(options.scope ? { areaId: options.scope.ownAreaId } : {}),
    data: { areas, units, people, granted, ended },
  });
  return result;
}

async function writeAreas(tx: Tx, rows: readonly Row[], result: RosterResult): Promise<void> {
  const known = new Map(
    (await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]),
  );
  rows.forEach((row) => known.set(row.name ?? '', row.code ?? ''));
  for (const row of rows) {
    const parent = row.parent ? known.get(row.parent) : null;
    if (!row.code || !row.name || !(row.tier && row.tier in TIERS)) {
      result.errors.push({
        file: 'areas',
        line: row.line,
        message: '要有代码、名称和层级（province、city、county）',
      });
      continue;
    }
    if (parent === undefined) {
      result.errors.push({ file: 'areas', line: row.line, message: `没有上级地区「${row.parent}」` });
      continue;
    }
    const values = {
      name: row.name,
      tier: row.tier,
      parent_id: parent,
      prefix: row.prefix || PREFIXES[row.name] || `A${row.code.slice(-3)}`,
    };
    const same = await tx
      .selectFrom('area')
      .select('name')
      .where('prefix', '=', values.prefix)
      .where('id', '!=', row.code)
      .executeTakeFirst();
    if (same) {
      const message = `编号前缀 ${values.prefix} 已经是${same.name}的，请加一列 prefix 另写一个`;
      result.errors.push({ file: 'areas', line: row.line, message });
      continue;
    }
    const had = await tx.selectFrom('area').select('id').where('id', '=', row.code).executeTakeFirst();
    await (had
      ? tx.updateTable('area').set(values).where('id', '=', row.code).execute()
      : tx
          .insertInto('area')
          .values({ id: row.code, ...values })
          .execute());
    result.areas += 1;
  }
}

async function writeUnits(
  tx: Tx,
  rows: readonly Row[],
  result: RosterResult,
  scope: Administering | undefined,
): Promise<void> {
  const areas = new Map(
    (await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]),
  );
  for (const row of rows) {
    const areaId = areas.get(row.area ?? '');
    if (!row.name || !areaId || !(row.type && row.type in UNIT_TYPES)) {
      const message = areaId
        ? '要有名称和类型（committee、dispatchOffice、department）'
        : `没有地区「${row.area}」`;
      result.errors.push({ file: 'units', line: row.line, message });
      continue;
    }
    const values = {
      name: row.name,
      short_name: row.shortName || row.name,
      type: row.type,
      area_id: areaId,
      active: 1 as const,
    };
    const had = await tx.selectFrom('unit').selectAll().where('name', '=', row.name).executeTakeFirst();
    const problem = scope ? await unitProblem(tx, scope, values, had) : null;
    if (problem !== null) {
      result.errors.push({ file: 'units', line: row.line, message: problem });
      continue;
    }
    result.rows.push({ file: 'units', line: row.line, ...unitOutcome(values, had, row.area ?? '') });
    await (had
      ? tx.updateTable('unit').set(values).where('id', '=', had.id).execute()
      : tx
          .insertInto('unit')
          .values({ id: uuidv7(), ...values })
          .execute());
    result.units += 1;
  }
}

async function writePeople(
  tx: Tx,
  deps: Omit<Deps, 'store'>,
  rows: readonly Row[],
  result: RosterResult,
  options: Omit<RosterOptions, 'dryRun'>,
): Promise<void> {
  const areas = new Map(
    (await tx.selectFrom('area').select(['id', 'name']).execute()).map((a) => [a.name, a.id]),
  );
  const units = new Map((await tx.selectFrom('unit').selectAll().execute()).map((u) => [u.name, u]));
  const named = new Map<string, Set<string>>();
  const firstOf = new Map<string, Row>();
  for (const row of rows) {
    const wanted = nameClash(row, firstOf) ?? grantOf(row, areas, units, deps.clock.businessNow());
    const problem =
      typeof wanted === 'string'
        ? wanted
        : options.scope
          ? await personProblem(tx, options.scope, deps.vault, options.hostId, row, wanted)
          : null;
    if (typeof wanted === 'string' || problem !== null) {
      result.errors.push({ file: 'people', line: row.line, message: problem ?? '' });
      continue;
    }
    const { personId, change } = await writePerson(
      tx,
      {
        hostId: options.hostId,
        userId: row.userid ?? '',
        unionId: '',
        name: row.name ?? '',
        mobile: row.mobile || null,
        title: null,
      },
      { vault: deps.vault, businessNow: deps.clock.businessNow(), machineNow: deps.clock.machineNow() },
    );
    result.people += change === 'same' ? 0 : 1;
    const before = result.granted;
    const id = await writeGrant(tx, personId, wanted, result, deps.clock.businessNow());
    named.set(personId, (named.get(personId) ?? new Set()).add(id));
    result.rows.push({
      file: 'people',
      line: row.line,
      ...personOutcome(
        row,
        change,
        result.granted > before ? `${ROLES[wanted.role]} · ${row.unit || row.area}` : '',
      ),
    });
    if (wanted.role === 'member' && wanted.unitId) {
      await writeMembership(tx, personId, wanted, row);
    }
  }
  if (options.complete && result.errors.length === 0) {
    await endOthers(tx, options.hostId, named, deps.clock.businessNow(), result);
  }
}

/** One account in several rows, one a role, must be one person. */
function nameClash(row: Row, firstOf: Map<string, Row>): string | null {
  const first = firstOf.get(row.userid ?? '');
  if (!first) {
    firstOf.set(row.userid ?? '', row);
    return null;
  }
  return first.name === row.name ? null : `账号「${row.userid}」在第 ${first.line} 行是「${first.name}」`;
}
