/** What the platform is told of each event of a case that was handed to it. */
import { isoShanghaiFull } from '@minqing/shared/time';
import { OUTBOUND, type OutboundData, type OutboundType } from '@minqing/shared/exchange';
import type { Case, CaseEvent, Rating } from '@minqing/shared/workflow';
import type { RecordedEvent } from '../ledger/index.ts';
import { sha256, type Reader } from '../store/index.ts';
import { theirsOf } from './codes.ts';

/** A message as it is stored: its files by id, to be described when it is sent. */
export interface Drafted {
  type: OutboundType;
  data: Record<string, unknown>;
  fileIds: readonly string[];
}

export interface DraftDeps {
  db: Reader;
  partner: { id: string; sharePhone: boolean };
  /** The case as it stood after the event. */
  c: Case;
  area(id: string): { code: string; name: string };
  nameOf(personId: string): Promise<string>;
  phoneOf(personId: string): Promise<string | null>;
}

const draft = <T extends OutboundType>(
  type: T,
  data: OutboundData<T>,
  fileIds: readonly string[] = [],
): Drafted => ({ type, data: data as Record<string, unknown>, fileIds });

/** What events carry, each of them some of it. */
interface Said {
  text: string;
  reason: string;
  note: string;
  fileIds: string[];
  categoryId?: string;
  place?: object;
  ruling: 'uphold' | 'dispatchAgain';
  by: 'author' | 'inspector';
  rating: Rating;
  support: boolean;
  supervision: { text: string };
}

/** Null for what the platform has no part in: comments, visits, acts of its own. */
export async function draftOf(event: CaseEvent, deps: DraftDeps): Promise<Drafted | null> {
  const data = event.data as unknown as Said;
  switch (event.action) {
    case 'accept':
      return handed(event, deps);
    case 'correct': {
      const { content } = deps.c;
      return draft('case.corrected', {
        ...(data.categoryId ? { category: await categoryOf(deps, content.categoryId) } : {}),
        ...(data.place ? { place: placeOf(content.place) } : {}),
      });
    }
    case 'supplement':
      return draft('author.supplemented', { text: data.text }, data.fileIds);
    case 'answer':
      return draft('author.answered', { text: data.text }, data.fileIds);
    case 'lapseAsk':
      return draft('question.lapsed', {});
    case 'rate': {
      const { rating, support } = data;
      const { round, stars, reasons, text } = rating;
      return support ? null : draft('author.rated', { round, stars, reasons, text });
    }
    case 'settle':
      return draft('case.settled', {
        outcome: event.to === 'closed' ? 'closed' : event.to === 'disputed' ? 'disputed' : 'rework',
        round: deps.c.round,
      });
    case 'conclude':
      return draft('case.ruled', { ruling: data.ruling, text: data.text });
    case 'reopen':
      return draft('case.reopened', { by: data.by, reason: data.reason });
    case 'withdraw':
      return draft('case.cancelled', { why: 'withdrawn', reason: data.reason });
    case 'merge':
      return draft('case.cancelled', { why: 'merged', reason: data.note });
    case 'escalate':
    case 'delegate':
      return draft('case.cancelled', { why: 'passedOn', reason: data.reason });
    case 'urge': {
      const inspector = event.capacity.kind === 'grant' && event.capacity.role === 'inspector';
      return draft('case.urged', { by: inspector ? 'inspector' : 'author', text: data.text });
    }
    case 'supervise': {
      const clock = deps.c.clocks.findLast((k) => k.kind === 'supervision');
      const { text } = data.supervision;
      return draft('case.supervised', { text, dueAt: isoShanghaiFull(clock?.dueAt ?? event.at) });
    }
    case 'instruct':
      return draft('case.instructed', { text: data.text });
    default:
      return null;
  }
}

const categoryOf = ({ db, partner }: DraftDeps, id: string): Promise<string> =>
  theirsOf(db, partner.id, 'category', id);

const placeOf = ({ text, areaId, latitude, longitude }: Case['content']['place']) => ({
  text,
  areaCode: areaId,
  ...(latitude === undefined ? {} : { latitude }),
  ...(longitude === undefined ? {} : { longitude }),
});

/** Least data: no name of an anonymous author, no phone unless both author and agreement allow it. */
async function handed(event: CaseEvent, deps: DraftDeps): Promise<Drafted> {
  const { c, partner } = deps;
  const first = c.authors.find((a) => a.joined === 'first')?.personId;
  const named = !c.disclosure.anonymous && first !== undefined;
  const phone = named && partner.sharePhone && c.disclosure.phoneToUnit ? await deps.phoneOf(first) : null;
  const { content } = c;
  return draft(
    'case.handed',
    {
      number: c.number,
      title: content.title,
      situation: content.situation,
      analysis: content.analysis,
      suggestion: content.suggestion,
      category: await categoryOf(deps, content.categoryId),
      urgency: c.urgency,
      place: placeOf(content.place),
      answers: content.answers,
      author: named ? { name: await deps.nameOf(first), ...(phone === null ? {} : { phone }) } : null,
      area: deps.area(c.areaId),
      submittedAt: isoShanghaiFull(c.submittedAt),
      acceptedAt: isoShanghaiFull(event.at),
      round: Math.max(1, c.round),
    },
    content.fileIds,
  );
}

/** The id of the message an event becomes: the same whenever it is made, so that a rebuilt queue says nothing twice. */
export function messageIdOf(partnerId: string, eventId: RecordedEvent['id']): string {
  const hex = sha256(`${partnerId}:${eventId}`);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Whether a message of this type carries files. */
export function hasFiles(type: string): boolean {
  const row = OUTBOUND[type as OutboundType];
  return row !== undefined && 'files' in row.shape.data.shape;
}
