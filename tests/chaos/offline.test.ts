import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { WHO } from '../support/town.ts';
import { openTables, text } from './tables.ts';
import { openWorld, type World } from './world.ts';

const MINIAPP = fileURLToPath(new URL('../../miniapp/dist', import.meta.url));
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const TITLES = ['北门路灯不亮', '双溪西路有坑', '公交站没有顶棚'];
const PHOTOS = 2;
const [WIDTH, HEIGHT] = [1_200, 900];

/** Noise does not compress: a photo of several chunks. */
async function photo(name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const pixels = randomBytes(WIDTH * HEIGHT * 3);
  const buffer = await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}

async function write(page: Page, title: string): Promise<void> {
  await page
    .getByRole('button', { name: /提交民情/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: '标题' }).fill(title);
  await page.getByRole('textbox', { name: '情况' }).fill('来往的人很多，晚上看不清路。');
  await page.getByRole('textbox', { name: '地点' }).fill('古子城北门');
  await page
    .locator('input[type=file]')
    .setInputFiles(await Promise.all(Array.from({ length: PHOTOS }, (_, n) => photo(`照片${n + 1}.jpg`))));
  await page.getByRole('button', { name: '提交民情' }).click();
  await page.getByText('已存在手机里，联网后自动提交').first().waitFor();
  await page.getByText(title).first().waitFor();
}

describe('reports written where there is no network', () => {
  let browser: Browser | undefined;
  let database: TestDatabase | undefined;
  let world: World | undefined;
  afterEach(async () => {
    await browser?.close();
    await world?.close();
    await database?.drop();
  });

  it('become one case each, with their whole photos, though the server dies between COMMIT and answer each time', async () => {
    database = await STORES.find((store) => store.name === 'sqlite')!.create();
    world = await openWorld({ databaseUrl: database.databaseUrl });
    await world.control('POST', '/phones/1', { personId: WHO.member });
    const environment = { MINIAPP_DIR: MINIAPP };
    let life = await world.start(environment);
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ARGS,
    });
    const context = await browser.newContext({ viewport: { width: 375, height: 724 } });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(`http://p1.minqing.localhost:${world.messengerPort}/`);
    // Once seen, the form is on the phone.
    await page
      .getByRole('button', { name: /提交民情/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: '标题' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.goBack();

    await context.setOffline(true);
    for (const title of TITLES) {
      await write(page, title);
    }
    await life.kill();

    // The first submission of each life is the one the life before did not live to answer.
    for (const time of [1, 2, 2]) {
      life = await world.start({ ...environment, MINQING_KILL_AT: `act-kept:${time}` });
      await context.setOffline(false);
      await life.gone;
      await context.setOffline(true);
    }
    await world.letLeasesLapse();
    life = await world.start(environment);
    await context.setOffline(false);

    const tables = await openTables(database.databaseUrl);
    const ready = async (): Promise<number> =>
      Number((await tables.all("SELECT COUNT(*) AS n FROM file WHERE state = 'ready'"))[0]?.['n']);
    await expect.poll(ready, { timeout: 90_000, interval: 250 }).toBe(TITLES.length * PHOTOS);
    await expect.poll(() => page.getByText('还没提交上去').count(), { timeout: 30_000 }).toBe(0);

    const cases = await tables.all('SELECT id, title FROM cases ORDER BY title');
    expect(cases.map((row) => text(row['title']))).toEqual(TITLES.toSorted());
    const events = await tables.all(
      'SELECT case_id, action, COUNT(*) AS n FROM event GROUP BY case_id, action',
    );
    expect(events.map((row) => `${text(row['action'])} ${text(row['n'])}`)).toEqual([
      'submit 1',
      'submit 1',
      'submit 1',
    ]);
    const token = await world.signOn(WHO.member);
    for (const row of cases) {
      const files = await tables.all(`SELECT file_id FROM case_file WHERE case_id = '${text(row['id'])}'`);
      expect(files).toHaveLength(PHOTOS);
      for (const file of files) {
        const answer = await fetch(`${world.url}/api/files/${text(file['file_id'])}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
        expect([width, height]).toEqual([WIDTH, HEIGHT]);
      }
    }
    await tables.close();
    expect(await life.stop()).toBe(0);
  });
});
