/** Runs of the contact sync as the page of 管理 shows them. */
import type { SyncDetail, SyncKind, SyncOverview, SyncRun } from '@minqing/shared/contract';
import { SYNC_KINDS } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import type { Selectable } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Reader } from '../store/index.ts';
import type { SyncRunTable } from '../store/tables.people.ts';
import type { PlanItem } from './contacts.plan.ts';
import { peopleById } from './grants.ts';

export type RunRow = Selectable<SyncRunTable>;

/** A run without a sign of life for so long has died with its process. Machine time. */
export const STALE_MS = 3 * 60_000;
/** A plan is out of date after a day; reading again costs minutes. */
const PLAN_LASTS_MS = 24 * 3_600_000;
const SHOWN = 30;

export async function findRun(db: Reader, runId: string): Promise<RunRow | undefined> {
  return db.selectFrom('sync_run').selectAll().where('id', '=', runId).executeTakeFirst();
}

/** The hosts with what is known of them, and the last runs, newest first. */
export async function listRuns(db: Reader, hostIds: readonly string[], clock: Clock): Promise<SyncOverview> {
  const rows = await db
    .selectFrom('sync_run')
    .selectAll()
    .where('host_id', 'in', [...hostIds, ''])
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  const hosts = [];
  for (const id of hostIds) {
    hosts.push({
      id,
      name: id,
      people: await countOf(
        db
          .selectFrom('account')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('host_id', '=', id)
          .where('active', '=', 1)
          .executeTakeFirst(),
      ),
      departments: await countOf(
        db
          .selectFrom('host_department')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('host_id', '=', id)
          .executeTakeFirst(),
      ),
    });
  }
  const names = await peopleById(
    db,
    rows.flatMap((row) => row.person_id ?? []),
  );
  return {
    hosts,
    runs: rows.map((row) => present(row, names.get(row.person_id ?? '')?.name ?? '', clock)),
  };
}

async function countOf(answer: Promise<{ n: number } | undefined>): Promise<number> {
  return Number((await answer)?.n ?? 0);
}

/** One run with what it would change. */
export async function presentDetail(db: Reader, row: RunRow, clock: Clock): Promise<SyncDetail> {
  const names = await peopleById(db, row.person_id === null ? [] : [row.person_id]);
  const run = present(row, names.get(row.person_id ?? '')?.name ?? '', clock);
  const plan = JSON.parse(row.plan_json) as { items?: PlanItem[]; blocked?: string };
  const counts = JSON.parse(row.counts_json) as Partial<Record<SyncKind, number>>;
  const old = run.state === 'read' && clock.businessNow() - row.at > PLAN_LASTS_MS;
  const blockedText = plan.blocked || (old ? '读取已经过了一天，请重新读取再应用' : '');
  const groups = (Object.keys(SYNC_KINDS) as SyncKind[]).flatMap((kind) => {
    const count = counts[kind] ?? 0;
    return count === 0
      ? []
      : [
          {
            kind,
            label: SYNC_KINDS[kind],
            count,
            items: (plan.items ?? [])
              .filter((item) => item.kind === kind)
              .map(({ name, detail, warn }) => ({ name, detail, warn })),
          },
        ];
  });
  return {
    ...run,
    blockedText: run.state === 'read' ? blockedText : '',
    groups,
    mayApply: run.state === 'read' && blockedText === '' && groups.length > 0,
  };
}

function present(row: RunRow, name: string, clock: Clock): SyncRun {
  const died =
    (row.state === 'reading' || row.state === 'applying') && clock.machineNow() - row.beat_at > STALE_MS;
  const state = died ? 'failed' : (row.state as SyncRun['state']);
  return {
    id: row.id,
    hostId: row.host_id,
    byText: row.kind === 'night' ? '夜间自动' : name,
    atText: momentText(row.at, clock.businessNow()),
    state,
    stateText: died ? '中途断了，没有完成，请重新读取' : stateText(row),
  };
}

function stateText(row: RunRow): string {
  const what = countsText(row.counts_json);
  switch (row.state) {
    case 'reading':
      return row.seen === 0 ? '正在读取通讯录' : `正在读取通讯录，已读 ${row.seen} 人`;
    case 'read':
      return what ? `读了 ${row.seen} 人，会有变化：${what}` : `读了 ${row.seen} 人，没有变化`;
    case 'applying':
      return '正在写入';
    case 'done':
      return what ? `已写入：${what}` : '没有变化';
    default:
      return row.problem ?? '没有完成';
  }
}

/** 「新增 3 人，离开 1 人，部门变化 2 个」 */
function countsText(json: string): string {
  const counts = JSON.parse(json) as Partial<Record<SyncKind, number>>;
  const people: [SyncKind, string][] = [
    ['personAdded', '新增'],
    ['personBack', '回来'],
    ['personChanged', '资料变化'],
    ['personLeft', '离开'],
  ];
  const departments =
    (counts.departmentAdded ?? 0) + (counts.departmentRenamed ?? 0) + (counts.departmentGone ?? 0);
  return [
    ...people.flatMap(([kind, words]) => (counts[kind] ? [`${words} ${counts[kind]} 人`] : [])),
    ...(departments > 0 ? [`部门变化 ${departments} 个`] : []),
    ...(counts.unitRenamed ? [`单位改名 ${counts.unitRenamed} 个`] : []),
  ].join('，');
}
