/** Looks at one case whole, in a read or in the transaction that repairs it. */
import { CLOCKS, type Case, type Timer } from '@minqing/shared/workflow';
import {
  bodyDiffers,
  readStored,
  replayed,
  rowDifferences,
  timerDifferences,
  worldAround,
  type Moments,
  type StoredCase,
} from '../cases/index.ts';
import { findCardFlaws, MOST_ATTEMPTS, type CardFlaws } from '../notices/index.ts';
import { databaseNow, type Reader } from '../store/index.ts';
import type { CheckDeps, Finding, StuckKind } from './model.ts';

/** No lease is taken for longer than a minute: one that ends later than this can only be damage. */
export const LONGEST_LEASE_MS = 600_000;

export interface Leases {
  /** Rows of the outbox held by a lease that never ends. */
  held: string[];
  /** Rows that were begun again and again and never came to an end. */
  hopeless: string[];
  timers: { clock_id: string; step: string }[];
}

export interface Examined {
  stored: StoredCase | null;
  /** The case as its history tells it. */
  told: Case | null;
  body: boolean;
  columns: string[];
  timers: ReturnType<typeof timerDifferences>;
  moments: Moments;
  cards: CardFlaws;
  leases: Leases;
  findings: Finding[];
}

const NO_CARDS: CardFlaws = { nobody: [], missing: [], stale: [], unsent: [] };

/** Everything there is to say about the case; no findings when it is sound. */
export async function examine(db: Reader, deps: CheckDeps, caseId: string): Promise<Examined> {
  const now = deps.clock.businessNow();
  const databaseTime = await databaseNow(db);
  const stored = await readStored(db, caseId);
  const told = stored ? replayed(stored.events) : null;
  const leases = await leasesOf(db, caseId, stored, databaseTime);
  const areaId = told?.areaId ?? stored?.row.area_id ?? '';
  const since = told?.lastEventAt ?? stored?.row.last_event_at ?? now;
  const findings: Finding[] = [];
  const add = (kind: StuckKind, words: Pick<Finding, 'what' | 'repair'> & Partial<Finding>): void =>
    void findings.push({ subject: caseId, caseId, areaId, kind, fixable: true, since, ...words });
  const seen: Examined = {
    stored,
    told,
    body: false,
    columns: [],
    timers: { missing: [], unwanted: [] },
    moments: { now, databaseNow: databaseTime, calendarMoved: false },
    cards: NO_CARDS,
    leases,
    findings,
  };
  addLeases(seen, add);
  if (!stored && (await hasTimers(db, caseId))) {
    add('timers', { what: '时限属于一件不存在的民情', repair: '清掉这些时限' });
  }
  if (!stored || !told) {
    if (stored) {
      add('history', {
        what: '经过断了，拼不出这件民情现在的样子',
        repair: '不能自动修复：请在「操作审计」核验台账，再请技术支持处理',
        fixable: false,
      });
    }
    return seen;
  }
  const calendar = deps.calendars.of(told.areaId);
  seen.body = bodyDiffers(stored, told);
  if (seen.body) {
    add('body', { what: '存下来的内容和经过不一致', repair: '按经过重新写一遍' });
  }
  seen.moments.calendarMoved = await calendarMoved(db, deps, told);
  const { moments } = seen;
  seen.columns = rowDifferences(stored, told, calendar).filter(
    (column) => column !== 'amber_at' || !moments.calendarMoved,
  );
  if (seen.columns.length > 0) {
    add('row', {
      what: `列表里的${columnWords(seen.columns)}和经过不一致，可能找不到它或排错位置`,
      repair: '按经过重新写一遍',
    });
  }
  seen.timers = timerDifferences(stored, told, calendar, moments);
  addTimers(seen, told, now, add);
  const world = await worldAround(db, deps, told, told.areaId, now);
  seen.cards = await findCardFlaws(db, deps, told, world);
  await addPeople(db, seen, told, add);
  return seen;
}

type Add = (kind: StuckKind, words: Pick<Finding, 'what' | 'repair'> & Partial<Finding>) => void;

/** A change of the calendar moves reminders only with their clock: until then they stand where they stood. */
async function calendarMoved(db: Reader, deps: CheckDeps, told: Case): Promise<boolean> {
  const row = await db
    .selectFrom('calendar_change')
    .select('id')
    .where('area_id', 'in', [...deps.directory.areaChain(told.areaId)])
    .where('at', '>=', told.lastEventAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function hasTimers(db: Reader, caseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('timer')
    .select('clock_id')
    .where('case_id', '=', caseId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function leasesOf(
  db: Reader,
  caseId: string,
  stored: StoredCase | null,
  databaseTime: number,
): Promise<Leases> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'lease_until', 'attempts'])
    .where('case_id', '=', caseId)
    .where('status', '=', 'waiting')
    .execute();
  const forEver = (until: number): boolean => until > databaseTime + LONGEST_LEASE_MS;
  return {
    held: rows.filter((r) => forEver(r.lease_until)).map((r) => r.id),
    hopeless: rows.filter((r) => r.attempts > MOST_ATTEMPTS && r.lease_until < databaseTime).map((r) => r.id),
    timers: (stored?.timers ?? []).filter((t) => forEver(t.lease_until)),
  };
}

function addLeases({ leases }: Examined, add: Add): void {
  const { held, hopeless, timers } = leases;
  if (held.length > 0) {
    add('lease', { what: `${held.length} 条通知被占着不放，一直发不出去`, repair: '放开，重新发送' });
  } else if (hopeless.length > 0) {
    add('lease', {
      what: `${hopeless.length} 条通知发了多次都没有结果`,
      repair: '停止重试，转到投递记录里处理',
    });
  } else if (timers.length > 0) {
    add('lease', { what: `${timers.length} 个时限被占着不放，到点不会触发`, repair: '放开，重新触发' });
  }
}

const COLUMN_WORDS: Record<string, string> = {
  state: '状态',
  due_at: '时限',
  amber_at: '时限',
  clock_kind: '时限',
  started_at: '时限',
  paused: '时限',
  mover: '轮到谁',
  lead_unit_id: '主办单位',
  assignment: '承办单位',
  case_author: '提出人',
  area_id: '地区',
  committee_id: '地区',
  dispatch_office_id: '地区',
  title: '标题',
  category_id: '类别',
  version: '步数',
  exclusive_version: '步数',
};

function columnWords(columns: readonly string[]): string {
  const words = [...new Set(columns.map((column) => COLUMN_WORDS[column] ?? '其他项'))];
  return words.toSorted((a, b) => Number(a === '其他项') - Number(b === '其他项')).join('、');
}

function addTimers({ timers, stored }: Examined, told: Case, now: number, add: Add): void {
  const { missing, unwanted } = timers;
  if (missing.length + unwanted.length === 0) {
    return;
  }
  const missed = missing.map((t) => t.at).filter((at) => at <= now);
  add('timers', {
    what: [
      missing.length > 0 ? `少了${timerWords(told, missing)}，到点不会提醒或记超期` : '',
      unwanted.length > 0 && missing.length === 0 ? `多出 ${unwanted.length} 个不该有的时限` : '',
    ]
      .filter(Boolean)
      .join('；'),
    repair: '按经过重新排好时限',
    ...(missed.length > 0 ? { since: Math.min(...missed) } : { since: stored?.row.last_event_at ?? now }),
  });
}

function timerWords(told: Case, timers: readonly Timer[]): string {
  const words = timers.map(({ clockId, step }) => {
    const kind = told.clocks.find((k) => k.id === clockId)?.kind;
    return `${kind ? CLOCKS[kind].label : ''}${step === 'due' ? '到期' : '提醒'}`;
  });
  return [...new Set(words)].join('、');
}

async function addPeople(db: Reader, { cards }: Examined, told: Case, add: Add): Promise<void> {
  const [nobody] = cards.nobody;
  if (nobody) {
    const clock = told.clocks.find((k) => k.id === nobody.duty.clockId);
    const isTold = await wasTold(db, told.id, nobody.duty.key);
    add('nobody', {
      what: cards.nobody.map(({ why }) => why).join('；'),
      repair: isTold
        ? '已经告知督查；请在「人员与角色」里补上能办的人'
        : '告知督查协调；请在「人员与角色」里补上能办的人',
      fixable: !isTold,
      since: clock?.startedAt ?? told.lastEventAt,
    });
  }
  const { missing, stale, unsent } = cards;
  if (missing.length + stale.length + unsent.length > 0) {
    const names = [...new Set(missing.map((m) => m.name))];
    add('cards', {
      what: [
        names.length > 0
          ? `${names.slice(0, 3).join('、')}${names.length > 3 ? ` 等 ${names.length} 人` : ''}没有卡片`
          : '',
        unsent.length > 0 ? `${unsent.length} 张卡片没有发出` : '',
        stale.length > 0 ? `${stale.length} 张办完的卡片还亮着` : '',
      ]
        .filter(Boolean)
        .join('；'),
      repair: missing.length + unsent.length > 0 ? '补发卡片' : '把办完的卡片收起来',
    });
  }
}

/** Whether the inspectors were told of this duty before. */
async function wasTold(db: Reader, caseId: string, dutyKey: string): Promise<boolean> {
  const row = await db
    .selectFrom('request')
    .select('created_at')
    .where('door', '=', 'repair')
    .where('principal', '=', caseId)
    .where('request_key', '=', `nobody:${dutyKey}`)
    .executeTakeFirst();
  return row !== undefined;
}
