/** Notices: what reaches people outside the mini-app, and what they press there. The only door of this folder. */
import type { CaseView } from '@minqing/shared/contract';
import { asMerged, mergedThrough, type Case, type Duty } from '@minqing/shared/workflow';
import type { Calendars, Cases, Perform, Policies } from '../cases/index.ts';
import { findCase, namesOf } from '../cases/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { CardAnswer, CardPress, Host } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import type { Directory, LinkTold } from '../people/index.ts';
import type { Reader, Store, Tx } from '../store/index.ts';
import type { CardRow } from '../store/tables.ts';
import { tellAdministrators, type ToAdministrators } from './administrators.ts';
import { renderCard, type CardPrivate, type RenderedCard } from './card.render.ts';
import { createDeliveries, type Deliveries } from './deliveries.ts';
import { queueDailyCards, renderCounts } from './daily.ts';
import { createHoldingsJob } from './holdings.ts';
import { checkNotices, lookForReaders } from './notice.check.ts';
import { createOutboxWorker, type OutboxWorker } from './outbox.worker.ts';
import { createPressHandler } from './press.ts';
import { tellPerson, type ToPerson } from './person.ts';
import { createRecorder, redrawCardsOf } from './record.ts';
import { createSenders } from './senders.ts';
import { createTexts, type NoticeTexts } from './texts.ts';
import { tellLink } from './link.texts.ts';
import { tellTogether, type Together } from './together.ts';

export { createBudget } from './budget.ts';
export { CARD_TEMPLATES, type CardTemplate, type CardTemplateName } from './card-templates.ts';
export { TEXT_BOOK } from './texts.table.ts';
export { TEXT_RULES, type NoticeTexts } from './texts.ts';
export type { Deliveries } from './deliveries.ts';
export { deliveriesNamed } from './delivery.item.ts';
export type { Together } from './together.ts';
export { queuePath } from './links.ts';
export { backoffMs, MOST_ATTEMPTS } from './outbox.worker.ts';
export {
  findCardFlaws,
  repairCards,
  tellNobodyCan,
  type CardFlaws,
  type SoundnessDeps,
} from './soundness.ts';

export interface NoticesDeps {
  store: Store;
  clock: Clock;
  log: Log;
  directory: Directory;
  calendars: Calendars;
  policies: Policies;
  hosts: ReadonlyMap<string, Host>;
  catalogue: Catalogue;
  /** An absolute address of a photo's thumbnail that a host can fetch without a session. */
  thumbUrl(fileId: string): string;
  cases(): Cases & { perform: Perform };
}

export interface Notices {
  /** One notice to the administrators of an area, in the transaction that decides it; answers how many are told. */
  tellAdministrators(tx: Tx, told: ToAdministrators): Promise<number>;
  record: ReturnType<typeof createRecorder>;
  /** One notice about several cases, in the transaction that decides it; answers how many people are told. */
  tellTogether(tx: Tx, told: Together): Promise<number>;
  /** One notice to one person, in the transaction that decides it; false where they cannot be reached. */
  tellPerson(tx: Tx, told: ToPerson): Promise<boolean>;
  /** Tells every account of somebody that one of them was linked, or no longer is. */
  tellLink(tx: Tx, told: LinkTold): Promise<void>;
  onCardPress(press: CardPress): Promise<CardAnswer>;
  outbox: OutboxWorker;
  deliveries: Deliveries;
  texts: NoticeTexts;
  /** What is looked at from time to time: results of notices, who holds what from now on, the inspectors' daily cards. */
  tick(): Promise<void>;
  /** What this person began to answer on their card of the case and did not send, for the reply sheet. */
  startedOn(db: Reader, caseId: string, personId: string): Promise<CaseView['started']>;
  /** Draws the open cards again that show this photo, in the transaction that made it ready. */
  photoArrived(tx: Tx, fileId: string): Promise<void>;
  /** Rows waiting and rows dead, for the metrics. */
  backlog(): Promise<{ waiting: number; dead: number }>;
}

/** Photos of the case that have arrived: a card names no address that would show nothing. */
async function readyThumbs(db: Reader, c: Case): Promise<Set<string>> {
  const ids = [...c.content.fileIds, ...c.replies.flatMap((r) => r.fileIds)];
  if (ids.length === 0) {
    return new Set();
  }
  const rows = await db
    .selectFrom('file')
    .select('id')
    .where('id', 'in', ids)
    .where('state', '=', 'ready')
    .where('thumb_key', 'is not', null)
    .execute();
  return new Set(rows.map((r) => r.id));
}

/** Authors of a merged case see their own words and number on their cards. */
async function asSeenBy(db: Reader, c: Case, personId: string): Promise<Case> {
  const through = mergedThrough(c, personId);
  const own = through ? await findCase(db, through) : null;
  return own ? asMerged(c, own) : c;
}

const FOR_REPLY: Duty['purpose'] = 'handle';

export function createNotices(deps: NoticesDeps): Notices {
  const { store, clock, directory } = deps;

  async function render(card: CardRow, { plain = false } = {}): Promise<RenderedCard | null> {
    const host = deps.hosts.get(card.host_id);
    if (!host) {
      return null;
    }
    const link = (path: string): string => host.link(path);
    if (card.purpose === 'counts') {
      return renderCounts(card, deps, link);
    }
    return store.read(async (db) => {
      const found: Case | null = card.case_id ? await findCase(db, card.case_id) : null;
      if (!found) {
        return null;
      }
      const c = await asSeenBy(db, found, card.person_id);
      const ready = await readyThumbs(db, c);
      return renderCard(card, c, {
        telling: {
          now: clock.businessNow(),
          calendar: deps.calendars.of(c.areaId),
          unit: (id) => directory.unit(id),
        },
        names: await namesOf(
          db,
          c.authors.map((a) => a.personId),
        ),
        link,
        thumbUrl: (id) => (ready.has(id) ? deps.thumbUrl(id) : ''),
        areaName: (id) => (id ? (directory.area(id)?.name ?? '') : ''),
        categoryName: (id) => deps.catalogue.categoryName(c.areaId, id),
        wording: (id) => deps.catalogue.wording(c.areaId, id)?.value ?? null,
        plain,
      });
    });
  }

  const senders = createSenders({ store, clock, hosts: deps.hosts, render });
  const outbox = createOutboxWorker({ store, clock, hosts: deps.hosts, log: deps.log, senders });
  const checking = { store, clock, hosts: deps.hosts, log: deps.log, fallBack: senders.fallBack };

  const followHoldings = createHoldingsJob(deps);

  return {
    tellAdministrators: (tx, told) => tellAdministrators(tx, deps, told),
    record: createRecorder(deps),
    tellTogether: (tx, told) => tellTogether(tx, deps, told),
    tellPerson: (tx, told) => tellPerson(tx, deps, told),
    tellLink: (tx, told) => tellLink(tx, deps, told),
    onCardPress: createPressHandler({
      store,
      clock,
      log: deps.log,
      perform: () => deps.cases().perform,
      render,
    }),
    outbox,
    texts: createTexts(deps),
    deliveries: createDeliveries({ ...deps, wake: () => outbox.wake() }),
    async tick() {
      await checkNotices(checking);
      await lookForReaders(checking);
      const moved = await followHoldings();
      if ((await queueDailyCards(deps)) + moved > 0) {
        outbox.wake();
      }
    },
    async startedOn(db, caseId, personId) {
      const row = await db
        .selectFrom('card')
        .select('private_json')
        .where('case_id', '=', caseId)
        .where('person_id', '=', personId)
        .where('live', '=', 1)
        .where('purpose', '=', FOR_REPLY)
        .executeTakeFirst();
      const { class: chosen = null, text = '' } = row ? (JSON.parse(row.private_json) as CardPrivate) : {};
      return chosen || text ? { class: chosen, text } : null;
    },
    photoArrived: (tx, fileId) => redrawCardsOf(tx, deps, fileId),
    async backlog() {
      const rows = await store.read((db) =>
        db
          .selectFrom('outbox')
          .select((eb) => ['status', eb.fn.countAll<number>().as('n')])
          .where((eb) =>
            eb.or([
              eb('status', '=', 'waiting'),
              eb.and([eb('status', '=', 'dead'), eb('closing', '=', ''), eb('logged', '=', 1)]),
            ]),
          )
          .groupBy('status')
          .execute(),
      );
      const of = (status: string): number => Number(rows.find((r) => r.status === status)?.n ?? 0);
      return { waiting: of('waiting'), dead: of('dead') };
    },
  };
}
