import type { MonitoringFacts } from '@minqing/shared/contract';
import type { Browser, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launch, openPhone, type Phone } from './phone.ts';

const FACTS: MonitoringFacts = {
  emas: {
    script: 'https://emas.example/wpkReporter.js',
    bid: 'minqing_zzdpro',
    signKey: 'key',
    gateway: 'https://emas.example',
  },
  aplus: {
    script: 'https://aplus.example/aplus_cloud.js',
    host: 'alog.example',
    appId: '2000001',
    appName: '民情一点通',
  },
};
/** What the platform's scripts leave in the page. */
interface Seen {
  aplus_queue?: { action: string; arguments: unknown[] }[];
  installed?: Record<string, string>;
  requestIdleCallback: unknown;
}

let browser: Browser;
let phone: Phone;
let foreign: string[];
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(() => phone.close());

/** A member's phone whose scripts of elsewhere are answered by `answer`; they are wanted at once, not when the page is idle. */
async function begin(monitoring: MonitoringFacts | undefined, answer: (route: Route) => Promise<unknown>) {
  phone = await openPhone(browser, { person: 'member', gov: true, ...(monitoring ? { monitoring } : {}) });
  foreign = [];
  await phone.context.addInitScript(() => {
    (window as unknown as Seen).requestIdleCallback = (begin: () => void) => setTimeout(begin, 0);
  });
  await phone.context.route(/https:\/\/(emas|aplus)\.example\//, (route) => {
    foreign.push(route.request().url());
    return answer(route);
  });
  await phone.page.goto(`${phone.served.url}/#/home`);
  await phone.page.locator('main').first().waitFor();
}

/** From the first screen to a case and back to another: what a person does, whatever becomes of the scripts. */
async function goAbout(): Promise<void> {
  const { page } = phone;
  await page.getByRole('link', { name: '民情', exact: true }).click();
  await page
    .getByRole('heading', { name: '我的民情' })
    .or(page.locator('.crow, .case-row, a[href*="case/"]'))
    .first()
    .waitFor();
  await page.goto(`${phone.served.url}/#/case/c-story`);
  await page.getByText('迎宾大道').first().waitFor();
}

const views = (): Promise<Record<string, string>[]> =>
  phone.page.evaluate(() =>
    ((window as unknown as Seen).aplus_queue ?? [])
      .filter((told) => told.action === 'aplus.sendPV')
      .map((told) => told.arguments[1] as Record<string, string>),
  );

describe('monitoring scripts', () => {
  it('that never answer hold nobody up; what is told names screens and nobody’s case', async () => {
    await begin(FACTS, () => new Promise(() => undefined));
    await goAbout();
    await expect
      .poll(async () => (await views()).map((view) => view['page_id']))
      .toEqual(['home', 'cases', 'case']);
    const told = await views();
    expect(told.at(-1)).toEqual({
      sapp_id: '2000001',
      sapp_name: '民情一点通',
      page_id: 'case',
      page_name: '民情详情',
      page_url: `${phone.served.url}/#/case/:caseId`,
    });
    const everything = await phone.page.evaluate(() =>
      JSON.stringify((window as unknown as Seen).aplus_queue),
    );
    expect(everything).not.toMatch(/c-story|p-lin|林|_user_id/);
    expect(foreign.sort()).toEqual([FACTS.aplus?.script, FACTS.emas?.script]);
    expect(phone.problems).toEqual([]);
  });

  it('that fail or throw change nothing', async () => {
    await begin(FACTS, (route) =>
      route.request().url().includes('emas')
        ? route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("theirs")' })
        : route.abort('connectionrefused'),
    );
    await goAbout();
    expect(phone.problems.filter((one) => !one.includes('theirs'))).toEqual([]);
  });

  it('are started with what they were issued with', async () => {
    await begin(FACTS, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: 'window.wpkReporter = function (s) { this.installAll = function () { window.installed = s; }; };',
      }),
    );
    await expect
      .poll(() => phone.page.evaluate(() => (window as unknown as Seen).installed))
      .toEqual({ bid: 'minqing_zzdpro', signkey: 'key', gateway: 'https://emas.example' });
    expect(phone.problems).toEqual([]);
  });

  it('are asked for nowhere unless they are configured', async () => {
    await begin(undefined, (route) => route.abort());
    await goAbout();
    expect(foreign).toEqual([]);
    expect(await phone.page.evaluate(() => (window as unknown as Seen).aplus_queue)).toBeUndefined();
    expect(phone.problems).toEqual([]);
  });
});
