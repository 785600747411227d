/** A card row and its case, as they now stand → the data its template shows. Rendered at send time, never stored. */
import { GRADES, LIGHTS, RESULT_CLASSES, STAR_WORDS, type LightName } from '@minqing/shared/words';
import { duties, type Case, type Clock, type Duty, type Purpose, spec } from '@minqing/shared/workflow';
import { leadName, leftOf, type Names, type Telling } from '../cases/index.ts';
import type { CardData } from '../hosts/index.ts';
import type { CardRow } from '../store/tables.ts';
import { CARD_TEXTS, cardTextId, cardTextOf, cardValues } from './card.wording.ts';
import { casePath } from './links.ts';
import { lastingDeadline } from './moments.ts';
import { filled, wordsOf, type AreaWording, type Words } from './wording.ts';

/** What the presser began and has not sent: kept with the card, shown to them alone. */
export interface CardPrivate {
  stars?: number;
  class?: keyof typeof RESULT_CLASSES;
  text?: string;
  error?: string;
  busy?: string;
}

export interface RenderContext {
  telling: Telling;
  names: Names;
  /** A link that opens the mini-app at the path, inside the card's host. */
  link(path: string): string;
  thumbUrl(fileId: string): string;
  areaName(id: string | null): string;
  categoryName(id: string): string;
  /** What the area set. */
  wording: AreaWording;
  /** True after the host's content review refused the citizen's words: the card then shows none. */
  plain: boolean;
}

export interface RenderedCard {
  publicData: CardData;
  privateData: CardData;
  summary: string;
  /** The case's number, for whoever asks about it. */
  number: string;
  /** What may be done, main act first, as links into the mini-app: for hosts whose cards have no buttons that act. */
  acts: readonly { title: string; path: string }[];
}

type Faces = Pick<RenderedCard, 'publicData' | 'privateData'>;

/** Text on a card is cut here; the rest is behind 看全文. In Chinese about 900 of the 1,024 bytes a host allows. */
export const LONGEST = 300;
const MOST_BYTES = 1_000;
const PICTURES = 3;

/** Where the card's one button leads, for duties that are done in the mini-app. */
const OPENS: Partial<Record<Purpose, string>> = {
  supplement: 'submit',
  dispatch: 'dispatch',
  ruling: 'conclude',
  join: 'join',
  extension: 'grant',
  approve: 'approve',
  check: 'approve',
  supervision: 'answerSupervision',
  appeal: 'reviewAppeal',
};

/** At most `LONGEST` characters and as many bytes as a host takes, never half of one. */
export function cut(text: string): string {
  const characters = [...text];
  let kept = characters.length > LONGEST ? characters.slice(0, LONGEST - 1) : characters;
  while (Buffer.byteLength(kept.join('')) > MOST_BYTES) {
    kept = kept.slice(0, -10);
  }
  return kept.length < characters.length ? `${kept.join('')}…` : text;
}

const flag = (value: boolean): string => String(value);

/** Every variable of the template is always set, so that an update by key leaves nothing behind. */
export function renderCard(card: CardRow, c: Case, x: RenderContext): RenderedCard {
  return renderAs(card, c, card.live === 1 ? duties(c).find((d) => d.key === card.duty_key) : undefined, x);
}

/** The card with the duty at hand, or as it is once that ended. */
export function renderAs(card: CardRow, c: Case, duty: Duty | undefined, x: RenderContext): RenderedCard {
  const purpose = card.purpose as Purpose;
  const own = JSON.parse(card.private_json) as CardPrivate;
  const clock = c.clocks.find((k) => k.id === duty?.clockId) ?? null;
  const left = clock ? leftOf(clock, x.telling) : null;
  const light: LightName | '' = left && left.light !== 'paused' ? left.light : left ? 'green' : '';
  const textId = cardTextId(cardTextOf(purpose, c, duty));
  const words = filled(wordsOf(textId, CARD_TEXTS, x.wording), cardValues(c, x, card.round));
  const head: CardData = {
    strip: cut((duty ? words.strip : words.done) ?? ''),
    light: duty ? light : 'grey',
    lightText: duty ? (left ? LIGHTS[left.light].word : '') : '已办',
    title: x.plain ? `民情 ${c.number}` : c.content.title,
    done: flag(!duty),
    sub: subOf(purpose, c, x),
    rev: String(c.version),
    result: duty ? '' : card.result_text,
  };
  const common = { error: own.error ?? '', busy: own.busy ?? '' };
  const more = {
    summary: `${head.strip}：${head.title}`,
    number: c.number,
    acts: duty ? actsOf(purpose, c, duty, words) : [],
  };
  if (card.template === 'rate') {
    return { ...renderRate(card, c, duty, words, own, head, common, x), ...more };
  }
  return { ...renderDuty(purpose, c, duty, clock, words, own, head, common, x), ...more };
}

/** Each leads right to its act: the reply sheet open, five stars picked. Two at most: a chat is no form. */
function actsOf(purpose: Purpose, c: Case, duty: Duty, words: Words): RenderedCard['acts'] {
  if (purpose === 'rate') {
    return [
      { title: `打${STAR_WORDS[5] ?? '五星'}`, path: casePath(c.id, 'rate', { stars: '5' }) },
      { title: '打其他星', path: casePath(c.id, 'rate') },
    ];
  }
  const opens = OPENS[purpose];
  return opens
    ? [{ title: words.open ?? '', path: casePath(c.id, opens) }]
    : duty.actions.slice(0, 2).map((action) => ({ title: spec(action).label, path: casePath(c.id, action) }));
}

function subOf(purpose: Purpose, c: Case, x: RenderContext): string {
  const where = x.areaName(c.content.place.areaId);
  const what = x.categoryName(c.content.categoryId);
  const author = c.authors[0];
  switch (purpose) {
    case 'review':
      return [author ? `${x.names(author.personId).name}委员` : '', what, where].filter(Boolean).join(' · ');
    case 'handle':
      return ['主办', what, where].filter(Boolean).join(' · ');
    case 'cohandle':
      return ['协办', `主办${leadName(c, x.telling)}`, where].filter(Boolean).join(' · ');
    case 'answer':
    case 'rate':
      return leadName(c, x.telling);
    default:
      return [what, where, c.number].filter(Boolean).join(' · ');
  }
}

function fieldsOf(
  purpose: Purpose,
  c: Case,
  clock: Clock | null,
): { label: string; value: string; strong?: boolean }[] {
  if (purpose === 'handle' || purpose === 'cohandle') {
    const at = (kind: 'sign' | 'reply') => c.clocks.findLast((k) => k.kind === kind && k.stoppedAt === null);
    const sign = purpose === 'handle' ? at('sign') : undefined;
    const reply = at('reply');
    return [
      ...(sign ? [{ label: '签收', value: `${lastingDeadline(sign.dueAt)} 前` }] : []),
      ...(reply
        ? [
            {
              label: '答复',
              value: reply.pausedAt === null ? `${lastingDeadline(reply.dueAt)} 前` : '计时暂停',
              strong: true,
            },
          ]
        : []),
    ];
  }
  return clock ? [{ label: '时限', value: `${lastingDeadline(clock.dueAt)} 前`, strong: true }] : [];
}

function renderDuty(
  purpose: Purpose,
  c: Case,
  duty: Duty | undefined,
  clock: Clock | null,
  words: Words,
  own: CardPrivate,
  head: CardData,
  common: CardData,
  x: RenderContext,
): Faces {
  const can = (action: string): boolean => duty?.actions.some((a) => a === action) ?? false;
  const opens = duty ? OPENS[purpose] : undefined;
  const openText = opens ? (words.open ?? '') : '';
  const canReply = purpose === 'handle' && can('reply') && c.ask === null;
  const side = !duty ? '' : purpose === 'review' ? '退回补充' : '';
  const follow = duty && own.class && own.class !== 'solved' ? own.class : null;
  return {
    publicData: {
      ...head,
      body: duty && !x.plain ? cut(words.body ?? '') : '',
      fields: duty ? JSON.stringify(fieldsOf(purpose, c, clock)) : '',
      images: duty && !x.plain ? images(c.content.fileIds, x) : '',
      canAccept: flag(can('accept')),
      canSign: flag(can('sign') && purpose === 'handle'),
      canReply: flag(canReply),
      canOpinion: flag(can('opinion')),
      canAnswer: flag(can('answer')),
      openText,
      openUrl: openText ? x.link(casePath(c.id, opens)) : '',
      sideText: side,
      sideUrl: side ? x.link(casePath(c.id, 'return')) : '',
      moreText: duty ? (words.more ?? '') : '看经过',
      moreUrl: x.link(casePath(c.id)),
    },
    privateData: {
      ...common,
      typed: own.text ?? '',
      followText: follow ? `接着填：${RESULT_CLASSES[follow]}` : '',
      followUrl: follow ? x.link(casePath(c.id, 'reply')) : '',
    },
  };
}

function renderRate(
  card: CardRow,
  c: Case,
  duty: Duty | undefined,
  words: Words,
  own: CardPrivate,
  head: CardData,
  common: CardData,
  x: RenderContext,
): Faces {
  const reply = c.replies.find((r) => r.round === card.round);
  const given = c.ratings.find((r) => r.round === card.round && r.personId === card.person_id);
  const picked = duty ? (own.stars ?? 0) : 0;
  const low = picked > 0 && picked <= 2;
  return {
    publicData: {
      ...head,
      body: reply && !x.plain ? cut(words.body ?? '') : '',
      images: duty && reply && !x.plain ? images(reply.fileIds, x) : '',
      canRate: flag(Boolean(duty)),
      stars: given ? String(given.stars) : '0',
      moreText: duty ? (words.more ?? '') : '看经过',
      moreUrl: x.link(casePath(c.id)),
    },
    privateData: {
      ...common,
      picked: String(picked),
      caption: picked > 0 ? (GRADES[picked] ?? '') : duty ? '点星打分' : '',
      rateText: picked > 2 ? `打${STAR_WORDS[picked] ?? ''}` : '',
      lowText: low ? `打${STAR_WORDS[picked] ?? ''}，退回整改` : '',
      lowUrl: low ? x.link(casePath(c.id, 'rate', { stars: String(picked) })) : '',
    },
  };
}

function images(fileIds: readonly string[], x: RenderContext): string {
  const shown = fileIds
    .slice(0, PICTURES)
    .map((id) => ({ url: x.thumbUrl(id), alt: '现场照片' }))
    .filter((i) => i.url !== '');
  return shown.length > 0 ? JSON.stringify(shown) : '';
}
