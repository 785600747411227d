/** What an administrator does about a dead letter: send again, tell somebody else, record a telephone call. */
import type { DeliveriesResent, DeliveryCall, DeliveryFilter } from '@minqing/shared/contract';
import { duties, type Case } from '@minqing/shared/workflow';
import { findCase } from '../cases/index.ts';
import { conflict, invalidInput } from '../errors.ts';
import type { Host, NoticeContent } from '../hosts/index.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Administering } from '../people/index.ts';
import { afterCommit, changeOnce, type ChangeRequest, type Tx } from '../store/index.ts';
import { findDelivery, type Closing, type DetailDeps } from './delivery.detail.ts';
import { targetsOf, type Instead, type Target } from './delivery.instead.ts';
import { isNameless, recipientName, type LogRow } from './delivery.item.ts';
import { isDead, logged, meaningsOf, STATES } from './delivery.query.ts';
import { noticeLabel } from './delivery.words.ts';
import { casePath, homePath } from './links.ts';
import { queueRow } from './queue.ts';
import { openCards } from './record.ts';

/** Sent again in one call at most; the caller goes on while there are more. */
const MOST_AT_ONCE = 500;
const IDS_OF_ONE_ENTRY = 200;

export interface ActDeps extends DetailDeps {
  hosts: ReadonlyMap<string, Host>;
  wake(): void;
}

interface Asked {
  scope: Administering;
  request: ChangeRequest;
}

/** Puts dead letters back in the queue, with their attempts counted anew. Those that are none are left alone. */
export async function resend(
  deps: ActDeps,
  { scope, request }: Asked,
  which: { ids: readonly string[] } | { filter: DeliveryFilter },
): Promise<DeliveriesResent> {
  const told = await changeOnce(deps.store, request, deps.clock.machineNow(), async (tx) => {
    const found =
      'ids' in which ? await byIds(tx, scope, which.ids) : await byFilter(deps, tx, scope, which.filter);
    const rows = found.slice(0, MOST_AT_ONCE);
    for (let at = 0; at < rows.length; at += IDS_OF_ONE_ENTRY) {
      const some = rows.slice(at, at + IDS_OF_ONE_ENTRY);
      const ids = some.map((row) => row.id);
      await tx
        .updateTable('outbox')
        .set({
          status: 'waiting',
          attempts: 0,
          not_before: deps.clock.machineNow(),
          checked: 0,
          task_id: null,
          error_kind: null,
          last_error: null,
          closing: '',
          closed_at: null,
          closed_by: null,
        })
        .where('id', 'in', ids)
        .execute();
      await audit(
        deps,
        tx,
        scope,
        some,
        'delivery.resent',
        ids.length === 1 ? (ids[0] ?? '') : `${ids.length} 条`,
        {
          ids,
        },
      );
    }
    afterCommit(tx, deps.wake);
    return `${rows.length}/${found.length > MOST_AT_ONCE ? 'more' : 'all'}`;
  });
  const [resent, rest] = told.split('/');
  return { resent: Number(resent), more: rest === 'more' };
}

const MAY_GO_AGAIN = ['', 'replaced'];

async function byIds(tx: Tx, scope: Administering, ids: readonly string[]): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for (const id of ids) {
    const row = await findDelivery(tx, scope, id);
    if (row.status === 'dead' && MAY_GO_AGAIN.includes(row.closing)) {
      rows.push(row);
    } else if (ids.length === 1) {
      throw conflict('这条已经处理过了，请刷新后再看');
    }
  }
  return rows;
}

async function byFilter(
  deps: ActDeps,
  tx: Tx,
  scope: Administering,
  { state: _dead, ...filter }: DeliveryFilter,
): Promise<Pick<LogRow, 'id' | 'area_id'>[]> {
  const within = logged(scope.areaIds, filter, deps.clock.businessNow());
  const meanings = filter.q ? await meaningsOf(tx, deps.directory, filter.q) : null;
  return tx
    .selectFrom('outbox')
    .select(['outbox.id', 'outbox.area_id'])
    .where((eb) => eb.and([STATES.dead(eb), within(eb)]))
    .$if(meanings !== null, (qb) => qb.where((eb) => eb.or((meanings ?? []).map((meaning) => meaning(eb)))))
    .orderBy('outbox.created_at')
    .orderBy('outbox.id')
    .limit(MOST_AT_ONCE + 1)
    .execute();
}

/** Tells whoever can act now, or the head, and closes the dead letter. Throws conflict when nobody is there. */
export async function redirect(
  deps: ActDeps,
  { scope, request }: Asked,
  id: string,
  to: Instead,
): Promise<void> {
  await changeOnce(deps.store, request, deps.clock.machineNow(), async (tx) => {
    const row = await findDelivery(tx, scope, id);
    const now = deps.clock.businessNow();
    const c = row.case_id ? await findCase(tx, row.case_id) : null;
    const targets = await targetsOf(tx, deps.directory, row, c, to, now);
    if (targets.length === 0) {
      throw conflict('现在没有可以改发的人，请打电话告知，或先在「人员与角色」里补上');
    }
    await close(deps, tx, scope, row, to, { names: targets.map((t) => t.name) });
    for (const target of targets) {
      await tell(deps, tx, row, c, target);
    }
    await audit(deps, tx, scope, [row], 'delivery.redirected', row.id, {
      to,
      instead: targets.map((t) => t.personId),
    });
    afterCommit(tx, deps.wake);
    return row.id;
  });
}

/** Keeps who was told by telephone, by whom and when, and closes the dead letter. */
export async function recordCall(
  deps: ActDeps,
  { scope, request }: Asked,
  id: string,
  call: DeliveryCall,
): Promise<void> {
  await changeOnce(deps.store, request, deps.clock.machineNow(), async (tx) => {
    const row = await findDelivery(tx, scope, id);
    const at = Date.parse(call.at);
    const now = deps.clock.businessNow();
    if (at > now + 60_000) {
      throw invalidInput([{ path: 'at', message: '通话时间不能晚于现在' }]);
    }
    if (at < row.created_at - 60_000) {
      throw invalidInput([{ path: 'at', message: '通话时间早于这条通知，请核对' }]);
    }
    const kept: Closing = { spokeTo: call.spokeTo, at, note: call.note };
    await close(deps, tx, scope, row, 'call', kept);
    await audit(deps, tx, scope, [row], 'delivery.called', row.id, { ...kept });
    return row.id;
  });
}

/** Throws conflict when somebody else dealt with it first. */
async function close(
  deps: ActDeps,
  tx: Tx,
  scope: Administering,
  row: LogRow,
  closing: Instead | 'call',
  kept: Closing,
): Promise<void> {
  const closed = await tx
    .updateTable('outbox')
    .set({
      closing,
      closed_at: deps.clock.businessNow(),
      closed_by: scope.personId,
      closing_json: JSON.stringify(kept),
    })
    .where('id', '=', row.id)
    .where((eb) => isDead(eb))
    .executeTakeFirst();
  if (Number(closed.numUpdatedRows) !== 1) {
    throw conflict('这条已经处理过了，请刷新后再看');
  }
}

/** The duty's own card where the person has none; else an action card that says who was not reached. */
async function tell(deps: ActDeps, tx: Tx, row: LogRow, c: Case | null, target: Target): Promise<void> {
  if (c && (await gaveCard(deps, tx, row, c, target))) {
    return;
  }
  const host = deps.hosts.get(row.host_id);
  if (!host) {
    throw conflict('没有接入这个消息平台，请打电话告知');
  }
  await queueRow(tx, deps, {
    ...standInFor(row, target),
    kind: 'notice',
    channel: 'actionCard',
    notice: row.notice,
    cardId: null,
    payload: host.renderNotice(contentOf(row, c)),
  });
}

/** True when the person now gets the card of the duty; false when there is none or they have it. */
async function gaveCard(deps: ActDeps, tx: Tx, row: LogRow, c: Case, target: Target): Promise<boolean> {
  const lost = row.card_id
    ? await tx.selectFrom('card').select('duty_key').where('id', '=', row.card_id).executeTakeFirst()
    : undefined;
  const duty = duties(c).find((d) => d.key === lost?.duty_key);
  // A head is told, but the duty stays the handlers'.
  if (!duty || (duty.audience.to === 'unit' && duty.audience.role !== target.role)) {
    return false;
  }
  const held = await tx
    .selectFrom('card')
    .select(['id', 'delivered'])
    .where('case_id', '=', c.id)
    .where('duty_key', '=', duty.key)
    .where('person_id', '=', target.personId)
    .where('live', '=', 1)
    .executeTakeFirst();
  if (held?.delivered === 1) {
    return false;
  }
  const { personId, account, role } = target;
  if (held) {
    await queueRow(tx, deps, {
      ...standInFor(row, target),
      kind: 'card',
      notice: duty.purpose,
      cardId: held.id,
    });
  } else {
    await openCards(tx, deps, c, duty, [{ personId, account, others: [], unitId: row.unit_id, role }]);
  }
  return true;
}

const standInFor = (row: LogRow, { personId, account, role }: Target) => ({
  caseId: row.case_id,
  personId,
  accountId: account.id,
  hostId: row.host_id,
  areaId: row.area_id,
  unitId: row.unit_id,
  toRole: role,
  originId: row.id,
});

function contentOf(row: LogRow, c: Case | null): NoticeContent {
  const path = c ? casePath(c.id) : homePath;
  return {
    number: row.id.slice(-8),
    title: noticeLabel(row.notice),
    lines: c ? [{ label: '民情', value: c.content.title }] : [],
    body: isNameless(row) ? '原来的收件人没有收到' : `${recipientName(row)}没有收到，请您看一下`,
    path,
    buttons: [{ title: '打开办理', path }],
    status: null,
  };
}

async function audit(
  deps: ActDeps,
  tx: Tx,
  scope: Administering,
  rows: readonly Pick<LogRow, 'area_id'>[],
  kind: string,
  subject: string,
  data: Record<string, unknown>,
): Promise<void> {
  await appendAudit(tx, {
    at: deps.clock.businessNow(),
    kind,
    personId: scope.personId,
    subject,
    data,
    areaId: rows[0]?.area_id ?? '',
  });
}
