/** Subscriptions as the database holds them, and in words. */
import type { WebhookView } from '@minqing/shared/contract';
import { dateText, momentText } from '@minqing/shared/time';
import { WEBHOOK_ACTIONS, type WebhookAction, type WebhookLevel } from '@minqing/shared/webhooks';
import type { Selectable } from 'kysely';
import type { Directory } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import type { WebhookDeliveryTable, WebhookTable } from '../store/tables.door.ts';

export type WebhookRow = Selectable<WebhookTable>;
export type DeliveryRow = Selectable<WebhookDeliveryTable>;

/** The steps chosen; one that a later version dropped is left out. */
export function eventsOfRow(row: Pick<WebhookRow, 'events_json'>): WebhookAction[] {
  const kept = JSON.parse(row.events_json) as string[];
  return WEBHOOK_ACTIONS.filter((action) => kept.includes(action));
}

export const levelOf = (row: Pick<WebhookRow, 'level'>): WebhookLevel =>
  row.level === 'content' ? 'content' : 'outline';

/** Whether anything is sent to it now. */
export const isRunning = (row: Pick<WebhookRow, 'active' | 'stopped' | 'removed'>): boolean =>
  row.active === 1 && row.stopped === '' && row.removed === 0;

export async function findWebhook(db: Reader, id: string): Promise<WebhookRow | undefined> {
  return db
    .selectFrom('webhook')
    .selectAll()
    .where('id', '=', id)
    .where('removed', '=', 0)
    .executeTakeFirst();
}

interface Clocks {
  businessNow: number;
  machineNow: number;
}

/** Each with how much waits and what was given up. */
export async function presentWebhooks(
  db: Reader,
  directory: Pick<Directory, 'area'>,
  rows: readonly WebhookRow[],
  clocks: Clocks,
): Promise<WebhookView[]> {
  const ids = rows.map((row) => row.id);
  const counts =
    ids.length > 0
      ? await db
          .selectFrom('webhook_delivery')
          .select((eb) => ['webhook_id', 'state', eb.fn.countAll<number>().as('n')])
          .select((eb) => eb.fn.max('done_at').as('last'))
          .where('webhook_id', 'in', ids)
          .groupBy(['webhook_id', 'state'])
          .execute()
      : [];
  return rows.map((row) => {
    const of = (state: string) => counts.find((one) => one.webhook_id === row.id && one.state === state);
    const last = of('sent')?.last ?? null;
    const waiting = Number(of('waiting')?.n ?? 0);
    return {
      id: row.id,
      name: row.name,
      url: row.url,
      events: eventsOfRow(row),
      level: levelOf(row),
      basis: row.basis,
      area: { id: row.area_id, name: directory.area(row.area_id)?.name ?? '' },
      ...stateOf(row, waiting, clocks),
      version: row.version,
      waiting,
      failed: Number(of('failed')?.n ?? 0),
      lastText: last === null ? '还没有推送过' : `最近 ${momentText(Number(last), clocks.businessNow)} 送达`,
      createdText: `${dateText(row.created_at, clocks.businessNow)}创建`,
      oldSecretText:
        row.old_secret_cipher !== null && row.old_until > clocks.machineNow ? '旧密钥还能用一天' : '',
    };
  });
}

function stateOf(
  row: WebhookRow,
  waiting: number,
  { businessNow, machineNow }: Clocks,
): Pick<WebhookView, 'state' | 'stateText'> {
  if (row.active === 0) {
    return { state: 'off', stateText: '已停用，停用期间的进展不推送，启用后可以补推' };
  }
  if (row.stopped !== '') {
    return { state: 'stopped', stateText: `${row.stopped}，已自动停用；修好后请启用` };
  }
  if (row.failing_since !== null) {
    // Failures are counted by the machine's clock; people read the business one.
    const since = momentText(businessNow - (machineNow - row.failing_since), businessNow);
    return { state: 'failing', stateText: `${since} 起推送不通，还会再试，${waiting} 条在等` };
  }
  return { state: 'on', stateText: waiting > 0 ? `正常，${waiting} 条在推` : '正常' };
}
