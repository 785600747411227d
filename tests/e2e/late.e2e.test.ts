/** An inspector with two thousand running cases: what is late, why and whose move it is on one screen, urged together; every tap counted. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillTown } from '../support/many.ts';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';
import { pcWindow, SOON } from './steps.ts';

let browser: Browser;
let desk: Desk;
let page: Page;
beforeAll(async () => {
  browser = await launch();
  desk = await openDesk(browser, { workers: false, startAt: '2026-07-07T15:00:00+08:00' });
  expect(await fillTown(desk.town.app)).toBe(2_013);
  // Nothing but the urges is to move: what the timers of two thousand cases would tell is not looked at here.
  desk.town.app.late.worker.start();
  page = await pcWindow(desk, PHONE.inspector);
  await page.evaluate(() => {
    addEventListener('click', (event) => event.isTrusted && (taps.n += 1), true);
    const taps = { n: 0 };
    Object.assign(window, { taps });
  });
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
});

const taps = (): Promise<number> =>
  page.evaluate(() => (window as unknown as { taps: { n: number } }).taps.n);
const urged = async (): Promise<number> => {
  const { store } = desk.town.app;
  const rows = await store.read((db) =>
    db.selectFrom('event').select('case_id').where('action', '=', 'urge').execute(),
  );
  return rows.length;
};

describe('two thousand running cases in the window of a PC', () => {
  let name = '';
  let chosen = 0;

  it('one tap: how many are late, why, and whose move it is', async () => {
    await page.getByRole('link', { name: '督办' }).click();
    await page.getByRole('heading', { name: '164 件超期，其中 26 件不是单位的责任' }).waitFor();
    await page.getByText('在办 2,013 件').waitFor();
    for (const [reason, n] of [
      ['没有答复', 71],
      ['转办两次以上', 34],
      ['等改派', 15],
    ] as const) {
      await page.getByRole('button', { name: new RegExp(`^${reason} ?${n}`) }).waitFor();
    }
    const first = page.locator('tr.lg').first();
    name = (await first.getByRole('rowheader').innerText()).trim();
    expect(Number(await first.locator('.lg-late').innerText())).toBeGreaterThan(5);
    expect(await taps()).toBe(1);
  });

  it('four taps: its late cases are urged together', async () => {
    await page.getByRole('checkbox', { name: `选${name}` }).click();
    const bar = page.getByRole('region', { name: '已选的民情' });
    chosen = Number(/已选 (\d+) 件/.exec(await bar.innerText())?.[1]);
    expect(chosen).toBeGreaterThan(0);
    await bar.getByRole('button', { name: /^催办/ }).click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText(`给${name}`).waitFor();
    await sheet.getByRole('button', { name: `催办 ${chosen} 件` }).click();
    expect(await taps()).toBe(4);
    const done = page.getByRole('dialog', { name: '已催办' });
    await expect
      .poll(() => done.innerText(), SOON)
      .toMatch(new RegExp(`已催 ${chosen} 件，给.*${name}发了 1 条`));
    expect(await urged()).toBe(chosen);
    await page.keyboard.press('Escape');
    await done.waitFor({ state: 'hidden' });
  });

  it('one tap more tells of each case why, whose move it is, and that it was urged', async () => {
    const before = await taps();
    await page.getByRole('button', { name, exact: true }).click();
    const row = page.locator('tr.li').first();
    await expect.poll(() => row.innerText(), SOON).toMatch(/等\S+局(答复|签收)/);
    await expect.poll(() => row.innerText(), SOON).toMatch(/超 .*限 .*催/s);
    expect(await taps()).toBe(before + 1);
  });

  it('three taps urge whatever units have left, a notice each', async () => {
    const before = await taps();
    await page.getByRole('checkbox', { name: '全选：轮到单位办的' }).click();
    const bar = page.getByRole('region', { name: '已选的民情' });
    const all = Number(/已选 (\d+) 件/.exec(await bar.innerText())?.[1]);
    expect(all).toBeGreaterThan(100);
    await bar.getByRole('button', { name: /^催办/ }).click();
    await page
      .getByRole('dialog', { name: '催办' })
      .getByRole('button', { name: `催办 ${all} 件` })
      .click();
    await page
      .getByRole('dialog', { name: '已催办' })
      .getByText(new RegExp(`已催 ${all} 件，给 \\d+ 家各发了 1 条`))
      .waitFor();
    expect(await taps()).toBe(before + 3);
    expect(await urged()).toBe(chosen + all);
    expect(desk.problems).toEqual([]);
  });
});
