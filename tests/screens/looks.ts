/** How pages look, measured: one window a size, in which a list of screens is opened one after another. */
import type { Browser, Page } from 'playwright-core';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { openPhone, type Phone, type PhoneOptions } from './phone.ts';

export interface Screen {
  name: string;
  hash: string;
  /** Brings the screen to the state that is looked at. */
  then?: (page: Page, phone: Phone) => Promise<unknown>;
}

/** A phone's own size in large text and in ordinary, and a PC's; each colour scheme and text size at least once on either. */
export const SIZES: readonly { name: string; options: PhoneOptions }[] = [
  { name: '320 large', options: { width: 320, height: 568, large: true } },
  { name: '375 dark', options: { width: 375, height: 812, dark: true } },
  { name: '1000 large', options: { width: 1000, height: 800, large: true } },
  { name: '1440 light', options: { width: 1440, height: 900 } },
];

/** What is wrong on each screen, by its name; nothing on good ones. */
export async function faultsOf(
  browser: Browser,
  options: PhoneOptions,
  screens: readonly Screen[],
): Promise<Record<string, string[]>> {
  const phone = await openPhone(browser, options);
  const found: Record<string, string[]> = {};
  try {
    for (const { name, hash, then } of screens) {
      // From elsewhere each time: what another screen left open is gone.
      await phone.open('/me');
      await phone.open(hash);
      await then?.(phone.page, phone);
      const { page } = phone;
      // What begins to move does so with the next frame.
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            requestAnimationFrame(() => requestAnimationFrame(resolve));
          }),
      );
      await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
      const faults = [
        ...(await overflows(page)),
        ...(await truncations(page)).map((fault) => `cut: ${fault}`),
        // A mouse is finer than a finger.
        ...((options.width ?? 0) < 900 ? await smallTargets(page) : []).map((fault) => `small: ${fault}`),
        ...(await violations(page)),
        ...phone.problems.splice(0),
      ];
      if (faults.length > 0) {
        found[name] = faults;
      }
    }
  } finally {
    await phone.close();
  }
  return found;
}
