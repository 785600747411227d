import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINIAPP } from '../e2e/desk.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTables, number, type Tables } from './tables.ts';
import { openWorld, type World } from './world.ts';

const TITLES = ['断网写的一', '断网写的二', '断网写的三'];
/** Lives that end at their n-th COMMIT: some end between the COMMIT of a report and its answer. */
const DEATHS = [1, 2, 3, 4, 5, 6, 7, 8];

async function photo(name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const buffer = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#456', noise } })
    .jpeg()
    .toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}

describe('three reports written off line, and a server that dies while they are sent', () => {
  let database: TestDatabase;
  let world: World;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    database = await STORES[1]!.create();
    world = await openWorld({ databaseUrl: database.databaseUrl });
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    await world.control('POST', '/phones/1', { personId: 'lin-shufen' });
    page = await browser.newPage({ viewport: { width: 375, height: 812 } });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
    await database?.drop();
  });

  it('become exactly three cases with whole photos', async () => {
    const server = await world.start({ MINIAPP_DIR: MINIAPP });
    await page.goto(`http://p1.minqing.localhost:${new URL(world.messengerUrl).port}/#/home`);
    await page.getByRole('button', { name: /提交民情/ }).click();
    await page.getByRole('textbox', { name: '标题' }).waitFor();
    await page.goBack();
    await page.context().setOffline(true);
    for (const title of TITLES) {
      await page.getByRole('button', { name: /提交民情/ }).click();
      await page.getByRole('textbox', { name: '标题' }).fill(title);
      await page.getByRole('textbox', { name: '情况' }).fill('早上排队很长，影响上班的人。');
      await page.getByRole('textbox', { name: '地点' }).fill('迎宾大道与环城南路交叉口');
      await page.locator('input[type=file]').setInputFiles([await photo(`${title}.jpg`)]);
      await page.getByRole('button', { name: '提交民情' }).click();
      await page.getByRole('heading', { name: title }).waitFor();
    }
    await server.stop();
    const tables = await openTables(database.databaseUrl);
    expect(await cases(tables)).toBe(0);

    await page.context().setOffline(false);
    let diedAfterCommit = 0;
    for (const death of DEATHS) {
      const before = await cases(tables);
      const life = await world.start({ MINIAPP_DIR: MINIAPP, MINQING_KILL_AT: `after-commit:${death}` });
      await retryUntil(page, () => life.isGone());
      await life.kill();
      diedAfterCommit += (await cases(tables)) > before ? 1 : 0;
      await world.letLeasesLapse();
    }
    expect(diedAfterCommit, 'no life ended right after a report was kept').toBeGreaterThan(0);

    const last = await world.start({ MINIAPP_DIR: MINIAPP });
    await retryUntil(
      page,
      async () =>
        (await page.getByText('还没提交上去').count()) === 0 && (await whole(tables)) === TITLES.length,
    );
    expect(await titles(tables)).toEqual([...TITLES].sort());
    expect(
      number((await tables.all("SELECT COUNT(*) AS n FROM event WHERE action = 'submit'"))[0]?.['n']),
    ).toBe(3);
    await tables.close();
    await last.stop();
  });
});

const cases = async (tables: Tables): Promise<number> =>
  number((await tables.all('SELECT COUNT(*) AS n FROM cases'))[0]?.['n']);
const titles = async (tables: Tables): Promise<string[]> =>
  (await tables.all('SELECT title FROM cases')).map((row) => String(row['title'])).sort();
/** Photos that a case names, whose every byte has come and been drawn anew. */
const whole = async (tables: Tables): Promise<number> =>
  number(
    (
      await tables.all(
        "SELECT COUNT(*) AS n FROM case_file cf JOIN file f ON f.id = cf.file_id WHERE f.state = 'ready' AND f.received = f.bytes AND f.thumb_key IS NOT NULL",
      )
    )[0]?.['n'],
  );

/** Presses 再试 whenever it is offered, as somebody would who wants it sent; gives up after a while. */
async function retryUntil(page: Page, done: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await done()) && Date.now() < end) {
    const again = page.getByRole('button', { name: '再试' }).first();
    if (await again.isVisible().catch(() => false)) {
      await again.click({ timeout: 1_000 }).catch(() => undefined);
    }
    await page.waitForTimeout(300);
  }
}
