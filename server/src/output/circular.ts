/** 通报: the figures of an area or a unit as a Word document, ready to be sent on: sentence, rates, ranking, topics. */
import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { FiguresView, StatisticsFilter } from '@minqing/shared/contract';
import { FIGURES, type FigureName } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import type { Statistics } from '../statistics/index.ts';

const RATES: readonly FigureName[] = [
  'closeRate',
  'onTimeRate',
  'solvedRate',
  'satisfactionRate',
  'reworkRate',
];
const COUNTS: readonly FigureName[] = ['reported', 'accepted', 'dispatched', 'replied', 'closed'];
const RANKED = 20;
const FONT = { ascii: 'Times New Roman', eastAsia: '宋体', hAnsi: 'Times New Roman' };
/** A bar of a full rate, in twentieths of a point. */
const BAR = 2_400;

const line = (text: string, more: { bold?: boolean; size?: number } = {}): Paragraph =>
  new Paragraph({ children: [new TextRun({ text, ...more })], spacing: { line: 360 } });
const heading = (text: string): Paragraph =>
  new Paragraph({ text, heading: HeadingLevel.HEADING_2, spacing: { before: 280, after: 120 } });

/** Cells of text; a number from 0 to 1 is drawn as a bar of that length. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Table {
  const cell = (content: string | number, header: boolean): TableCell =>
    new TableCell({
      children: typeof content === 'number' ? [bar(content)] : [line(content, { bold: header, size: 21 })],
      margins: { left: 90, right: 90 },
      ...(header ? { shading: { type: ShadingType.CLEAR, fill: 'EAF1FF' } } : {}),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: head.map((text) => cell(text, true)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((each) => cell(each, false)) })),
    ],
  });
}

const bar = (share: number): Paragraph =>
  new Paragraph({
    children: [
      new TextRun({
        text: '█'.repeat(Math.round(Math.max(0, Math.min(1, share)) * (BAR / 240))),
        color: '1F5FE0',
        size: 18,
      }),
    ],
  });

const of = (figures: FiguresView['figures'], id: FigureName) => figures.find((figure) => figure.id === id);
const textOf = (figures: FiguresView['figures'], id: FigureName): string => of(figures, id)?.text ?? '—';

/** The document's bytes and the words of its period. Throws when the viewer may not read the figures. */
export async function circular(
  statistics: Pick<Statistics, 'desks' | 'figures' | 'stages' | 'topics'>,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<{ bytes: Buffer; title: string }> {
  const read = (more: { split: 'none' | 'area' | 'unit'; rankBy?: FigureName; compare: boolean }) =>
    statistics.figures(viewer, { ...filter, ...more });
  const whole = await read({ split: 'none', compare: true });
  const desk = statistics.desks(viewer).desks.find((each) => each.id === filter.desk);
  const place = desk?.areas.find((area) => area.id === filter.area)?.name ?? desk?.title ?? '';
  const title = `${place}民情办理情况通报`;
  const parts: (Paragraph | Table)[] = [
    new Paragraph({ text: title, heading: HeadingLevel.HEADING_1, alignment: AlignmentType.CENTER }),
    new Paragraph({
      text: `（${whole.period.text}，${whole.asOfText}）`,
      alignment: AlignmentType.CENTER,
      spacing: { after: 240 },
    }),
    heading('一、总体情况'),
    line(`${COUNTS.map((id) => `${FIGURES[id].name} ${textOf(whole.figures, id)} 件`).join('，')}。`),
    table(
      ['指标', '数值', '怎么得来', '比上期', '比去年同期'],
      RATES.flatMap((id) => {
        const figure = of(whole.figures, id);
        return figure
          ? [
              [
                figure.name,
                figure.text,
                figure.fraction,
                figure.last?.phrase ?? '—',
                figure.year?.phrase ?? '—',
              ],
            ]
          : [];
      }),
    ),
  ];
  if (desk?.kind === 'area') {
    const areas = await read({ split: 'area', compare: false });
    const units = await read({ split: 'unit', rankBy: 'onTimeRate', compare: false });
    const slow = await statistics.stages(viewer, { ...filter, split: 'unit', stage: 'handle' });
    const topics = await statistics.topics(viewer, filter);
    const shareOf = (figures: FiguresView['figures'], id: FigureName): number => {
      const figure = of(figures, id);
      return figure && figure.whole > 0 ? figure.part / figure.whole : 0;
    };
    parts.push(
      heading('二、各地情况'),
      table(
        ['地区', '上报', '办结率', '', '满意率'],
        areas.groups.map(({ name, figures }) => [
          name,
          textOf(figures, 'reported'),
          textOf(figures, 'closeRate'),
          shareOf(figures, 'closeRate'),
          textOf(figures, 'satisfactionRate'),
        ]),
      ),
      heading('三、承办单位按期率排名'),
      table(
        ['名次', '单位', '按期率', '', '星级'],
        units.groups
          .filter((group) => group.rank !== null)
          .slice(0, RANKED)
          .map(({ rank, name, figures }) => [
            String(rank),
            name,
            textOf(figures, 'onTimeRate'),
            shareOf(figures, 'onTimeRate'),
            textOf(figures, 'stars'),
          ]),
      ),
      line(units.unrankedText || `不足 ${units.leastRanked} 件的不排名。`),
      heading('四、办理最慢的单位'),
      table(
        ['名次', '单位', '件数', '平均', '九成在…以内'],
        slow.groups
          .filter((group) => group.rank !== null)
          .slice(0, RANKED)
          .map(({ rank, name, figure }) => [
            String(rank),
            name,
            String(figure.count),
            figure.meanText,
            figure.p90Text,
          ]),
      ),
      heading('五、热点'),
      table(
        ['说得最多的', '件数', '比上期'],
        topics.words.slice(0, 10).map(({ word, count, changeText }) => [word, String(count), changeText]),
      ),
    );
  }
  parts.push(
    heading('指标说明'),
    ...RATES.map((id) =>
      line(`${FIGURES[id].name}：${FIGURES[id].formula}；不计：${FIGURES[id].leavesOut}。`, { size: 21 }),
    ),
  );
  const document = new Document({
    title,
    creator: '民情一点通',
    styles: { default: { document: { run: { font: FONT, size: 24 } } } },
    sections: [{ children: parts }],
  });
  return { bytes: await Packer.toBuffer(document), title: `${title}-${whole.period.text}` };
}
