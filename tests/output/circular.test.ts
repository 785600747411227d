import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  figuresQuery,
  statisticsFilter,
  statisticsSettingsChange,
  type FiguresView,
} from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { circular } from '../../server/src/output/circular.ts';
import { rankingSentence } from '../../server/src/output/circular.words.ts';
import { chart, wordDocument } from '../../server/src/output/word.ts';
import { digestOf } from '../../server/src/store/index.ts';
import { histories } from '../support/histories.ts';
import { openOffice, type Office } from '../support/office.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { converted, pagesOf, unzipped } from './files.ts';

const BEGAN = Date.parse('2026-03-02T08:41:00+08:00');
const NOW = Date.parse('2026-07-03T10:00:00+08:00');
const LEAST = 4;

/** Pixels of about this colour, row by row. */
async function pixelsLike(png: Buffer, [r, g, b]: [number, number, number]): Promise<number[]> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const near = (at: number, want: number): boolean => Math.abs((data[at] ?? 0) - want) < 24;
  return Array.from({ length: info.height }, (_, y) => {
    let found = 0;
    for (let x = 0; x < info.width; x += 1) {
      const at = (y * info.width + x) * 3;
      found += near(at, r) && near(at + 1, g) && near(at + 2, b) ? 1 : 0;
    }
    return found;
  });
}
const sum = (rows: number[]): number => rows.reduce((all, n) => all + n, 0);
const BLUE: [number, number, number] = [0x1f, 0x5f, 0xe0];
const RED: [number, number, number] = [0xc8, 0x10, 0x2e];

/** The text of a Word document, a line for each paragraph. */
const linesOf = (bytes: Buffer): string[] =>
  (unzipped(bytes).get('word/document.xml')?.toString('utf8') ?? '')
    .split('</w:p>')
    .map((part) =>
      [...part.matchAll(/<w:t[ >][^<]*<\/w:t>|<w:t>[^<]*<\/w:t>/g)]
        .map(([t]) => t.replace(/<[^>]+>/g, ''))
        .join(''),
    );

describe.each(STORES.slice(0, 1))('通报, on $name', (store) => {
  let database: TestDatabase;
  let office: Office;
  let leader: Actor;
  let desk = '';
  let year: Buffer;

  const figures = (more: object): Promise<FiguresView> =>
    office.app.statistics.figures(leader, figuresQuery.parse({ desk, period: 'year', ...more }));
  const made = (viewer: Actor, filter: object): Promise<{ bytes: Buffer; title: string }> =>
    circular(
      { statistics: office.app.statistics, directory: office.app.directory, now: NOW },
      viewer,
      statisticsFilter.parse(filter),
    );

  beforeAll(async () => {
    database = await store.create();
    office = await openOffice(database.databaseUrl);
    office.clock.business = BEGAN;
    await histories(office, 11, NOW).live(900);
    office.clock.business = NOW;
    await office.follow();
    const areaId = office.area('金华市');
    const admin: Actor = {
      kind: 'person',
      personId: 'admin',
      grants: [{ role: 'admin', unitId: null, areaId }],
    };
    const { seen } = await office.app.statistics.admin.settings(admin, areaId);
    await office.app.statistics.admin.save(
      admin,
      statisticsSettingsChange.parse({
        areaId,
        seen,
        liveFrom: null,
        leastRanked: LEAST,
        points: null,
        monthly: null,
      }),
      { principal: 'admin', key: 'ranking', digest: digestOf({}) },
    );
    leader = office.holder('leader', '金华市');
    desk = `leader:${areaId}`;
    year = (await made(leader, { desk, period: 'year' })).bytes;
  }, 120_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('says in sentences what the figures say', async () => {
    const { figures: told } = await figures({});
    const of = (id: string): string => told.find((figure) => figure.id === id)?.text ?? '';
    const lines = linesOf(year);
    expect(lines[0]).toBe('民情办理情况通报');
    expect(lines.find((line) => line.includes('上报民情'))).toContain(
      `上报民情 ${of('reported')} 件，受理 ${of('accepted')} 件，交办 ${of('dispatched')} 件，答复 ${of('replied')} 件，办结 ${of('closed')} 件。办结率 ${of('closeRate')}`,
    );
    expect(lines).toContain('金华市政协');
    expect(lines).toContain('2026年7月3日');
  });

  it('ranks those with enough and names nobody below', async () => {
    const { groups, unrankedText } = await figures({ split: 'unit', rankBy: 'onTimeRate' });
    const lines = linesOf(year);
    const from = lines.findIndex((line) => line.endsWith('承办单位按期率排名'));
    const end = lines.findIndex((line, at) => at > from && /^表 \d/.test(line));
    const table = lines.slice(from, end);
    const ranked = groups.filter(({ rank }) => rank !== null).map(({ name }) => name);
    const below = groups.filter(({ rank }) => rank === null).map(({ name }) => name);
    expect(ranked.length).toBeGreaterThan(1);
    expect(below.length).toBeGreaterThan(0);
    expect(table).toEqual(expect.arrayContaining([...ranked, `${unrankedText}。`]));
    expect(table.filter((line) => below.includes(line))).toEqual([]);
    expect(lines.join('')).toContain(rankingSentence(await figures({ split: 'unit', rankBy: 'onTimeRate' })));
  });

  it('draws the trend of the year and the ranking with the numbers of the figures', async () => {
    const trend = await figures({ split: 'month' });
    const charts = [...unzipped(year)].filter(([path]) => /^word\/charts\/chart\d+\.xml$/.test(path));
    expect(charts).toHaveLength(3);
    const all = charts.map(([, xml]) => xml.toString('utf8'));
    const values = trend.groups.map((group) => group.figures.find(({ id }) => id === 'reported')?.part ?? 0);
    const drawn = all.find((xml) => xml.includes('上报')) ?? '';
    const first = /<c:val>.*?<\/c:val>/s.exec(drawn)?.[0] ?? '';
    expect([...first.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, v]) => Number(v))).toEqual(values);
  });

  it('a unit gets its own, without areas and ranking; a month of nothing is still a document', async () => {
    const police = office.holder('handler', '市公安局交警支队');
    const own = await made(police, { desk: `handler:${office.unit('市公安局交警支队')}`, period: 'year' });
    const text = linesOf(own.bytes).join('\n');
    expect(own.title).toMatch(/^市公安局交警支队民情办理情况通报-/);
    expect(text).not.toMatch(/排名|婺城区/);
    const before = await made(leader, { desk, period: 'month', within: '2024-02-10' });
    expect(before.title).toMatch(/-2024年2月$/);
    expect(linesOf(before.bytes).join('')).toContain(`各单位本期到期应复的都不足 ${LEAST} 件，不排名`);
  });

  it('LibreOffice opens it without a word and shows its red head', async () => {
    const { file, said } = converted(year, 'docx', 'pdf');
    expect(said).toBe('');
    const [first, ...rest] = pagesOf(file) as [Buffer, ...Buffer[]];
    const red = await pixelsLike(first, RED);
    expect(sum(red.slice(0, red.length / 3))).toBeGreaterThan(500);
    expect(sum(red.slice(red.length / 3))).toBe(0);
    const blue = await Promise.all([first, ...rest].map((page) => pixelsLike(page, BLUE)));
    expect(blue.filter((page) => sum(page) > 300).length).toBeGreaterThan(1);
  }, 120_000);

  it('LibreOffice draws the bars as long as what they stand for', async () => {
    const bytes = await wordDocument(
      '图',
      chart({
        name: '按期率',
        kind: 'bars',
        form: 'rate',
        categories: ['甲', '乙'],
        series: [{ name: '按期率', values: [1, 0.5] }],
      }),
    );
    const { file, said } = converted(bytes, 'docx', 'pdf');
    expect(said).toBe('');
    const [page] = pagesOf(file) as [Buffer];
    const rows = (await pixelsLike(page, BLUE)).filter((n) => n > 40);
    const longest = Math.max(...rows);
    const upper = rows.slice(0, rows.length / 3);
    const lower = rows.slice((rows.length * 2) / 3);
    expect(Math.min(...upper)).toBeGreaterThan(longest * 0.9);
    expect(Math.max(...lower) / longest).toBeCloseTo(0.5, 1);
  }, 120_000);
});
