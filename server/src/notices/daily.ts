/** The inspector's card a day: four counts that open their lists, made once per person and working day. */
import { randomBytes } from 'node:crypto';
import type { Actor } from '@minqing/shared/workflow';
import { dayNumberOf, localTime, shanghaiDate, startOfDay } from '@minqing/shared/time';
import type { Calendars, Cases } from '../cases/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import { actorOf, holders, type Directory } from '../people/index.ts';
import { insertIgnore, uuidv7, type Store } from '../store/index.ts';
import type { CardRow } from '../store/tables.ts';
import { freshCard } from './card.fresh.ts';
import type { RenderedCard } from './card.render.ts';
import { CARD_TEXTS, cardTextId } from './card.wording.ts';
import { queuePath } from './links.ts';
import { filled, wordsOf, type AreaWording } from './wording.ts';
import { queueRow } from './queue.ts';

const AT_MINUTE = 8 * 60 + 30;
/** The counts on the card, by queue of the inspector's desk. */
const SHOWN = ['handling', 'soon', 'late', 'ruling'];

export interface DailyDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  hosts: ReadonlyMap<string, Host>;
  catalogue: Pick<Catalogue, 'wording'>;
}

/** Queues today's cards from 08:30 on, on working days; does nothing when they exist. Answers how many were made. */
export async function queueDailyCards(deps: DailyDeps): Promise<number> {
  const now = deps.clock.businessNow();
  const day = shanghaiDate(now);
  const minute = localTime(now).hour * 60 + localTime(now).minute;
  if (minute < AT_MINUTE) {
    return 0;
  }
  let made = 0;
  for (const area of deps.directory.areas()) {
    if (deps.calendars.of(area.id).dayKind(day).kind === 'off') {
      continue;
    }
    const people = await deps.store.read((db) => holders(db, { role: 'inspector', areaIds: [area.id] }, now));
    for (const person of people) {
      const account = person.accounts.find((a) => deps.hosts.has(a.hostId));
      if (account && (await queueOne(deps, person.personId, account, area.id, day))) {
        made += 1;
      }
    }
  }
  return made;
}

async function queueOne(
  deps: DailyDeps,
  personId: string,
  account: { id: string; hostId: string },
  areaId: string,
  day: string,
): Promise<boolean> {
  const now = deps.clock.businessNow();
  return deps.store.transact(async (tx) => {
    // The request table is the memory of what was done once, for timers as for people.
    const first = await insertIgnore(tx, 'request', {
      door: 'timer',
      principal: personId,
      request_key: `daily:${areaId}:${day}`,
      digest: '',
      case_id: '',
      version: 0,
      created_at: deps.clock.machineNow(),
    });
    if (!first) {
      return false;
    }
    const id = uuidv7();
    await tx
      .insertInto('card')
      .values({
        id,
        case_id: null,
        duty_key: `counts:${areaId}:${day}`,
        purpose: 'counts',
        round: 0,
        person_id: personId,
        account_id: account.id,
        host_id: account.hostId,
        out_track_id: randomBytes(16).toString('hex'),
        template: 'counts',
        case_version: 0,
        ...freshCard(now),
      })
      .execute();
    await queueRow(tx, deps, {
      kind: 'card',
      notice: 'counts',
      caseId: null,
      personId,
      accountId: account.id,
      hostId: account.hostId,
      cardId: id,
      areaId,
      toRole: 'inspector',
    });
    return true;
  });
}

/** The counts as they are now, in the words of the inspector's queues. */
export async function renderCounts(
  card: CardRow,
  deps: DailyDeps & { cases(): Cases },
  link: (path: string) => string,
): Promise<RenderedCard | null> {
  const now = deps.clock.businessNow();
  const [, areaId = ''] = card.duty_key.split(':');
  const acting = await deps.store.read((db) => actorOf(db, card.person_id, now));
  const actor: Actor | undefined = acting?.actor;
  const desk = actor
    ? (await deps.cases().queues(actor)).desks.find((d) => d.id === `inspector:${areaId}`)
    : undefined;
  if (!desk) {
    return null;
  }
  const shown = SHOWN.flatMap((id) => desk.queues.filter((q) => q.id === id));
  const open = desk.queues.find((q) => q.id === 'all')?.count ?? 0;
  const ruling = shown.find((q) => q.id === 'ruling')?.count ?? 0;
  const path = queuePath(desk.id, ruling > 0 ? 'ruling' : 'all');
  const words = countsWords({ open, ruling }, (id) => deps.catalogue.wording(areaId, id)?.value ?? null);
  return {
    publicData: {
      strip: words.strip,
      light: '',
      lightText: '',
      title: words.title,
      done: 'false',
      sub: `${desk.title} · ${localTime(startOfDay(dayNumberOf(card.created_at))).month}月${localTime(card.created_at).day}日`,
      rev: '0',
      result: '',
      figures: JSON.stringify(shown.map((q) => ({ label: q.label, value: String(q.count) }))),
      openText: words.open,
      openUrl: link(path),
    },
    privateData: { error: '', busy: '' },
    summary: `${words.strip}：${words.title}`,
    number: '',
    acts: [{ title: words.open, path }],
  };
}

/** The words of the card, as the area has them. */
export function countsWords(
  { open, ruling }: { open: number; ruling: number },
  wording: AreaWording,
): { strip: string; title: string; open: string } {
  const text = cardTextId(ruling > 0 ? 'counts.ruling' : 'counts');
  const values = { 在办件数: String(open), 待裁定件数: String(ruling) };
  const words = filled(wordsOf(text, CARD_TEXTS, wording), values);
  return { strip: words.strip ?? '', title: words.title ?? '', open: words.open ?? '' };
}
