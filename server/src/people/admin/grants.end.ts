/** Ending roles: what it does to running cases, and doing it. */
import type { ImpactView } from '@minqing/shared/contract';
import { conflict, notFound } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import type { Reader, Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import type { Directory } from '../directory.ts';
import { reachable } from '../grants.ts';
import { noteHoldingChange } from '../holding-changes.ts';
import { placeOf, type GrantRow } from './grants.ts';
import { impactOfEnding, requireSeen } from './impact.ts';
import { areaRefOf, endingOf, stateOf } from './texts.ts';

async function findGrant(db: Reader, scope: Administering, grantId: string, now: number): Promise<GrantRow> {
  const row = await db.selectFrom('role_grant').selectAll().where('id', '=', grantId).executeTakeFirst();
  if (!row || !scope.covers(row.area_id)) {
    throw notFound('没有这个角色，或不归您管');
  }
  if (stateOf(row, now) === 'over') {
    throw conflict('这个角色已经结束了，请刷新');
  }
  return row;
}

/** When it would be over: now, or at the end of a day. */
function endAt(row: GrantRow, toDate: string | null, now: number): number {
  return toDate === null ? now : Math.max(endingOf('toDate', toDate, now), row.from_at);
}

/** What ending the grant does to running cases. */
export async function impactOfGrant(
  db: Reader,
  directory: Directory,
  scope: Administering,
  grantId: string,
  toDate: string | null,
  now: number,
): Promise<ImpactView> {
  const row = await findGrant(db, scope, grantId, now);
  return impactOfRows(db, directory, row.person_id, [row], endAt(row, toDate, now));
}

async function impactOfRows(
  db: Reader,
  directory: Directory,
  personId: string,
  rows: readonly GrantRow[],
  at: number,
): Promise<ImpactView> {
  const impact = await impactOfEnding(
    db,
    directory,
    rows.map((row) => ({ id: row.id, ...placeOf(row) })),
    at,
  );
  const awaited = rows.some((row) => row.role === 'member') ? await awaitedOf(db, personId) : 0;
  return awaited > 0
    ? { ...impact, sentences: [...impact.sentences, `${awaited} 件等他评价的民情不再等他`] }
    : impact;
}

async function awaitedOf(db: Reader, personId: string): Promise<number> {
  const row = await db
    .selectFrom('case_author')
    .innerJoin('cases', 'cases.id', 'case_author.case_id')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('case_author.person_id', '=', personId)
    .where('case_author.awaited', '=', 1)
    .where('cases.state', '=', 'replied')
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

/** Ends a grant now or at the end of a day; `seen` is the number of stranded cases the administrator was shown. */
export async function endGrant(
  tx: Tx,
  directory: Directory,
  scope: Administering,
  grantId: string,
  end: { toDate: string | null; seen: number },
  now: number,
): Promise<string> {
  const row = await findGrant(tx, scope, grantId, now);
  const at = endAt(row, end.toDate, now);
  requireSeen(await impactOfRows(tx, directory, row.person_id, [row], at), end.seen);
  await endRows(tx, directory, scope, [row], at, now);
  return row.person_id;
}

/** What ending every role of a person that the administrator may end does. */
export async function impactOfLeaving(
  db: Reader,
  directory: Directory,
  scope: Administering,
  personId: string,
  now: number,
): Promise<ImpactView> {
  const rows = await endable(db, scope, personId, now);
  return impactOfRows(db, directory, personId, rows, now);
}

/** Ends every role of a person that the administrator may end: nobody can sign on without one. */
export async function endAllGrants(
  tx: Tx,
  directory: Directory,
  scope: Administering,
  personId: string,
  seen: number,
  now: number,
): Promise<void> {
  const rows = await endable(tx, scope, personId, now);
  if (rows.length === 0) {
    throw conflict('他在您管的地区没有角色，请刷新');
  }
  requireSeen(await impactOfRows(tx, directory, personId, rows, now), seen);
  await endRows(tx, directory, scope, rows, now, now);
}

async function endable(db: Reader, scope: Administering, personId: string, now: number): Promise<GrantRow[]> {
  const rows = await db
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', '=', personId)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', now)]))
    .orderBy('from_at')
    .orderBy('id')
    .execute();
  return rows.filter((row) => scope.covers(row.area_id));
}

async function endRows(
  tx: Tx,
  directory: Directory,
  scope: Administering,
  rows: readonly GrantRow[],
  at: number,
  now: number,
): Promise<void> {
  const leaving = rows.map((row) => row.id);
  for (const row of rows.filter((one) => one.role === 'admin')) {
    await requireOtherAdmin(tx, directory, row, leaving, at);
  }
  for (const row of rows) {
    // One that has not begun is over before it began: it was never held.
    const to = Math.max(at, row.from_at);
    await tx.updateTable('role_grant').set({ to_at: to }).where('id', '=', row.id).execute();
    if (row.role === 'member' && row.unit_id !== null) {
      await tx
        .updateTable('membership')
        .set({ to_at: to })
        .where('person_id', '=', row.person_id)
        .where('committee_id', '=', row.unit_id)
        .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', to)]))
        .execute();
    }
    await noteHoldingChange(tx, { at: to, cause: 'grant', personId: row.person_id, place: placeOf(row) });
    await appendAudit(tx, {
      at: now,
      kind: 'grant.ended',
      personId: scope.personId,
      subject: row.person_id,
      data: { id: row.id, ...placeOf(row), from: row.from_at, to },
      areaId: row.area_id,
    });
  }
}

/** Somebody must be left who administers the area: here or further up, able to sign on, without an end before ours. */
async function requireOtherAdmin(
  tx: Tx,
  directory: Directory,
  row: GrantRow,
  leaving: readonly string[],
  at: number,
): Promise<void> {
  const others = await tx
    .selectFrom('role_grant')
    .select(['id', 'person_id'])
    .where('role', '=', 'admin')
    .where('area_id', 'in', [...directory.areaChain(row.area_id), ''])
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .execute();
  const left = others.filter((other) => !leaving.includes(other.id)).map((other) => other.person_id);
  if ((await reachable(tx, left)).length === 0) {
    const where = areaRefOf(directory, row.area_id).name;
    throw conflict(`这是${where}最后一位管理员，请先让别人当管理员，再结束这一位`);
  }
}
