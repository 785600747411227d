/** 每月统计: the figures of the month before, as one work notice to each of those in charge of an area. */
import { figuresQuery, statisticsFilter, type FiguresView } from '@minqing/shared/contract';
import { firstDayOf, monthName, type FigureName, type MonthlyRole } from '@minqing/shared/statistics';
import { dateOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import type { NoticeContent } from '../hosts/index.ts';
import type { Sequencer } from '../ledger/index.ts';
import type { Notices } from '../notices/index.ts';
import type { Directory } from '../people/index.ts';
import type { MonthlyDue, Statistics } from '../statistics/index.ts';
import { databaseNow, insertIgnore, type Store } from '../store/index.ts';
import { figureOf } from './circular.words.ts';

export interface MonthlyDeps {
  store: Store;
  clock: Clock;
  directory: Pick<Directory, 'areas' | 'area'>;
  statistics: Pick<Statistics, 'figures' | 'backlog' | 'monthly' | 'followers'>;
  notices: Pick<Notices, 'tellPerson' | 'outbox'>;
  sequencer: Pick<Sequencer, 'runOnce'>;
}

const TOLD: readonly FigureName[] = ['reported', 'closed', 'onTimeRate', 'satisfactionRate'];
/** A month in which none of these happened is not worth a message. */
const HAPPENED: readonly FigureName[] = ['reported', 'dispatched', 'replied', 'closed'];

export interface Monthly {
  /** Queues what is due in every area and was not sent yet; answers how many people are told. */
  runOnce(): Promise<number>;
}

export function createMonthly(deps: MonthlyDeps): Monthly {
  const { store, directory, statistics } = deps;
  /** What this process knows to be done, so that it need not ask again. */
  const done = new Set<string>();

  /** What had happened when this began to wait: figures are told once, so all of it has to be in them. */
  let waiting: { since: number; head: number | null } | null = null;
  async function isCounted(): Promise<boolean> {
    // Moves them on where this process is the one that follows the ledger.
    await deps.sequencer.runOnce();
    await Promise.all(statistics.followers.map((each) => each.runOnce()));
    return store.read(async (db) => {
      const { pendingSince, head, counted } = await statistics.monthly.counted(db);
      waiting ??= { since: await databaseNow(db), head: null };
      if (waiting.head === null && (pendingSince === null || pendingSince > waiting.since)) {
        waiting.head = head;
      }
      return waiting.head !== null && counted >= waiting.head;
    });
  }

  async function isDone({ areaId, month }: MonthlyDue): Promise<boolean> {
    const row = await store.read((db) =>
      db
        .selectFrom('monthly_delivery')
        .select('month')
        .where('area_id', '=', areaId)
        .where('month', '=', month)
        .executeTakeFirst(),
    );
    return row !== undefined;
  }

  /** In one transaction with the mark that it is done: two processes, or a crash in between, send it once. */
  async function send(due: MonthlyDue): Promise<number> {
    const now = deps.clock.businessNow();
    const readers = await store.read((db) => statistics.monthly.readers(db, due, now));
    const contents = new Map<MonthlyRole, NoticeContent | null>();
    for (const role of new Set(readers.map((reader) => reader.role))) {
      contents.set(role, await contentFor(deps, due, role));
    }
    return store.transact(async (tx) => {
      const mark = { area_id: due.areaId, month: due.month, at: now, people: 0 };
      if (!(await insertIgnore(tx, 'monthly_delivery', mark))) {
        return 0;
      }
      let people = 0;
      for (const { role, personId } of readers) {
        const content = contents.get(role);
        const told =
          content &&
          (await deps.notices.tellPerson(tx, {
            notice: 'monthly',
            areaId: due.areaId,
            personId,
            role,
            content,
          }));
        people += told ? 1 : 0;
      }
      await tx
        .updateTable('monthly_delivery')
        .set({ people })
        .where('area_id', '=', due.areaId)
        .where('month', '=', due.month)
        .execute();
      return people;
    });
  }

  async function sendAll(): Promise<number> {
    let told = 0;
    for (const { id } of directory.areas()) {
      const due = statistics.monthly.due(id);
      const key = due && `${due.areaId} ${due.month}`;
      if (!due || !key || done.has(key)) {
        continue;
      }
      if (!(await isDone(due))) {
        if (!(await isCounted())) {
          return told;
        }
        told += await send(due);
      }
      done.add(key);
    }
    waiting = null;
    return told;
  }

  return {
    async runOnce() {
      await statistics.monthly.refresh();
      const told = await sendAll();
      if (told > 0) {
        deps.notices.outbox.wake();
      }
      return told;
    },
  };
}

/** The notice as this role reads it; null where the month holds nothing. */
async function contentFor(
  { directory, statistics }: MonthlyDeps,
  { areaId, month }: MonthlyDue,
  role: MonthlyRole,
): Promise<NoticeContent | null> {
  const area = directory.area(areaId);
  const reader: Actor = { kind: 'person', personId: '', grants: [{ role, unitId: null, areaId }] };
  const asked = {
    desk: `${role}:${areaId}`,
    period: 'month',
    within: dateOfDay(firstDayOf(month + 1) - 1),
  } as const;
  const view = await statistics.figures(reader, figuresQuery.parse(asked));
  if (!HAPPENED.some((id) => figureOf(view.figures, id)?.part)) {
    return null;
  }
  const { sentence } = await statistics.backlog(reader, statisticsFilter.parse(asked));
  const name = monthName(month);
  return {
    number: `${view.period.from.slice(0, 7)}·${areaId}`,
    title: `${area?.name ?? ''}${name}民情统计`,
    lines: TOLD.flatMap((id) => lineOf(view, id)),
    body: `${sentence}。点开看各单位、各地的情况，也可以存成通报。`,
    path: `/#/figures?${new URLSearchParams(asked).toString()}`,
    buttons: [],
    status: { text: '每月统计', tone: 'blue' },
  };
}

function lineOf({ figures }: FiguresView, id: FigureName): NoticeContent['lines'] {
  const figure = figureOf(figures, id);
  if (!figure || figure.whole === 0) {
    return [];
  }
  const value = figure.form === 'count' ? `${figure.text} 件` : figure.text;
  return [{ label: figure.name, value: [value, figure.last?.phrase].filter(Boolean).join('，') }];
}
