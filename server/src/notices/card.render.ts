/** A card row and its case, as they now stand → the data its template shows. Rendered at send time, never stored. */
import { GRADES, LIGHTS, RESULT_CLASSES, STAR_WORDS, type LightName } from '@minqing/shared/words';
import { duties, type Case, type Clock, type Duty, type Purpose, spec } from '@minqing/shared/workflow';
import { leadName, leftOf, type Names, type Telling } from '../cases/index.ts';
import type { CardData } from '../hosts/index.ts';
import type { CardRow } from '../store/tables.ts';
import { casePath } from './links.ts';
import { lastingDeadline } from './moments.ts';

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

/** Text on a card is cut here; the rest is behind 看全文. About 900 of the 1,024 bytes a host allows. */
const LONGEST = 300;
const PICTURES = 3;

/** What a card says it is about; also its name in the delivery log. */
export const STRIPS: Record<Purpose, string> = {
  review: '新民情，请审核',
  supplement: '退回补充，请您补充',
  dispatch: '已受理，请交办',
  handle: '新交办，请签收',
  cohandle: '协办，请会签',
  answer: '单位向您核实',
  rate: '答复到了，等您评价',
  ruling: '多次不满意，请裁定',
  join: '邀请您联名',
  extension: '单位申请延期，请决定',
  approve: '答复已写好，请审签',
  check: '答复已写好，请审核',
  supervision: '督办，请负责人答复',
  appeal: '单位申请复核，请裁定',
};
const DONE_STRIPS: Record<Purpose, string> = {
  review: '民情审核',
  supplement: '补充民情',
  dispatch: '民情交办',
  handle: '民情办理',
  cohandle: '协办会签',
  answer: '回答核实',
  rate: '答复评价',
  ruling: '督查裁定',
  join: '联名邀请',
  extension: '延期审批',
  approve: '答复审签',
  check: '答复审核',
  supervision: '督办答复',
  appeal: '评价复核',
};
const OPEN_TEXTS: Partial<Record<Purpose, [string, string | undefined]>> = {
  supplement: ['去补充', 'submit'],
  dispatch: ['去交办', 'dispatch'],
  ruling: ['去裁定', 'conclude'],
  join: ['去看看', 'join'],
  extension: ['去决定', 'grant'],
  approve: ['去审签', 'approve'],
  check: ['去审核', 'approve'],
  supervision: ['去答复', 'answerSupervision'],
  appeal: ['去复核', 'reviewAppeal'],
};

/** At most `LONGEST` characters, never half of one. */
export function cut(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : text;
}

const flag = (value: boolean): string => String(value);

/** Every variable of the template is always set, so that an update by key leaves nothing behind. */
export function renderCard(card: CardRow, c: Case, x: RenderContext): RenderedCard {
  const duty = card.live === 1 ? duties(c).find((d) => d.key === card.duty_key) : undefined;
  const purpose = card.purpose as Purpose;
  const own = JSON.parse(card.private_json) as CardPrivate;
  const clock = c.clocks.find((k) => k.id === duty?.clockId) ?? null;
  const left = clock ? leftOf(clock, x.telling) : null;
  const light: LightName | '' = left && left.light !== 'paused' ? left.light : left ? 'green' : '';
  const head: CardData = {
    strip: duty ? stripOf(purpose, c, duty) : DONE_STRIPS[purpose],
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
    acts: duty ? actsOf(purpose, c, duty) : [],
  };
  if (card.template === 'rate') {
    return { ...renderRate(card, c, duty, own, head, common, x), ...more };
  }
  return { ...renderDuty(purpose, c, duty, clock, own, head, common, x), ...more };
}

/** Each leads right to its act: the reply sheet open, five stars picked. Two at most: a chat is no form. */
function actsOf(purpose: Purpose, c: Case, duty: Duty): RenderedCard['acts'] {
  if (purpose === 'rate') {
    return [
      { title: `打${STAR_WORDS[5] ?? '五星'}`, path: casePath(c.id, 'rate', { stars: '5' }) },
      { title: '打其他星', path: casePath(c.id, 'rate') },
    ];
  }
  const open = OPEN_TEXTS[purpose];
  return open
    ? [{ title: open[0], path: casePath(c.id, open[1]) }]
    : duty.actions.slice(0, 2).map((action) => ({ title: spec(action).label, path: casePath(c.id, action) }));
}

function stripOf(purpose: Purpose, c: Case, duty: Duty): string {
  if (purpose === 'handle') {
    const rework = c.reworks > 0 ? '整改，' : '';
    return duty.actions.includes('sign')
      ? rework
        ? '退回整改，请签收'
        : STRIPS.handle
      : c.ask
        ? '等委员回答，计时暂停'
        : `${rework}请答复`;
  }
  if (purpose === 'dispatch' && c.transferred) {
    return '单位退回，请改派';
  }
  return STRIPS[purpose];
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

function bodyOf(purpose: Purpose, c: Case): string {
  if (purpose === 'answer') {
    return c.ask?.question ?? '';
  }
  if (purpose === 'ruling') {
    return `已整改 ${c.reworks} 次，委员仍不满意`;
  }
  if (purpose === 'approve' || purpose === 'check') {
    return c.approval?.reply.text ?? '';
  }
  if (purpose === 'extension') {
    return c.extension ? `申请延到 ${c.extension.until}。${c.extension.reason}` : '';
  }
  if (purpose === 'supervision') {
    return c.supervision?.text ?? '';
  }
  if (purpose === 'appeal') {
    return c.appeals.find((a) => a.outcome === null)?.reason ?? '';
  }
  return c.content.situation;
}

function renderDuty(
  purpose: Purpose,
  c: Case,
  duty: Duty | undefined,
  clock: Clock | null,
  own: CardPrivate,
  head: CardData,
  common: CardData,
  x: RenderContext,
): Faces {
  const can = (action: string): boolean => duty?.actions.some((a) => a === action) ?? false;
  const [openVerb, openAct] = (duty && OPEN_TEXTS[purpose]) || ['', undefined];
  const openText = purpose === 'dispatch' && duty && c.transferred ? '去改派' : openVerb;
  const canReply = purpose === 'handle' && can('reply') && c.ask === null;
  const side = !duty ? '' : purpose === 'review' ? '退回补充' : '';
  const follow = duty && own.class && own.class !== 'solved' ? own.class : null;
  return {
    publicData: {
      ...head,
      body: duty && !x.plain ? cut(bodyOf(purpose, c)) : '',
      fields: duty ? JSON.stringify(fieldsOf(purpose, c, clock)) : '',
      images: duty && !x.plain ? images(c.content.fileIds, x) : '',
      canAccept: flag(can('accept')),
      canSign: flag(can('sign') && purpose === 'handle'),
      canReply: flag(canReply),
      canOpinion: flag(can('opinion')),
      canAnswer: flag(can('answer')),
      openText,
      openUrl: openText ? x.link(casePath(c.id, openAct)) : '',
      sideText: side,
      sideUrl: side ? x.link(casePath(c.id, 'return')) : '',
      moreText: !duty
        ? '看经过'
        : purpose === 'handle'
          ? '打开详情，加照片、核实、退回改派'
          : purpose === 'review'
            ? '不予受理、改文字'
            : '打开详情',
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
      body: reply && !x.plain ? cut(`${RESULT_CLASSES[reply.class]}。${reply.text}`) : '',
      images: duty && reply && !x.plain ? images(reply.fileIds, x) : '',
      canRate: flag(Boolean(duty)),
      stars: given ? String(given.stars) : '0',
      moreText: duty ? '看全文' : '看经过',
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
