/** One line of the delivery log, in words. */
import type { DeliveryItem } from '@minqing/shared/contract';
import { isoShanghaiFull } from '@minqing/shared/time';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  ROLES,
  type DeliveryChannel,
  type Role,
} from '@minqing/shared/words';
import { GOVERNMENT_STATES } from '@minqing/shared/workflow';
import { HOST_NAMES, type CaseState } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import type { Directory } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import type { OutboxRow } from '../store/tables.ts';
import { stateOf } from './delivery.query.ts';
import { logTime, noticeLabel, reasonOf, type HostName } from './delivery.words.ts';

export interface ItemDeps {
  clock: Clock;
  directory: Pick<Directory, 'unit'>;
  hosts: ReadonlyMap<string, Pick<Host, 'vendor'>>;
}

/** The columns an item is made of. */
export type LogRow = OutboxRow & {
  person_name: string;
  case_number: string | null;
  case_title: string | null;
  case_state: string | null;
  case_anonymous: number | null;
};

/** The log's rows with what stands around them; narrowed and ordered by the caller. */
export function logRows(db: Reader) {
  return db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'outbox.person_id')
    .leftJoin('cases', 'cases.id', 'outbox.case_id')
    .selectAll('outbox')
    .select([
      'person.name as person_name',
      'cases.number as case_number',
      'cases.title as case_title',
      'cases.state as case_state',
      'cases.anonymous as case_anonymous',
    ]);
}

/** An anonymous author: only the reviewer knows the name. */
export const isNameless = (row: LogRow): boolean => row.case_anonymous === 1 && row.to_role === '';

/** The recipient as an administrator may know them. */
export const recipientName = (row: LogRow): string => (isNameless(row) ? '匿名委员' : row.person_name);

export const hostName = (deps: ItemDeps, hostId: string): HostName =>
  HOST_NAMES[deps.hosts.get(hostId)?.vendor ?? 'dingtalk'];

/** The host's code in front of its words. */
export const codeOf = (row: Pick<OutboxRow, 'last_error'>): string | null =>
  row.last_error?.split(' ', 1)[0] ?? null;

/** Titles of what nobody has accepted yet are not for administrators. */
const aboutOf = (row: LogRow): string =>
  row.case_title !== null && GOVERNMENT_STATES.includes(row.case_state as CaseState)
    ? row.case_title
    : (row.case_number ?? '');

const CLOSED_WORDS: Record<string, string> = {
  replaced: '改用链接卡片再发',
  handler: '已改发给现任的人',
  head: '已改发给单位负责人',
  call: '已打电话告知',
  over: '事情已办，不用再发',
};

/** How a closed dead letter ended, in a few words. */
export const closedWords = (closing: string): string => CLOSED_WORDS[closing] ?? '已处理';

/** When a row that waits will be tried, on the clock people read. */
const nextTry = (row: LogRow, clock: Clock, now: number): string =>
  logTime(now + Math.max(0, row.not_before - clock.machineNow()), now);

function resultOf(deps: ItemDeps, row: LogRow, now: number): string {
  const reason = (): string => reasonOf(row.error_kind, codeOf(row), hostName(deps, row.host_id)).short;
  switch (stateOf(row)) {
    case 'dead':
      return reason();
    case 'closed':
      return closedWords(row.closing);
    case 'retrying':
      return `${row.last_error === null ? '正在发' : reason()}，${nextTry(row, deps.clock, now)} 再发`;
    case 'queued':
      return row.not_before > deps.clock.machineNow() + 60_000
        ? `等 ${nextTry(row, deps.clock, now)} 发`
        : '马上发';
    case 'read':
      return `${logTime(row.read_at ?? now, now)} 打开`;
    case 'sent':
      return `${logTime(row.created_at + Math.max(0, (row.sent_at ?? 0) - row.queued_at), now)} 送达`;
  }
}

/** The row as a line of the list. */
export function presentItem(deps: ItemDeps, row: LogRow): DeliveryItem {
  const now = deps.clock.businessNow();
  const channel = row.channel as DeliveryChannel;
  const state = stateOf(row);
  return {
    id: row.id,
    createdAt: isoShanghaiFull(row.created_at),
    timeText: logTime(row.created_at, now),
    notice: row.notice,
    noticeLabel: noticeLabel(row.notice),
    about: aboutOf(row),
    recipient: {
      name: recipientName(row),
      unit: row.unit_id
        ? (deps.directory.unit(row.unit_id)?.name ?? '')
        : (ROLES[row.to_role as Role] ?? ROLES.member),
    },
    channel,
    channelLabel: DELIVERY_CHANNELS[channel],
    attempts: row.attempts,
    state,
    stateLabel: DELIVERY_STATES[state],
    result: resultOf(deps, row, now),
  };
}

/** 「新交办，请签收」发给周凯, for each of these deliveries that there is. */
export async function deliveriesNamed(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const rows = await logRows(db)
    .where('outbox.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, `「${noticeLabel(row.notice)}」发给${recipientName(row)}`]));
}
