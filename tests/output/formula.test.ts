/** What begins like a formula, in every text of every table: no cell of any workbook becomes one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import {
  adminTokenPage,
  areaTree,
  auditItem,
  backlogView,
  calendarView,
  caseItem,
  categoriesAdmin,
  deliveryItem,
  dispatchAdmin,
  exchangeChecks,
  exchangeCodes,
  exchangeLetters,
  exchangeOverview,
  figuresView,
  flowView,
  hostOriginsList,
  lateItem,
  linkPage,
  memberFiguresView,
  personPage,
  phrasesAdmin,
  policyView,
  reasonsAdmin,
  stagesView,
  statisticsCasePage,
  statisticsSettings,
  stuckPage,
  substitutionPage,
  syncDetail,
  syncOverview,
  textsAdmin,
  topicsView,
  unitPage,
  webhookDeliveryPage,
  webhookList,
} from '@minqing/shared/contract';
import type { z } from 'zod';
import { AUDIT } from '../../server/src/audit/table.ts';
import * as catalogue from '../../server/src/catalogue/index.ts';
import * as deadlines from '../../server/src/deadlines/index.ts';
import * as exchange from '../../server/src/exchange/index.ts';
import { LATE } from '../../server/src/late/table.ts';
import { DELIVERY } from '../../server/src/notices/delivery.table.ts';
import { TEXT_BOOK } from '../../server/src/notices/index.ts';
import { ORIGIN_BOOK } from '../../server/src/origins/index.ts';
import { CASES, type CaseLine } from '../../server/src/output/case.table.ts';
import {
  AGES,
  CLUSTERS,
  FLOW,
  GROUPS,
  MOVERS,
  OVERALL,
  REASONS,
  RECURRING,
  STAGES,
  TOPICS,
} from '../../server/src/output/figures.table.ts';
import { chart, wordDocument } from '../../server/src/output/word.ts';
import * as people from '../../server/src/people/index.ts';
import { FIGURE_CASES_BOOK, MEMBERS_BOOK, SETTINGS_BOOK } from '../../server/src/statistics/index.ts';
import { STUCK_BOOK } from '../../server/src/stuck/index.ts';
import { TOKEN_BOOK } from '../../server/src/tokens/index.ts';
import { WEBHOOK_BOOK, WEBHOOK_LOG_BOOK } from '../../server/src/webhooks/index.ts';
import { workbook, type Book, type Cell, type Part, type Sheet } from '../../server/src/workbook/index.ts';
import { converted, unzipped } from './files.ts';
import { sampleOf } from './sample.ts';

const HOSTILE = [
  '=1+1',
  "+cmd|'/C calc'!A0",
  '-2+3',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1+1',
  '－2',
  '＠SUM(1)',
  ' =1+1',
  '\u3000=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u0000=1+1',
  '\ud800=1+1',
  '=HYPERLINK("http://x.example","看")',
  '"=1+1',
  ';=1+1',
];
/** What a program that opens the sheet, or a CSV made of it, could take for one. */
const LIKE_FORMULA = /^[\s\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]/;

type Made = (text: string) => { name: string; columns: Sheet['columns']; rows: Cell[][] };
const of =
  <A>(one: Part<A>, answer: (text: string) => A): Made =>
  (text) => ({ name: one.name, columns: one.columns, rows: one.cells(answer(text)) });
const book = <A>({ parts }: Book<A>, schema: z.ZodType<A>): Made[] =>
  parts.map((one) => of(one, (text) => sampleOf(schema, text)));

const caseLine = (text: string): CaseLine => ({
  item: sampleOf(caseItem, text),
  place: text,
  authors: text,
  coUnits: text,
  round: 1,
  dueAt: 0,
  submittedAt: 0,
  dispatchedAt: 0,
  repliedAt: 0,
  closedAt: 0,
  used: 1,
  result: text,
});

const TABLES: Made[] = [
  of(CASES, (text) => [caseLine(text)]),
  of(LATE, (text) => [{ item: sampleOf(lateItem, text), unit: text, own: true, round: 1 }]),
  of(DELIVERY, (text) => [sampleOf(deliveryItem, text)]),
  of(AUDIT, (text) => [{ item: sampleOf(auditItem, text), hash: text }]),
  of(OVERALL, (text) => sampleOf(figuresView, text)),
  of(STAGES, (text) => sampleOf(stagesView, text)),
  ...GROUPS.map(({ sheet }) => of(sheet, (text) => sampleOf(figuresView, text))),
  of(FLOW, (text) => sampleOf(flowView, text)),
  ...[AGES, MOVERS, REASONS].map((one) => of(one, (text) => sampleOf(backlogView, text))),
  ...[TOPICS, CLUSTERS, RECURRING].map((one) => of(one, (text) => sampleOf(topicsView, text))),
  ...book(FIGURE_CASES_BOOK, statisticsCasePage),
  ...book(MEMBERS_BOOK, memberFiguresView),
  ...book(people.AREA_BOOK, areaTree),
  ...book(people.UNIT_BOOK, unitPage),
  ...book(people.PERSON_BOOK, personPage),
  ...book(people.SUBSTITUTION_BOOK, substitutionPage),
  ...book(people.LINK_BOOK, linkPage),
  ...book(people.CONTACTS_BOOK, syncOverview),
  ...book(people.CONTACT_RUN_BOOK, syncDetail),
  ...book(catalogue.CATEGORY_BOOK, categoriesAdmin),
  ...book(catalogue.REASON_BOOK, reasonsAdmin),
  ...book(catalogue.PHRASE_BOOK, phrasesAdmin),
  ...book(catalogue.DISPATCH_BOOK, dispatchAdmin),
  ...book(TEXT_BOOK, textsAdmin),
  ...book(deadlines.CALENDAR_BOOK, calendarView),
  ...book(deadlines.POLICY_BOOK, policyView),
  ...book(SETTINGS_BOOK, statisticsSettings),
  ...book(exchange.EXCHANGE_BOOK, exchangeOverview),
  ...book(exchange.LETTER_BOOK, exchangeLetters),
  ...book(exchange.CODE_BOOK, exchangeCodes),
  ...book(exchange.CHECK_BOOK, exchangeChecks),
  ...book(ORIGIN_BOOK, hostOriginsList),
  ...book(STUCK_BOOK, stuckPage),
  ...book(TOKEN_BOOK, adminTokenPage),
  ...book(WEBHOOK_BOOK, webhookList),
  ...book(WEBHOOK_LOG_BOOK, webhookDeliveryPage),
];
/** Sheets whose every word is the product's own, or a date and a number. */
const OWN_WORDS = ['每月统计'];

/** All tables filled with one text, as one workbook. */
const filled = (text: string): ReturnType<Made>[] =>
  TABLES.map((made, at) => ({ ...made(text), name: `表${at}` }));
const bytesOf = (tables: ReturnType<Made>[]): Promise<Buffer> =>
  buffer(workbook(tables.map(({ rows, ...sheet }) => ({ ...sheet, pages: [rows] }))));
const sheetsOf = (bytes: Buffer): string[] =>
  [...unzipped(bytes)].filter(([path]) => path.includes('/sheet')).map(([, xml]) => xml.toString('utf8'));

describe('texts that begin like a formula', () => {
  it('every table there is, is filled here', () => {
    const folder = join(import.meta.dirname, '../../server/src');
    const defined = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /tables?\.ts$/.test(path) && !path.startsWith('workbook'))
      .flatMap((path) => [...readFileSync(join(folder, path), 'utf8').matchAll(/\bpart\(\s*'([^']+)'/g)])
      .map(([, name]) => name);
    const here = new Set(TABLES.map((made) => made('x').name));
    expect(defined.length).toBeGreaterThan(40);
    expect(defined.filter((name) => !here.has(name ?? ''))).toEqual([]);
  });

  it('each table has the text somewhere: what is fed is what leaves', () => {
    const without = TABLES.map((made) => made('甲乙丙')).filter(
      ({ rows }) => !rows.flat().some((cell) => typeof cell === 'string' && cell.includes('甲乙丙')),
    );
    expect(without.map(({ name }) => name).filter((name) => !OWN_WORDS.includes(name))).toEqual([]);
    const cells = TABLES.flatMap((made) => made('甲乙丙').rows.flat());
    expect(cells.filter((cell) => cell === '甲乙丙').length).toBeGreaterThan(200);
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text), text]))('%s stays text', async (_shown, text) => {
    const bytes = await bytesOf(filled(text));
    const sheets = sheetsOf(bytes);
    expect(sheets).toHaveLength(TABLES.length);
    // Strings as texts in their cells, numbers as numbers, nothing else.
    const cellsOf = (xml: string): string[] => xml.match(/<c [^>]*>.*?<\/c>/gs) ?? [];
    const words = /^<c [^>]*t="inlineStr"><is><t[^>]*>[^<]*<\/t><\/is><\/c>$/;
    const number = /^<c (?![^>]*\bt=)[^>]*><v>-?[\d.e+-]+<\/v><\/c>$/;
    const odd = sheets.flatMap(cellsOf).filter((cell) => !words.test(cell) && !number.test(cell));
    expect(odd).toEqual([]);
    const cells = (await readXlsxFile(bytes)).flatMap(({ data }) => data.slice(1).flat());
    expect(cells.filter((cell) => typeof cell === 'string' && LIKE_FORMULA.test(cell))).toEqual([]);
  });

  it('nor when LibreOffice has saved the sheet as CSV and opened that again', async () => {
    const columns = [{ head: '文字', width: 40 }];
    const texts = new Set(HOSTILE.flatMap((text) => filled(text).flatMap(({ rows }) => rows.flat())));
    const rows = [...texts].filter((cell) => typeof cell === 'string').map((cell) => [cell]);
    expect(rows.length).toBeGreaterThan(HOSTILE.length);
    const csv = converted(await bytesOf([{ name: '文字', columns, rows }]), 'xlsx', 'csv');
    const again = converted(csv.file, 'csv', 'xlsx');
    expect(csv.said + again.said).toBe('');
    const [xml = ''] = sheetsOf(again.file);
    expect(xml).toContain('<row');
    expect(xml).not.toMatch(/<f[ >]/);
  }, 120_000);

  it('nor in the workbook that a chart of a Word document carries', async () => {
    const drawn = { kind: 'bars', form: 'count', categories: HOSTILE } as const;
    const values = HOSTILE.map((_text, at) => at);
    const blocks = chart({ ...drawn, name: '=1+1', series: [{ name: '=1+1', values }] });
    const parts = unzipped(await wordDocument('图', blocks));
    const books = [...parts].filter(([path]) => path.endsWith('.xlsx'));
    expect(books.length).toBeGreaterThan(0);
    for (const [, bytes] of books) {
      expect(sheetsOf(bytes).join()).not.toMatch(/<f[ >]/);
      const cells = (await readXlsxFile(bytes)).flatMap(({ data }) => data.flat());
      expect(cells.filter((cell) => typeof cell === 'string' && LIKE_FORMULA.test(cell))).toEqual([]);
    }
  });
});
