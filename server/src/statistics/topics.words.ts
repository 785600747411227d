/** The words reports are about, kept by following the ledger: which case speaks of what, and how often by day and month. */
import type { Insertable } from 'kysely';
import { acceptedAt, monthOf } from '@minqing/shared/statistics';
import { dayNumberOf } from '@minqing/shared/time';
import type { Case } from '@minqing/shared/workflow';
import { createFollower, type Follower, type LedgerEntry } from '../ledger/index.ts';
import { upsert, type Reader, type Store, type Tx } from '../store/index.ts';
import type { TopicCountTable, TopicTable } from '../store/tables.statistics.ts';
import { WORDS_VERSION, wordsWithin } from '../text/index.ts';
import { casesAt, versionsIn } from './facts.ts';

/** Raised whenever a case would be put under other words. */
const RULES = 1;
const MOST_WORDS = 12;
const AT_ONCE = 200;

/** A word, or a category and a place together. */
export type TopicKind = 'word' | 'cluster';

/** What a report is about. Only what a committee accepted: nobody else may learn of the rest, not even a word. */
export function topicOf(c: Case | undefined): Insertable<TopicTable> | null {
  if (!c || acceptedAt(c) === null) {
    return null;
  }
  return {
    case_id: c.id,
    area_id: c.areaId,
    category_id: c.content.categoryId,
    place_id: c.content.place.areaId ?? c.areaId,
    at: c.submittedAt,
    words_json: JSON.stringify(wordsWithin(c.content.title).slice(0, MOST_WORDS)),
  };
}

export const wordsOf = (topic: Pick<TopicTable, 'words_json'>): string[] =>
  JSON.parse(topic.words_json) as string[];

/** Every count a report is part of. */
function countsOf(topic: Insertable<TopicTable>): Omit<TopicCountTable, 'n'>[] {
  const day = dayNumberOf(topic.at);
  const keys: [TopicKind, string, string][] = [
    ...wordsOf(topic).map((word): [TopicKind, string, string] => ['word', word, '']),
    ['cluster', topic.category_id, topic.place_id],
  ];
  return keys.flatMap(([kind, key1, key2]) => [
    { area_id: topic.area_id, kind, grain: 'd', period: day, key1, key2 },
    { area_id: topic.area_id, kind, grain: 'm', period: monthOf(day), key1, key2 },
  ]);
}

/** Each case as it stood at the last of its events that were taken: what is counted belongs to one place in the history. */
async function keepTopics(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
  const versions = versionsIn(entries);
  const cases = new Map((await casesAt(tx, versions)).map((c) => [c.id, c]));
  const net = new Map<string, { row: Omit<TopicCountTable, 'n'>; n: number }>();
  const count = (topic: Insertable<TopicTable> | null, sign: number): void => {
    for (const row of topic ? countsOf(topic) : []) {
      const key = JSON.stringify(Object.values(row));
      net.set(key, { row, n: (net.get(key)?.n ?? 0) + sign });
    }
  };
  for (const caseId of versions.keys()) {
    const had = await tx.selectFrom('topic').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    const before = had ? { ...had, at: Number(had.at) } : null;
    const after = topicOf(cases.get(caseId));
    if (JSON.stringify(before) === JSON.stringify(after)) {
      continue;
    }
    count(before, -1);
    count(after, 1);
    await replaceTopic(tx, caseId, before, after);
  }
  await addCounts(
    tx,
    [...net]
      .filter(([, { n }]) => n !== 0)
      // In one order: two batches that overlap then wait for each other instead of dying in a deadlock.
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, change]) => change),
  );
}

async function replaceTopic(
  tx: Tx,
  caseId: string,
  before: Insertable<TopicTable> | null,
  after: Insertable<TopicTable> | null,
): Promise<void> {
  if (before) {
    await tx.deleteFrom('topic').where('case_id', '=', caseId).execute();
    for (const word of wordsOf(before)) {
      await tx
        .deleteFrom('topic_word')
        .where('area_id', '=', before.area_id)
        .where('word', '=', word)
        .where('at', '=', before.at)
        .where('case_id', '=', caseId)
        .execute();
    }
  }
  if (after) {
    await tx.insertInto('topic').values(after).execute();
    const words = wordsOf(after).map((word) => ({
      area_id: after.area_id,
      word,
      at: after.at,
      case_id: caseId,
    }));
    if (words.length > 0) {
      await tx.insertInto('topic_word').values(words).execute();
    }
  }
}

async function addCounts(
  tx: Tx,
  changes: readonly { row: Omit<TopicCountTable, 'n'>; n: number }[],
): Promise<void> {
  const key = ['area_id', 'kind', 'grain', 'period', 'key1', 'key2'] as const;
  for (let i = 0; i < changes.length; i += AT_ONCE) {
    const rows = changes.slice(i, i + AT_ONCE).map(({ row, n }) => ({ ...row, n }));
    await upsert(tx, 'topic_count', rows, { key, add: ['n'] });
  }
  for (const { row } of changes.filter(({ n }) => n < 0)) {
    await tx
      .deleteFrom('topic_count')
      .where('area_id', '=', row.area_id)
      .where('kind', '=', row.kind)
      .where('grain', '=', row.grain)
      .where('period', '=', row.period)
      .where('key1', '=', row.key1)
      .where('key2', '=', row.key2)
      .where('n', '=', 0)
      .execute();
  }
}

export const TOPICS = 'topics';

/** Keeps the topics; what they are counted from is each case as it stands. */
export function createTopicsFollower(store: Store): Follower {
  return createFollower(store, {
    name: TOPICS,
    version: RULES * 1_000 + WORDS_VERSION,
    effect: keepTopics,
    async clear(tx) {
      await tx.deleteFrom('topic_count').execute();
      await tx.deleteFrom('topic_word').execute();
      await tx.deleteFrom('topic').execute();
    },
  });
}

/**
 * Without the words that are nothing but a piece of a longer one: 红绿 is told by as many reports as 红绿灯, so by the
 * same ones, and says less.
 */
export function wholeWords<T>(words: readonly T[], told: (word: T) => { word: string; count: number }): T[] {
  const all = words.map(told);
  return words.filter((_, i) => {
    const { word, count } = all[i] ?? { word: '', count: 0 };
    return !all.some((other) => other.word !== word && other.count === count && other.word.includes(word));
  });
}

/** The words most reports of a category and place share, of the latest ones. */
export async function sharedWords(
  db: Reader,
  of: { areas: readonly string[]; categoryId: string; placeId: string; from: number; to: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('topic')
    .select('words_json')
    .where('area_id', 'in', [...of.areas])
    .where('category_id', '=', of.categoryId)
    .where('place_id', '=', of.placeId)
    .where('at', '>=', of.from)
    .where('at', '<', of.to)
    .orderBy('at', 'desc')
    .limit(AT_ONCE)
    .execute();
  const counts = new Map<string, number>();
  rows
    .flatMap((row) => JSON.parse(row.words_json) as string[])
    .forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));
  return wholeWords(
    [...counts].filter(([, n]) => n > 1),
    ([word, count]) => ({ word, count }),
  )
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 4)
    .map(([word]) => word);
}
