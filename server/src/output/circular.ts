/** 通报: the figures of an area or a unit as a Word document ready to be sent on: sentences, tables, charts, ranking, topics. */
import type { FiguresView, StagesView, StatisticsFilter, StatisticsSplit } from '@minqing/shared/contract';
import { FIGURES, firstDayOf, monthOf, monthsOn, type FigureName } from '@minqing/shared/statistics';
import { dateOfDay, dayOfDate, fullMomentText, localTime } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Statistics } from '../statistics/index.ts';
import {
  countsSentence,
  figureOf,
  handlingSentence,
  periodName,
  rankingSentence,
  ratesSentence,
  shareOf,
  textOf,
  topicsSentence,
} from './circular.words.ts';
import {
  chart,
  head,
  heading,
  note,
  signature,
  table,
  text,
  wordDocument,
  type Block,
  type WordChart,
  type WordColumn,
} from './word.ts';

const SERIES = '民情办理情况通报';
const RATES: readonly FigureName[] = [
  'closeRate',
  'onTimeRate',
  'solvedRate',
  'satisfactionRate',
  'reworkRate',
];
const GROUPED: readonly FigureName[] = [
  'reported',
  'dispatched',
  'closeRate',
  'onTimeRate',
  'satisfactionRate',
];
const RANKED = 20;
const MOST_CATEGORIES = 12;
const MOST_WORDS = 10;
const NUMERALS = '一二三四五六七八九';
/** A year that has not come so far tells no trend; the twelve months before are shown instead. */
const LEAST_MONTHS = 3;

export interface CircularDeps {
  statistics: Pick<Statistics, 'desks' | 'figures' | 'stages' | 'topics'>;
  directory: Pick<Directory, 'committeeOf'>;
  now: number;
}

type Reading = (
  more: { split: StatisticsSplit; rankBy?: FigureName; compare?: boolean },
  of?: StatisticsFilter,
) => Promise<FiguresView>;

/** Sections, tables and figures in the order they come; what is empty takes no number. */
function numbering() {
  const count = { part: 0, table: 0, figure: 0 };
  return {
    part: (name: string): Block => heading(`${NUMERALS[count.part++] ?? ''}、${name}`),
    table: (name: string, columns: readonly WordColumn[], rows: readonly (readonly string[])[]): Block[] =>
      rows.length === 0 ? [] : table(`表 ${(count.table += 1)}　${name}`, columns, rows),
    chart(name: string, drawn: Omit<WordChart, 'name'>): Block[] {
      const blocks = chart({ ...drawn, name: `图 ${count.figure + 1}　${name}` });
      count.figure += blocks.length > 0 ? 1 : 0;
      return blocks;
    },
  };
}
type Numbering = ReturnType<typeof numbering>;

const texts = (sentences: readonly string[]): Block[] => sentences.filter(Boolean).map(text);

/** The document's bytes and its title with the period. Throws when the viewer may not read the figures. */
export async function circular(
  { statistics, directory, now }: CircularDeps,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<{ bytes: Buffer; title: string }> {
  const read: Reading = (more, of = filter) => statistics.figures(viewer, { ...of, compare: false, ...more });
  const whole = await read({ split: 'none', compare: true });
  const desk = statistics.desks(viewer).desks.find((each) => each.id === filter.desk);
  const areaId = filter.area ?? desk?.areaId ?? '';
  const { unit, category, sector, place: scene } = filter;
  const narrowed = (category ?? sector ?? scene) !== undefined;
  /** What is narrowed already is not put apart by areas, units and topics. */
  const ofArea = desk?.kind === 'area' && unit === undefined && !narrowed;
  const stages = await statistics.stages(viewer, {
    ...filter,
    split: ofArea ? 'unit' : 'none',
    stage: 'handle',
  });
  const area = desk?.areas.find(({ id }) => id === areaId);
  const place = (desk?.kind === 'area' && area?.name) || desk?.title || '';
  const issuer = (desk?.kind === 'area' && directory.committeeOf(areaId)?.name) || place;
  const period = periodName(whole.period);
  const monthly = whole.period.name === 'month';
  const { year, month, day } = localTime(now);
  const date = `${year}年${month}月${day}日`;
  const n = numbering();
  const blocks = [
    ...head({
      series: SERIES,
      issuer,
      date,
      title: `${place}${monthly ? period : ''}民情办理情况`,
      about: `${monthly ? '' : `${period}，`}截至 ${fullMomentText(Date.parse(whole.asOf))}`,
    }),
    n.part('总体情况'),
    text(`${period}，${place}${countsSentence(whole.figures)}${ratesSentence(whole.figures)}`),
    ...texts([handlingSentence(stages)]),
    ...ratesTable(n, whole),
    ...trendCharts(n, await read({ split: 'month' }, trendOf(filter, whole))),
    ...(ofArea ? await areaParts(n, read, stages) : []),
    ...(narrowed ? [] : categoryPart(n, await read({ split: 'category', rankBy: 'reported' }))),
    ...(ofArea ? topicsPart(n, await statistics.topics(viewer, filter)) : []),
    ...definitions(n, whole),
    ...signature(issuer, date),
  ];
  return { bytes: await wordDocument(`${place}${SERIES}`, blocks), title: `${place}${SERIES}-${period}` };
}

/** The months of the year up to the period's end. */
function trendOf(filter: StatisticsFilter, { period }: FiguresView): StatisticsFilter {
  const to = dayOfDate(period.to) ?? 0;
  const january = firstDayOf(monthOf(to) - (monthOf(to) % 12));
  const from =
    monthOf(to) - monthOf(january) + 1 < LEAST_MONTHS ? firstDayOf(monthOf(monthsOn(to, -11))) : january;
  return { ...filter, period: 'custom', within: undefined, from: dateOfDay(from), to: period.to };
}

function ratesTable(n: Numbering, { figures }: FiguresView): Block[] {
  const told = RATES.flatMap((id) => figureOf(figures, id) ?? []);
  /** A column nothing was compared for says nothing. */
  const compared = (
    [
      ['环比', 'last'],
      ['同比', 'year'],
    ] as const
  ).filter(([, key]) => told.some((figure) => figure[key]));
  return n.table(
    '主要指标',
    [
      { head: '指标', share: 12 },
      { head: '数值', share: 12, align: 'right' },
      { head: '怎么得来', share: 34 },
      ...compared.map(([words]): WordColumn => ({ head: words, share: 24 })),
    ],
    told.map((figure) => [
      figure.name,
      figure.text,
      figure.fraction,
      ...compared.map(([, key]) => figure[key]?.phrase ?? '—'),
    ]),
  );
}

function trendCharts(n: Numbering, { groups }: FiguresView): Block[] {
  const categories = groups.map(({ name }) => name);
  return [
    ...n.chart('各月上报与办结（件）', {
      kind: 'columns',
      form: 'count',
      categories,
      series: (['reported', 'closed'] as const).map((id) => ({
        name: FIGURES[id].name,
        values: groups.map(({ figures }) => figureOf(figures, id)?.part ?? 0),
      })),
    }),
    ...n.chart('各月按期率与满意率', {
      kind: 'lines',
      form: 'rate',
      categories,
      series: (['onTimeRate', 'satisfactionRate'] as const).map((id) => ({
        name: FIGURES[id].name,
        values: groups.map(({ figures }) => shareOf(figures, id)),
      })),
    }),
  ];
}

const groupRow = ({ name, figures }: FiguresView['groups'][number]): string[] => [
  name,
  ...GROUPED.map((id) => textOf(figures, id)),
];
const groupColumns = (first: string): WordColumn[] => [
  { head: first, share: 30 },
  ...GROUPED.map((id): WordColumn => ({ head: FIGURES[id].name, share: 14, align: 'right' })),
];

/** 各地, 承办单位: only an area has any below it. */
async function areaParts(n: Numbering, read: Reading, stages: StagesView): Promise<Block[]> {
  const areas = await read({ split: 'area' });
  const units = await read({ split: 'unit', rankBy: 'onTimeRate' });
  const ranked = units.groups.filter(({ rank }) => rank !== null).slice(0, RANKED);
  /** One bar compares nothing. */
  const charted = ranked.length > 1 ? ranked : [];
  const slow = stages.groups.filter(({ rank }) => rank !== null).slice(0, RANKED);
  return [
    ...(areas.groups.length > 1
      ? [n.part('各地情况'), ...n.table('各地办理情况', groupColumns('地区'), areas.groups.map(groupRow))]
      : []),
    n.part('承办单位按期答复情况'),
    ...texts([
      ranked.length === 0 ? `各单位本期到期应复的都不足 ${units.leastRanked} 件，不排名。` : '',
      rankingSentence(units),
    ]),
    ...n.chart('承办单位按期率', {
      kind: 'bars',
      form: 'rate',
      categories: charted.map(({ name }) => name),
      series: [
        {
          name: FIGURES.onTimeRate.name,
          values: charted.map(({ figures }) => shareOf(figures, 'onTimeRate')),
        },
      ],
    }),
    ...n.table(
      '承办单位按期率排名',
      [
        { head: '名次', share: 9, align: 'center' },
        { head: '单位', share: 33 },
        { head: '按期率', share: 13, align: 'right' },
        { head: '按期 ÷ 应复', share: 17, align: 'right' },
        { head: '满意率', share: 14, align: 'right' },
        { head: '平均星级', share: 14, align: 'right' },
      ],
      ranked.map(({ rank, name, figures }) => {
        const due = figureOf(figures, 'onTimeRate');
        return [
          String(rank),
          name,
          textOf(figures, 'onTimeRate'),
          `${due?.part ?? 0} ÷ ${due?.whole ?? 0}`,
          textOf(figures, 'satisfactionRate'),
          textOf(figures, 'stars'),
        ];
      }),
    ),
    ...(ranked.length > 0 && units.unrankedText ? [note(`${units.unrankedText}。`)] : []),
    ...n.table(
      '办理用时，慢的在前（工作时间）',
      [
        { head: '次序', share: 10, align: 'center' },
        { head: '单位', share: 40 },
        { head: '件数', share: 14, align: 'right' },
        { head: '平均', share: 18, align: 'right' },
        { head: '九成在…以内', share: 18, align: 'right' },
      ],
      slow.map(({ rank, name, figure }) => [
        String(rank),
        name,
        String(figure.count),
        figure.meanText,
        figure.p90Text,
      ]),
    ),
    ...(slow.length > 0 && stages.unrankedText ? [note(`${stages.unrankedText}。`)] : []),
  ];
}

function categoryPart(n: Numbering, { groups }: FiguresView): Block[] {
  const told = groups.filter(({ figures }) => figureOf(figures, 'reported')?.part).slice(0, MOST_CATEGORIES);
  return told.length === 0
    ? []
    : [n.part('民情类别'), ...n.table('各类民情办理情况', groupColumns('类别'), told.map(groupRow))];
}

function topicsPart(n: Numbering, topics: Awaited<ReturnType<Statistics['topics']>>): Block[] {
  const sentence = topicsSentence(topics);
  return sentence === ''
    ? []
    : [
        n.part('反映集中的问题'),
        text(sentence),
        ...n.table(
          '提到最多的词',
          [
            { head: '词', share: 40 },
            { head: '件数', share: 20, align: 'right' },
            { head: '比上期', share: 20, align: 'right' },
          ],
          topics.words
            .slice(0, MOST_WORDS)
            .map(({ word, count, changeText }) => [word, String(count), changeText]),
        ),
      ];
}

function definitions(n: Numbering, { period, seq }: FiguresView): Block[] {
  return [
    n.part('指标说明'),
    note(`统计时段 ${period.text}，记录号 ${seq}。平均、九成用时均按工作时间计，7 小时为 1 个工作日。`),
    ...RATES.map((id) =>
      note(`${FIGURES[id].name}：${FIGURES[id].formula}；不计：${FIGURES[id].leavesOut}。`),
    ),
  ];
}
