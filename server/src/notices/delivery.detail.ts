/** One delivery whole: what went wrong, every attempt, what can be done, and the clocks that go on running. */
import type { DeliveryView } from '@minqing/shared/contract';
import { clockText, isoShanghaiFull, momentText } from '@minqing/shared/time';
import { DELIVERY_CHANNELS, type DeliveryChannel } from '@minqing/shared/words';
import { CLOCKS, type Actor, type Case } from '@minqing/shared/workflow';
import { findCase, leftOf, namesOf, sightOf, type Calendars } from '../cases/index.ts';
import { notFound } from '../errors.ts';
import type { Administering, Directory } from '../people/index.ts';
import type { Reader, Store } from '../store/index.ts';
import { attemptsOf, type KeptAttempt } from './attempts.ts';
import { choicesOf } from './delivery.instead.ts';
import {
  codeOf,
  hostName,
  isNameless,
  logRows,
  presentItem,
  recipientName,
  type ItemDeps,
  type LogRow,
} from './delivery.item.ts';
import { reasonOf, type HostName } from './delivery.words.ts';

export interface DetailDeps extends ItemDeps {
  store: Store;
  directory: Directory;
  calendars: Calendars;
}

/** The row of the log. Throws notFound when there is none or it is not the viewer's to see. */
export async function findDelivery(db: Reader, scope: Administering, id: string): Promise<LogRow> {
  const row = await logRows(db).where('outbox.id', '=', id).where('outbox.logged', '=', 1).executeTakeFirst();
  if (!row || !scope.covers(row.area_id)) {
    throw notFound('没有这条投递记录');
  }
  return row;
}

export async function viewDelivery(
  deps: DetailDeps,
  viewer: Actor,
  scope: Administering,
  id: string,
): Promise<DeliveryView> {
  const now = deps.clock.businessNow();
  return deps.store.read(async (db) => {
    const row = await findDelivery(db, scope, id);
    const c = row.case_id ? await findCase(db, row.case_id) : null;
    const item = presentItem(deps, row);
    const host = hostName(deps, row.host_id);
    const attempts = await attemptsOf(db, await chainOf(db, row));
    const dead = item.state === 'dead';
    return {
      ...item,
      headline: headlineOf(row, item.noticeLabel, item.state),
      since: `${momentText(attempts[0]?.at ?? row.created_at, now)} 起，试了 ${attempts.length} 次`,
      reason: dead || item.state === 'retrying' ? await reasonText(db, deps, row, host) : '',
      caseId: row.case_id,
      caseOpens: c !== null && sightOf(c, viewer, (areaId) => deps.directory.areaChain(areaId)).any,
      canResend: dead || row.closing === 'replaced',
      canRecordCall: dead,
      choices: dead ? await choicesOf(db, deps.directory, row, c, now, host) : [],
      attemptList: attempts.map((attempt) => presentAttempt(attempt, host)),
      answer: answerOf(
        row,
        attempts.findLast((a) => a.outcome !== 'sent'),
      ),
      deadlines: c ? deadlinesOf(deps, c, now) : [],
      asOf: isoShanghaiFull(now),
      closing: await closingText(db, row, now),
    };
  });
}

/** The row and those it stands in for: the way down the ladder is one story. */
async function chainOf(db: Reader, row: LogRow): Promise<string[]> {
  const ids = [row.id];
  let origin = row.origin_id;
  while (origin !== null && ids.length < 10) {
    ids.unshift(origin);
    const before = await db
      .selectFrom('outbox')
      .select('origin_id')
      .where('id', '=', origin)
      .executeTakeFirst();
    origin = before?.origin_id ?? null;
  }
  return ids;
}

function headlineOf(row: LogRow, label: string, state: DeliveryView['state']): string {
  const name = recipientName(row);
  switch (state) {
    case 'dead':
    case 'closed':
      return `${name}没有收到「${label}」`;
    case 'retrying':
      return `正在重新发给${name}「${label}」`;
    case 'queued':
      return `等着发给${name}「${label}」`;
    case 'sent':
      return `已送到${name}「${label}」`;
    case 'read':
      return `${name}看过了「${label}」`;
  }
}

async function reasonText(db: Reader, deps: DetailDeps, row: LogRow, host: HostName): Promise<string> {
  const { short, advice } = reasonOf(row.error_kind, codeOf(row), host);
  const left = row.error_kind === 'gone' ? await leftText(db, deps, row) : '';
  return `${short}。${left}${advice}`;
}

/** When contact sync found them gone, and from where. */
async function leftText(db: Reader, deps: DetailDeps, row: LogRow): Promise<string> {
  const account = await db
    .selectFrom('account')
    .select('active')
    .where('id', '=', row.account_id)
    .executeTakeFirst();
  if (account?.active === 1) {
    return '';
  }
  const gone = await db
    .selectFrom('audit')
    .select('at')
    .where('subject', '=', row.person_id)
    .where('kind', '=', 'contacts.left')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const from = row.unit_id ? (deps.directory.unit(row.unit_id)?.name ?? '通讯录') : '通讯录';
  return gone
    ? `${momentText(gone.at, deps.clock.businessNow())} 同步通讯录时，这个人已从 ${from} 调出。`
    : `这个人已从 ${from} 调出。`;
}

function presentAttempt(attempt: KeptAttempt, host: HostName): DeliveryView['attemptList'][number] {
  const good = attempt.outcome === 'sent';
  const { short } = reasonOf(attempt.kind, attempt.code, host);
  return {
    at: isoShanghaiFull(attempt.at),
    timeText: `${clockText(attempt.at)}:${String(Math.floor(attempt.at / 1_000) % 60).padStart(2, '0')}`,
    channelLabel: DELIVERY_CHANNELS[attempt.channel as DeliveryChannel],
    text: good ? '平台收下了' : attempt.outcome === 'dead' ? `${short}，停止重试` : short,
    good,
  };
}

function answerOf(row: LogRow, last: KeptAttempt | undefined): DeliveryView['answer'] {
  const lines: [string, string | number | undefined | null][] = last
    ? [
        ['接口', last.answer.api],
        ['HTTP', last.answer.status],
        ['代码', last.code],
        // What a host says may name its recipient, who is nobody's to know here.
        ['说明', isNameless(row) ? undefined : last.answer.message],
        ['任务', row.task_id],
        ['请求', last.answer.request],
      ]
    : [['说明', isNameless(row) ? undefined : row.last_error]];
  return lines.flatMap(([label, value]) =>
    value === undefined || value === null || value === '' ? [] : [{ label, value: String(value) }],
  );
}

function deadlinesOf(deps: DetailDeps, c: Case, now: number): DeliveryView['deadlines'] {
  const telling = {
    now,
    calendar: deps.calendars.of(c.areaId),
    unit: (id: string) => deps.directory.unit(id),
  };
  return c.clocks
    .filter((clock) => clock.stoppedAt === null)
    .map((clock) => ({ label: `${CLOCKS[clock.kind].label}时限`, left: leftOf(clock, telling) }));
}

/** What a call or a new recipient was, as kept with the row. */
export interface Closing {
  spokeTo?: string;
  at?: number;
  note?: string;
  names?: string[];
}

async function closingText(db: Reader, row: LogRow, now: number): Promise<string> {
  if (row.closing === '' || row.closed_at === null) {
    return '';
  }
  const kept = JSON.parse(row.closing_json ?? '{}') as Closing;
  const names = await namesOf(db, row.closed_by ? [row.closed_by] : []);
  const who = row.closed_by ? `${names(row.closed_by).name} ` : '';
  const when = momentText(kept.at ?? row.closed_at, now);
  switch (row.closing) {
    case 'call':
      return `${who}${when} 打电话告知了 ${kept.spokeTo ?? ''}${kept.note ? `：${kept.note}` : ''}`;
    case 'handler':
    case 'head':
      return `${who}${when} 改发给 ${kept.names?.join('、') ?? ''}`;
    case 'replaced':
      return `${when} 改用链接卡片再发`;
    default:
      return `${when} 事情已办，不用再发`;
  }
}
