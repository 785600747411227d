/** The cases behind a topic: as many as it says, as of the place in the history it counts to. */
import type { StatisticsCasePage, TopicCasesQuery } from '@minqing/shared/contract';
import { startOfDay } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { invalidInput } from '../errors.ts';
import { ledgerPosition } from '../ledger/index.ts';
import { decodeCursor, keyset, pageOf, type KeysetColumn, type Reader } from '../store/index.ts';
import type { TopicTable } from '../store/tables.statistics.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { checkThen, movedSince, NOTHING_MOVED, thenOf } from './asof.ts';
import { presentCounted, type Counted } from './list.present.ts';
import { told } from './standing.ts';
import { areasOf, countTopics } from './topics.ts';
import { TOPICS, topicOf, wordsOf } from './topics.words.ts';
import { many } from './words.ts';

const ORDER: readonly KeysetColumn[] = [
  { column: 'at', direction: 'desc', type: 'number' },
  { column: 'case_id', direction: 'desc', type: 'string' },
];

/** Which topic, where and when. */
interface Sought {
  word: string | undefined;
  category: string;
  place: string;
  areas: readonly string[];
  from: number;
  to: number;
}
type Row = Pick<TopicTable, 'case_id' | 'at'>;

/** The cases behind a word, or behind a category at a place. Throws conflict where those of then cannot be told. */
export async function listTopic(
  deps: ReadingDeps,
  viewer: Actor,
  { word, category, place, ...query }: TopicCasesQuery,
): Promise<StatisticsCasePage> {
  const then = thenOf(query, deps.clock.businessNow());
  const { selection, period, now } = asked(deps, viewer, query, then?.now);
  const areas = areasOf(selection);
  if (word === undefined && (category === undefined || place === undefined)) {
    throw invalidInput([{ path: 'word', message: '请说明要看哪个热点' }]);
  }
  const sought: Sought = {
    word,
    category: category ?? '',
    place: place ?? '',
    areas,
    from: startOfDay(period.from),
    to: startOfDay(period.to + 1) - 1,
  };
  return deps.store.read(async (db): Promise<StatisticsCasePage> => {
    const seq = await ledgerPosition(db, TOPICS);
    if (then) {
      checkThen(then, { gen: 0, seq });
    }
    const moved = then ? await movedSince(db, then.seq) : NOTHING_MOVED;
    const gone = (await topicsOf(db, moved.ids)).filter((topic) => isSought(sought, topic));
    const had = moved.cases.flatMap((c) => topicOf(c) ?? []).filter((topic) => isSought(sought, topic));
    const after = query.after === undefined ? null : decodeCursor(query.after, ORDER);
    // So many more that a page is full when those that moved on are taken out.
    const found = await rowsOf(db, sought, { limit: query.limit + gone.length, after: query.after });
    const rows = [
      ...found.filter((row) => !moved.ids.includes(row.case_id)),
      ...had.filter((topic) => after === null || isBefore([after[0] as number, after[1] as string], topic)),
    ].toSorted((a, b) => (isBefore([a.at, a.case_id], b) ? -1 : 1));
    const page = pageOf(rows, query.limit, (row) => [row.at, row.case_id]);
    const counts = await countTopics(db, areas, word === undefined ? 'cluster' : 'word', period);
    const key = JSON.stringify(word === undefined ? [category, place] : [word, '']);
    const total = (counts.get(key) ?? 0) - gone.length + had.length;
    const name =
      word ??
      `${deps.directory.area(place ?? '')?.name ?? ''}${deps.catalogue.categoryName(selection.areaId, category ?? '')}`;
    const lines = await linesOf(
      db,
      page.rows.map((row) => row.case_id),
      new Map(had.map((topic) => [topic.case_id, topic])),
    );
    return {
      ...told({ gen: 0, seq: then?.seq ?? seq, now }),
      title: `热点 · ${name} ${many(total)}`,
      items: await presentCounted(db, deps, viewer, lines, deps.clock.businessNow()),
      after: page.next ?? null,
      total,
    };
  });
}

const isBefore = ([at, id]: readonly [number, string], row: Row): boolean =>
  at > row.at || (at === row.at && id > row.case_id);

/** What the database is asked in columns, of a topic that is at hand. */
function isSought({ word, category, place, areas, from, to }: Sought, topic: TopicTable): boolean {
  const about =
    word === undefined
      ? topic.category_id === category && topic.place_id === place
      : wordsOf(topic).includes(word);
  return about && areas.includes(topic.area_id) && topic.at >= from && topic.at <= to;
}

async function topicsOf(db: Reader, ids: readonly string[]): Promise<TopicTable[]> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('topic')
          .selectAll()
          .where('case_id', 'in', [...ids])
          .execute();
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

async function rowsOf(
  db: Reader,
  { word, category, place, areas, from, to }: Sought,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<Row[]> {
  const rows =
    word === undefined
      ? await keyset(
          db
            .selectFrom('topic')
            .select(['case_id', 'at'])
            .where('category_id', '=', category)
            .where('place_id', '=', place)
            .where('area_id', 'in', [...areas, ''])
            .where('at', '>=', from)
            .where('at', '<=', to),
          ORDER,
          limit,
          after,
        ).execute()
      : await keyset(
          db
            .selectFrom('topic_word')
            .select(['case_id', 'at'])
            .where('word', '=', word)
            .where('area_id', 'in', [...areas, ''])
            .where('at', '>=', from)
            .where('at', '<=', to),
          ORDER,
          limit,
          after,
        ).execute();
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** The lines of these cases; of those in `then` as they stood. */
async function linesOf(
  db: Reader,
  ids: readonly string[],
  then: ReadonlyMap<string, TopicTable>,
): Promise<Counted[]> {
  const topics = new Map((await topicsOf(db, ids)).map((topic) => [topic.case_id, topic]));
  const units =
    ids.length === 0
      ? []
      : await db
          .selectFrom('cases')
          .select(['id', 'lead_unit_id'])
          .where('id', 'in', [...ids])
          .execute();
  const unitOf = new Map(units.map((row) => [row.id, row.lead_unit_id ?? '']));
  return ids.flatMap((id) => {
    const topic = then.get(id) ?? topics.get(id);
    return topic
      ? [
          {
            caseId: id,
            kind: '',
            mark: 0,
            at: topic.at,
            areaId: topic.area_id,
            unitId: unitOf.get(id) ?? '',
            categoryId: topic.category_id,
          },
        ]
      : [];
  });
}
