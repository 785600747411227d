import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asOldViewsReadIt, takeAwayWhatCameLater, type OldPage } from '../support/old-view.ts';
import { WHO } from '../support/town.ts';
import { launch, MINIAPP, openDesk, type Desk } from './desk.ts';
import { accept, allIsDone, dispatch, rate, report, signAndReply } from './gov-steps.ts';

let browser: Browser;
let desk: Desk;
let old: OldPage;
/** What the phones asked for under assets/. */
const asked = new Set<string>();
beforeAll(async () => {
  browser = await launch();
  old = asOldViewsReadIt(MINIAPP);
  desk = await openDesk(browser, {
    gov: 'everyone',
    messenger: { callsPerSecond: 10_000 },
    miniappDir: old.dist,
    before: takeAwayWhatCameLater,
  });
  desk.context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/assets/') && pathname.endsWith('.js')) {
      asked.add(pathname);
    }
  });
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
  old?.remove();
});

describe('the reference story in web views that know no module scripts', () => {
  it('is reported', () => report(desk));
  it('is accepted', () => accept(desk));
  it('is dispatched', () => dispatch(desk));
  it('is signed for and answered', () => signAndReply(desk));
  it('is given five stars', () => rate(desk));

  it('ends with nothing to do and no complaint, of script or of the page’s policy', async () => {
    await allIsDone(desk);
    expect(asked.size).toBeGreaterThan(10);
    expect([...asked].filter((path) => !path.includes('-legacy-'))).toEqual([]);
  });

  it('opens in the Windows client’s window as well', async () => {
    await desk.town.control('POST', '/phones/pc7', { personId: WHO.dispatcher });
    const page = await desk.context.newPage();
    await page.goto(`http://pc7.minqing.localhost:${desk.town.messenger.port}/`);
    await page.getByText('三服务办').first().waitFor();
    await page.close();
    expect(desk.problems).toEqual([]);
  });
});
