/** The words of notices and cards in 管理: what holds in an area, and what somebody would get with other words. */
import type { Actor } from '@minqing/shared/workflow';
import type { DrawnPart, TextItem, TextPreview, TextsAdmin } from '@minqing/shared/contract';
import type { Calendars } from '../cases/index.ts';
import type { Catalogue, TextRule } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Host, NoticeContent } from '../hosts/index.ts';
import type { Directory } from '../people/index.ts';
import { contentOf as contentOfCard } from './card.board.ts';
import { drawCard } from './card.draw.ts';
import { cut, LONGEST, renderAs, type RenderContext } from './card.render.ts';
import { sampleOf, sampleUnit, type CaseText } from './card.sample.ts';
import { CARD_TEMPLATES, templateOf } from './card-templates.ts';
import { CARD_TEXTS, cardTextId, cardValues, COMMON_CARD_VARIABLES } from './card.wording.ts';
import { countsWords } from './daily.ts';
import { contentOf } from './notice.texts.ts';
import { NOTICE_TEXTS } from './notice.wording.ts';
import { COMMON_NOTICE_VARIABLES, NOTICE_SAMPLES } from './notice.values.ts';
import {
  FIELDS,
  filled,
  rulesOf,
  variablesIn,
  wordsOf,
  type AreaWording,
  type FieldKey,
  type Text,
} from './wording.ts';

/** Every text an area may word, as the catalogue checks it. */
export const TEXT_RULES: readonly TextRule[] = [
  ...rulesOf(CARD_TEXTS, COMMON_CARD_VARIABLES),
  ...rulesOf(NOTICE_TEXTS, COMMON_NOTICE_VARIABLES),
];

export interface NoticeTexts {
  /** Throws forbidden outside the viewer's areas. */
  list(viewer: Actor, areaId: string): Promise<TextsAdmin>;
  /** What somebody would get with these words; throws invalidInput where they could not be kept. */
  preview(viewer: Actor, areaId: string, textId: string, words: Record<string, string>): Promise<TextPreview>;
}

export interface TextsDeps {
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  catalogue: Catalogue;
  hosts: ReadonlyMap<string, Host>;
}

const SAMPLE_PATH = '/#/s/sample';
const CHANNELS = { card: '互动卡片', actionCard: '动作卡片', notice: '工作通知' } as const;
const COUNTS = { open: 46, ruling: 2 };

export function createTexts(deps: TextsDeps): NoticeTexts {
  const { catalogue, directory } = deps;
  const wordingOf =
    (areaId: string): AreaWording =>
    (id) =>
      catalogue.wording(areaId, id)?.value ?? null;

  function present(
    areaId: string,
    channel: TextItem['channel'],
    [id, text]: readonly [string, Text],
    samples: Readonly<Record<string, string>>,
  ): TextItem {
    const texts = channel === 'card' ? CARD_TEXTS : NOTICE_TEXTS;
    const set = catalogue.wording(areaId, id);
    const own = set?.from === areaId;
    const now = wordsOf(id, texts, wordingOf(areaId));
    const common = channel === 'card' ? COMMON_CARD_VARIABLES : COMMON_NOTICE_VARIABLES;
    return {
      id,
      from: set?.from ? { id: set.from, name: directory.area(set.from)?.name ?? '' } : null,
      own,
      seen: own ? (set?.changeId ?? null) : null,
      name: text.name,
      to: text.to,
      channel,
      of: text.of ?? null,
      fields: (Object.keys(text.words) as FieldKey[]).map((key) => ({
        key,
        ...FIELDS[key],
        words: now[key] ?? '',
        standard: text.words[key] ?? '',
      })),
      variables: variablesIn(text, common).map((name) => ({ name, sample: samples[name] ?? '' })),
    };
  }

  /** The sample case as the area would show it. */
  function context(areaId: string, wording: AreaWording): RenderContext {
    const now = deps.clock.businessNow();
    return {
      telling: { now, calendar: deps.calendars.of(areaId), unit: sampleUnit },
      names: () => ({ name: '林淑芬', title: '' }),
      link: (path) => path,
      thumbUrl: () => '',
      areaName: () => '金东区',
      categoryName: (id) => catalogue.categoryName(areaId, id),
      wording,
      plain: false,
    };
  }

  function previewCard(areaId: string, text: CaseText, wording: AreaWording): TextPreview {
    const x = context(areaId, wording);
    const sample = sampleOf(text, x.telling.now, x.telling.calendar);
    const template = CARD_TEMPLATES[templateOf(sample.duty.purpose)];
    const shown = renderAs(sample.card, sample.c, sample.duty, x);
    const ended = renderAs(sample.ended, sample.c, undefined, x);
    const values = cardValues(sample.c, x, sample.card.round);
    const { body = '' } = filled(wordsOf(cardTextId(text), CARD_TEXTS, wording), values);
    const long = cut(body) !== body;
    const plain = contentOfCard(sample.card, shown);
    const channels = [
      {
        id: 'card' as const,
        label: CHANNELS.card,
        parts: drawCard(template, shown.publicData, shown.privateData),
        problem: long ? `正文超过 ${LONGEST} 字，后面的要点开才看得到` : '',
      },
      noticeChannel('actionCard', plain),
      noticeChannel('notice', { ...plain, buttons: [] }),
    ];
    const after = { button: sample.button, parts: drawCard(template, ended.publicData, ended.privateData) };
    return { channels, after, ...verdictOf(channels) };
  }

  function previewCounts(text: string, wording: AreaWording): TextPreview {
    const counts = text === 'counts.ruling' ? COUNTS : { ...COUNTS, ruling: 0 };
    const { strip, title, open } = countsWords(counts, wording);
    const figures = [
      { label: '在办', value: String(counts.open) },
      { label: '待裁定', value: String(counts.ruling) },
    ];
    const data = { strip, title, openText: open, figures: JSON.stringify(figures), done: 'false' };
    const channels = [
      {
        id: 'card' as const,
        label: CHANNELS.card,
        parts: drawCard(CARD_TEMPLATES.counts, data, {}),
        problem: '',
      },
    ];
    return { channels, after: null, ...verdictOf(channels) };
  }

  /** As the host itself renders it. Where a letter more changes nothing, the end is not shown. */
  function noticeChannel(
    id: 'actionCard' | 'notice',
    content: NoticeContent,
  ): TextPreview['channels'][number] {
    const [host] = deps.hosts.values();
    const isCut = (change: Partial<NoticeContent>): boolean =>
      host !== undefined && host.renderNotice(content) === host.renderNotice({ ...content, ...change });
    const problems = [
      content.title !== '' && isCut({ title: `${content.title}※` }) ? '标题太长，末尾看不到' : '',
      content.body !== '' && isCut({ body: `${content.body}※` }) ? '正文太长，后面的要点「查看全文」' : '',
    ];
    return {
      id,
      label: CHANNELS[id],
      parts: drawNotice(content),
      problem: problems.filter(Boolean).join('；'),
    };
  }

  return {
    async list(viewer, areaId) {
      const changes = await catalogue.admin.changesOf(viewer, areaId, ['text']);
      const x = context(areaId, wordingOf(areaId));
      const sample = sampleOf('answer', x.telling.now, x.telling.calendar);
      const samples = {
        ...cardValues(sample.c, x, 1),
        在办件数: String(COUNTS.open),
        待裁定件数: String(COUNTS.ruling),
      };
      return {
        items: [
          ...[...CARD_TEXTS].map((one) => present(areaId, 'card', one, samples)),
          ...[...NOTICE_TEXTS].map((one) => present(areaId, 'notice', one, NOTICE_SAMPLES)),
        ],
        changes,
      };
    },
    async preview(viewer, areaId, textId, words) {
      catalogue.admin.check(viewer, { kind: 'text', areaId, itemId: textId }, { words });
      const set = wordingOf(areaId);
      const wording: AreaWording = (id) => (id === textId ? words : set(id));
      const card = textId.replace(/^card\./, '');
      if (!CARD_TEXTS.has(textId)) {
        const at = deps.clock.businessNow();
        const number = NOTICE_SAMPLES['民情编号'] ?? '';
        const frame = { number, values: NOTICE_SAMPLES, at, path: SAMPLE_PATH };
        const channels = [noticeChannel('notice', contentOf(textId, wording, frame))];
        return { channels, after: null, ...verdictOf(channels) };
      }
      return card.startsWith('counts')
        ? previewCounts(card, wording)
        : previewCard(areaId, card as CaseText, wording);
    },
  };
}

function drawNotice(content: NoticeContent): DrawnPart[] {
  const tone = content.status?.tone;
  const part = (kind: DrawnPart['kind'], text: string, beside = '', how: DrawnPart['tone'] = 'normal') => ({
    kind,
    text,
    beside,
    tone: how,
  });
  return [
    ...(content.status
      ? [part('strip', content.status.text, '', tone === 'blue' ? 'primary' : (tone ?? 'normal'))]
      : []),
    part('title', content.title, '', 'strong'),
    ...content.lines.map(({ label, value }) => part('field', value, label)),
    part('text', content.body),
    ...content.buttons.map(({ title }) => part('button', title, '', 'primary')),
  ].filter((one) => one.text !== '');
}

/** One sentence for all channels together. */
function verdictOf(channels: TextPreview['channels']): Pick<TextPreview, 'verdict' | 'fits'> {
  const [first] = channels;
  const long = channels.filter((channel) => channel.problem !== '');
  const letters = (first?.parts ?? []).reduce((sum, part) => sum + [...part.text].length, 0);
  if (long.length > 0) {
    return {
      fits: false,
      verdict: `${long.map((channel) => channel.label).join('、')}放不下：${long[0]?.problem ?? ''}`,
    };
  }
  const where = channels.length === 3 ? '三种渠道都放得下' : '放得下';
  return { fits: true, verdict: `${first?.label ?? ''} ${letters} 个字，${where}` };
}
