/**
 * Questions people ask, answered by the screens within three taps of the home page, on a phone and on a PC. The answers
 * are worked out here from what was played, and read from the screen's own words.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice } from '../support/office.ts';
import { ASKED_AT, MATTERS, playSeasons, SEASONS, type Told, workingDayOn } from '../support/seasons.ts';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';
import { atHome, pcWindow, SOON } from './steps.ts';

const LEAST_RANKED = 3;
const folder = mkdtempSync(join(tmpdir(), 'minqing-questions-'));
let browser: Browser;
let desk: Desk;
let taps = 0;

beforeAll(async () => {
  browser = await launch();
  const databaseUrl = `sqlite:${join(folder, 'minqing.sqlite')}`;
  const office = await openOffice(databaseUrl);
  await playSeasons(office);
  await office.app.store.transact((tx) =>
    tx
      .insertInto('setting')
      .values({
        name: `statistics:area:${office.area('金华市')}`,
        value_json: JSON.stringify({ leastRanked: LEAST_RANKED }),
      })
      .execute(),
  );
  await office.close();
  desk = await openDesk(browser, {
    databaseUrl,
    workers: false,
    startAt: ASKED_AT,
    before: () =>
      addEventListener(
        'click',
        (event) => event.isTrusted && (window as unknown as { tapped(): void }).tapped(),
        true,
      ),
  });
  await desk.context.exposeFunction('tapped', () => {
    taps += 1;
  });
  await desk.page.reload();
  await desk.phone(1).waitFor();
}, 180_000);
afterAll(async () => {
  await desk?.close();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The home page of whoever holds the phone: in the phone itself, or in the window of a PC; taps count from here. */
async function home(on: 'phone' | 'PC', n: number): Promise<FrameLocator | Page> {
  if (on === 'PC') {
    const page = await pcWindow(desk, n);
    taps = 0;
    return page;
  }
  await desk.page.bringToFront();
  const app = await desk.openApp(n);
  await atHome(app);
  taps = 0;
  return app;
}

const press = (app: FrameLocator | Page, role: 'button' | 'link', name: string | RegExp): Promise<void> =>
  app.getByRole(role, { name }).first().click();

const inMonth =
  (month: string) =>
  (one: Told): boolean =>
    one.filedOn.startsWith(month);
const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const reads = async (what: Locator, words: RegExp): Promise<void> => {
  await expect.poll(async () => (await what.allInnerTexts()).join('\n'), SOON).toMatch(words);
};

/** Worked out from the list alone. */
const answers = {
  slowest(): { unit: string; hours: number } {
    const summer = SEASONS.filter(inMonth('2026-07'));
    const units = [...new Set(summer.map((one) => one.unit))].flatMap((unit) => {
      const days = summer.filter((one) => one.unit === unit).flatMap((one) => one.answeredAfter ?? []);
      return days.length >= LEAST_RANKED ? [{ unit, hours: mean(days) * 7 }] : [];
    });
    return units.toSorted((a, b) => b.hours - a.hours)[0] ?? { unit: '', hours: 0 };
  },
  fallen(): string[] {
    const rate = (area: string, month: string): number =>
      mean(
        SEASONS.filter(inMonth(month))
          .filter((one) => one.area === area && one.stars !== undefined)
          .map((one) => ((one.stars ?? 0) >= 3 ? 1 : 0)),
      );
    const areas = [...new Set(SEASONS.map((one) => one.area))];
    return areas.filter((area) => rate(area, '2026-07') < rate(area, '2026-04'));
  },
  /** 市公安局交警支队's that are open three working days after the dispatch. */
  late(): number {
    return SEASONS.filter(
      (one) =>
        one.unit === '市公安局交警支队' &&
        one.answeredAfter === undefined &&
        Date.parse(`${workingDayOn(one.filedOn, 3)}T17:00:00+08:00`) < Date.parse(ASKED_AT),
    ).length;
  },
  matter(): { word: string; count: number } {
    const words = [...Object.values(MATTERS), '路灯', '窨井盖', '医保', '人行道'];
    const counts = words.map((word) => ({
      word,
      count: SEASONS.filter(inMonth('2026-07')).filter((one) => one.title.includes(word)).length,
    }));
    return counts.toSorted((a, b) => b.count - a.count)[0] ?? { word: '', count: 0 };
  },
};

describe.each(['phone', 'PC'] as const)('from the home page, on a %s', (on) => {
  const figures = on === 'PC' ? '驾驶舱' : '统计';

  it('which department is slowest this quarter', async () => {
    const { unit, hours } = answers.slowest();
    expect(unit).toBe('市教育局');
    const app = await home(on, PHONE.inspector);
    await press(app, 'link', figures);
    await press(app, 'button', '本季度');
    await app.getByRole('row', { name: new RegExp(`^1\\s*${unit}.*${hours.toFixed(1)} 小时`) }).waitFor();
    expect(taps).toBe(2);
  });

  it('how many of my cases are late', async () => {
    const late = answers.late();
    expect(late).toBe(3);
    const app = await home(on, PHONE.handler);
    await reads(
      app.getByRole('navigation').or(app.locator('main')),
      new RegExp(`已超期\\s*${late}\\b|\\b${late}\\s*已超期`),
    );
    expect(taps).toBe(0);
  });

  it('which county’s satisfaction fell', async () => {
    const fallen = answers.fallen();
    expect(fallen).toEqual(['婺城区']);
    const app = await home(on, PHONE.inspector);
    await press(app, 'link', figures);
    await press(app, 'button', '本季度');
    await press(app, 'button', '满意率');
    await app.getByText(`满意率下降：${fallen.join('、')}`, { exact: true }).waitFor();
    await app.getByRole('row', { name: /^婺城区.*比上季度同期低 33\.3 个百分点.*66\.7%/ }).waitFor();
    expect(taps).toBe(3);
  });

  it('what came up most this month', async () => {
    const { word, count } = answers.matter();
    expect(word).toBe(MATTERS.summer);
    const app = await home(on, PHONE.inspector);
    await press(app, 'link', figures);
    await press(app, 'button', '本月');
    await expect
      .poll(
        () => app.getByRole('table').filter({ hasText: '说得最多的' }).getByRole('row').nth(1).innerText(),
        SOON,
      )
      .toMatch(new RegExp(`^${word}\\s.*\\s${count}$`, 's'));
    expect(taps).toBe(2);
  });
});

it('how many of the cases I reported are late, a member asks on the phone', async () => {
  // The city's are all by the member who holds the phone; what was answered is late with nobody.
  const app = await home('phone', PHONE.member);
  await app.getByText(`现有 ${answers.late()} 件超期`).waitFor();
  expect(taps).toBe(0);
});

it('no page complained', () => {
  expect(desk.problems).toEqual([]);
});
