/** 年度卡片: a member's own year as one picture to keep or pass on. Nobody else's words, names or cases are on it. */
import type { MemberRecord } from '@minqing/shared/contract';

/** Pixels: as wide as phones show pictures sharply, as high as a chat shows without cutting. */
export const CARD = { width: 900, height: 1200 } as const;

/** The card looks the same whatever the reader's colours: it is a picture, and goes to others. */
const COLOURS = {
  band: ['#2563eb', '#1b47a8'],
  onBand: '#ffffff',
  paper: '#ffffff',
  ink: '#17202e',
  ink2: '#55627a',
  line: '#e3e8f0',
  closed: '#2563eb',
  open: '#c3d4fb',
} as const;
const FONT = '-apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';
const EDGE = 64;
const BAND_HEIGHT = 430;

export interface CardWords {
  product: string;
  year: string;
  name: string;
  sentence: string;
  /** What there is any of, in the order of a case's way; at most six. */
  numbers: { label: string; value: string }[];
  footer: string;
  /** The whole card in one sentence, for who cannot see it. */
  spoken: string;
}

/** What stands on the card; it speaks for the member, not to them. */
export function cardWords(record: MemberRecord): CardWords {
  const counted = [
    { label: '提交', count: record.submitted },
    { label: '受理', count: record.accepted },
    { label: '办结', count: record.closed },
    { label: '解决', count: record.solved },
    { label: '采用', count: record.adopted },
    { label: '附议', count: record.supported },
  ].filter(({ count }) => count > 0);
  const sentence = record.sentence.replace(/您/g, '我');
  const stars =
    record.stars.mean === null ? '' : `答复得星 ${record.stars.mean.toFixed(1)}，${record.stars.text}`;
  const year = `${record.year} 年`;
  return {
    product: '民情一点通',
    year,
    name: `${record.name} 委员`,
    sentence,
    numbers: counted.map(({ label, count }) => ({ label, value: String(count) })),
    footer: [stars, record.asOfText].filter(Boolean).join(' · '),
    spoken: [
      `${record.name}委员 ${year}年度卡片：${sentence}`,
      counted.map(({ label, count }) => `${label} ${count} 件`).join('，'),
      stars,
      record.asOfText,
    ]
      .filter(Boolean)
      .join('。'),
  };
}

/** Cuts words into lines no wider than `width`; after a comma where one is near the end of a line. */
export function linesOf(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && measure(line + character) > width) {
      const comma = line.lastIndexOf('，');
      const cut = comma >= line.length / 3 ? comma + 1 : line.length;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
    line += character;
  }
  return [...lines, line].filter(Boolean);
}

/** Draws the card on a canvas of `CARD`'s size. */
export function drawCard(pen: CanvasRenderingContext2D, record: MemberRecord): void {
  const words = cardWords(record);
  const write = (text: string, x: number, y: number, size: number, colour: string, weight = 400): void => {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  };
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, CARD.width, CARD.height);

  const band = pen.createLinearGradient(0, 0, 0, BAND_HEIGHT);
  band.addColorStop(0, COLOURS.band[0]);
  band.addColorStop(1, COLOURS.band[1]);
  pen.fillStyle = band;
  pen.fillRect(0, 0, CARD.width, BAND_HEIGHT);
  write(words.product, EDGE, 96, 32, COLOURS.onBand);
  pen.textAlign = 'right';
  write(words.year, CARD.width - EDGE, 96, 32, COLOURS.onBand);
  pen.textAlign = 'left';
  write(words.name, EDGE, 186, 40, COLOURS.onBand);
  pen.font = `700 62px ${FONT}`;
  const lines = linesOf(words.sentence, CARD.width - 2 * EDGE, (text) => pen.measureText(text).width);
  lines.slice(0, 3).forEach((line, at) => write(line, EDGE, 274 + at * 80, 62, COLOURS.onBand, 700));

  drawNumbers(write, words);
  drawMonths(pen, write, record);
  pen.fillStyle = COLOURS.line;
  pen.fillRect(EDGE, 1_112, CARD.width - 2 * EDGE, 2);
  pen.textAlign = 'center';
  write(words.footer, CARD.width / 2, 1_160, 26, COLOURS.ink2);
  pen.textAlign = 'left';
}

type Write = (text: string, x: number, y: number, size: number, colour: string, weight?: number) => void;

function drawNumbers(write: Write, { numbers }: CardWords): void {
  const step = (CARD.width - 2 * EDGE) / 3;
  numbers.forEach(({ label, value }, at) => {
    const x = EDGE + (at % 3) * step;
    const y = 540 + Math.floor(at / 3) * 142;
    write(value, x, y, 72, COLOURS.ink, 700);
    write(`${label}（件）`, x, y + 46, 28, COLOURS.ink2);
  });
}

/** A bar a month with its number above, as on the record's page. */
function drawMonths(pen: CanvasRenderingContext2D, write: Write, { months }: MemberRecord): void {
  const most = Math.max(1, ...months.map(({ closed, open }) => closed + open));
  const step = (CARD.width - 2 * EDGE) / Math.max(6, months.length);
  const wide = Math.min(56, step * 0.6);
  const [top, floor] = [830, 1_030];
  pen.textAlign = 'center';
  months.forEach(({ month, closed, open }, at) => {
    const middle = EDGE + (at + 0.5) * step;
    const high = (count: number): number => ((floor - top - 36) * count) / most;
    const all = high(closed + open);
    pen.fillStyle = COLOURS.open;
    pen.fillRect(middle - wide / 2, floor - all, wide, high(open));
    pen.fillStyle = COLOURS.closed;
    pen.fillRect(middle - wide / 2, floor - high(closed), wide, high(closed));
    pen.fillStyle = COLOURS.line;
    pen.fillRect(middle - wide / 2, floor, wide, 3);
    write(String(closed + open), middle, floor - all - 12, 28, COLOURS.ink, 700);
    write(`${month}月`, middle, floor + 42, 26, COLOURS.ink2);
  });
  pen.textAlign = 'left';
}
