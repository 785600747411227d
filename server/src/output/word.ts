/**
 * Word documents as offices write them: margins and type of GB/T 9704, a red head, tables that keep their rows whole, and
 * Word's own charts, which stay sharp, can be edited, and need no font on the server.
 */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { ChartRun, type ChartSeries } from 'docx/charts';
import { noFormula } from '../workbook/index.ts';

export type Block = Paragraph | Table;

const mm = (n: number): number => Math.round((n / 25.4) * 1_440);
const PAGE = { width: mm(210), height: mm(297) };
const MARGIN = { top: mm(32), bottom: mm(28), left: mm(28), right: mm(26), footer: mm(18) };
/** Of the text, in twentieths of a point. */
const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right;
/** The same in pixels of a chart. */
const CHART_WIDTH = Math.floor(TEXT_WIDTH / 15);
const MOST_CHART_HEIGHT = 620;
/** Half-points. */
const SIZE = { head: 64, title: 40, body: 32, table: 22, note: 21 };
const RED = 'C8102E';
const BLUE = '1F5FE0';
const PALETTE = [BLUE, '0E9F6E', 'F5A524'];

/** Typefaces of documents; whoever opens one without them sees their own instead. */
const face = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia });
const FANGSONG = face('仿宋');
const HEITI = face('黑体');
const KAITI = face('楷体');
const SONG = face('宋体');
const LINE = { line: 560, lineRule: LineRuleType.EXACT };

/** A paragraph of the text, its first line two characters in. */
export const text = (words: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { firstLine: SIZE.body * 20 },
    spacing: LINE,
    children: [new TextRun({ text: words, font: FANGSONG, size: SIZE.body })],
  });

/** 一、… */
export const heading = (words: string): Paragraph =>
  new Paragraph({
    heading: 'Heading2',
    keepNext: true,
    indent: { firstLine: SIZE.body * 20 },
    spacing: { ...LINE, before: 120 },
    children: [new TextRun({ text: words, font: HEITI, size: SIZE.body, color: '000000' })],
  });

/** What stands under a table or at the end: smaller, whole lines. */
export const note = (words: string): Paragraph =>
  new Paragraph({
    spacing: { line: 340, before: 40 },
    children: [new TextRun({ text: words, font: KAITI, size: SIZE.note })],
  });

/** 表 1 …, 图 1 …: above what it names, and on its page. */
const caption = (words: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    keepNext: true,
    spacing: { before: 200, after: 80 },
    children: [new TextRun({ text: words, font: HEITI, size: SIZE.table })],
  });

export interface Head {
  /** In red over the line. */
  series: string;
  issuer: string;
  date: string;
  title: string;
  /** Under the title: what it covers and up to when. */
  about: string;
}

/** The top of the first page. */
export const head = ({ series, issuer, date, title, about }: Head): Paragraph[] => [
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 360 },
    children: [new TextRun({ text: series, font: SONG, bold: true, size: SIZE.head, color: RED })],
  }),
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    border: { bottom: { style: BorderStyle.SINGLE, size: 18, space: 6, color: RED } },
    spacing: { after: 480 },
    children: [new TextRun({ text: `${issuer}\t${date}`, font: FANGSONG, size: SIZE.body })],
  }),
  new Paragraph({
    heading: 'Heading1',
    alignment: AlignmentType.CENTER,
    spacing: { line: 640, lineRule: LineRuleType.AT_LEAST },
    children: [new TextRun({ text: title, font: SONG, bold: true, size: SIZE.title, color: '000000' })],
  }),
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { after: 280 },
    children: [new TextRun({ text: about, font: KAITI, size: SIZE.table + 2 })],
  }),
];

/** Who sends it and when, at the end. */
export const signature = (issuer: string, date: string): Paragraph[] =>
  [issuer, date].map(
    (words, i) =>
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        keepNext: i === 0,
        indent: { right: SIZE.body * 20 },
        spacing: { ...LINE, before: i === 0 ? 400 : 0 },
        children: [new TextRun({ text: words, font: FANGSONG, size: SIZE.body })],
      }),
  );

export interface WordColumn {
  head: string;
  /** Its share of the width. */
  share: number;
  /** Left by default. */
  align?: 'left' | 'center' | 'right';
}

const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT };

/** So many rows stand on one page together; a longer table may go over, between its rows. */
const TOGETHER = 14;

/** A table under its name, as wide as the text; its head comes again on every page. */
export function table(
  name: string,
  columns: readonly WordColumn[],
  rows: readonly (readonly string[])[],
): Block[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((share / whole) * TEXT_WIDTH));
  const cell = (words: string, i: number, row: number): TableCell => {
    const inHead = row < 0;
    return new TableCell({
      width: { size: widths[i] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { top: 50, bottom: 50, left: 90, right: 90 },
      ...(inHead ? { shading: { type: ShadingType.CLEAR, fill: 'EAF1FF', color: 'auto' } } : {}),
      children: [
        new Paragraph({
          alignment: inHead ? AlignmentType.CENTER : ALIGN[columns[i]?.align ?? 'left'],
          keepNext: inHead || (rows.length <= TOGETHER && row < rows.length - 1),
          children: [new TextRun({ text: words, font: inHead ? HEITI : FANGSONG, size: SIZE.table })],
        }),
      ],
    });
  };
  return [
    caption(name),
    new Table({
      width: { size: TEXT_WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      layout: TableLayoutType.FIXED,
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map(({ head: words }, i) => cell(words, i, -1)),
        }),
        ...rows.map(
          (row, at) => new TableRow({ cantSplit: true, children: row.map((words, i) => cell(words, i, at)) }),
        ),
      ],
    }),
  ];
}

export interface WordChart {
  name: string;
  kind: 'columns' | 'bars' | 'lines';
  categories: readonly string[];
  /** Rates are given as shares. null: nothing to divide by. */
  series: readonly { name: string; values: readonly (number | null)[] }[];
  form: 'count' | 'rate';
}

/** A chart under its name; [] where there is nothing to draw. Bars stand with the first on top. */
export function chart({ name, kind, categories, series, form }: WordChart): Block[] {
  if (!series.some(({ values }) => values.some((value) => value !== null && value > 0))) {
    return [];
  }
  const numberFormat = form === 'rate' ? '0.0%' : '#,##0';
  /** Of two lines, one is labelled above and the other below: they often run close. */
  const labels = (i: number) => ({
    value: true,
    numberFormat,
    font: { size: 9 },
    position:
      kind === 'lines' ? (i === 0 ? ('above' as const) : ('below' as const)) : ('outsideEnd' as const),
  });
  const many = categories.length * series.length > 24;
  // Word keeps them in a workbook behind the chart, which whoever edits the data opens.
  const kept = categories.map(noFormula);
  const given = series.map((one, i): ChartSeries => ({
    ...one,
    name: noFormula(one.name),
    color: PALETTE[i % PALETTE.length] ?? BLUE,
    dataLabels: many ? false : labels(i),
  }));
  const common = {
    categories: kept,
    series: given,
    legend: series.length > 1 ? ({ position: 'bottom', font: { size: 10 } } as const) : (false as const),
    chartArea: { border: 'none' as const },
    categoryAxis: { font: { size: 10 }, reverseOrder: kind === 'bars' },
    valueAxis: {
      minimum: 0,
      ...(form === 'rate' ? { maximum: 1, interval: 0.2 } : {}),
      numberFormat: form === 'rate' ? '0%' : '#,##0',
      visible: kind !== 'bars',
      gridlines: kind !== 'bars',
      font: { size: 9 },
    },
    altText: { name, title: name, description: described({ categories, series, form }) },
  };
  const height = kind === 'bars' ? Math.min(MOST_CHART_HEIGHT, 60 + categories.length * 26) : 205;
  const transformation = { width: CHART_WIDTH, height };
  const drawn =
    kind === 'lines'
      ? new ChartRun({ type: 'line', markers: true, ...common, transformation })
      : new ChartRun({ type: kind === 'bars' ? 'bar' : 'column', gapWidth: 60, ...common, transformation });
  return [caption(name), new Paragraph({ alignment: AlignmentType.CENTER, children: [drawn] })];
}

/** The chart in words, for whoever cannot see it. */
function described({ categories, series, form }: Pick<WordChart, 'categories' | 'series' | 'form'>): string {
  const told = (value: number | null | undefined): string =>
    value == null ? '无' : form === 'rate' ? `${(value * 100).toFixed(1)}%` : String(value);
  return series
    .map(
      ({ name, values }) =>
        `${name}：${categories.map((each, i) => `${each} ${told(values[i])}`).join('，')}`,
    )
    .join('；');
}

/** The document's bytes, its pages numbered at the foot. */
export function wordDocument(title: string, blocks: readonly Block[]): Promise<Buffer> {
  const foot = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: SONG, size: 28 })],
  });
  const document = new Document({
    title,
    creator: '民情一点通',
    styles: {
      default: { document: { run: { font: FANGSONG, size: SIZE.body, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        footers: { default: new Footer({ children: [foot] }) },
        children: [...blocks],
      },
    ],
  });
  return Packer.toBuffer(document);
}
