/** How pages look, measured: one window a size, in which a list of screens is opened one after another. */
import type { Browser, Page } from 'playwright-core';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { openPhone, type Phone, type PhoneOptions } from './phone.ts';

export interface Screen {
  name: string;
  hash: string;
  /** A key of the mock's people; who `options` name when it is left out. */
  person?: string;
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

/** A window so wide is used with a mouse, which is finer than a finger. */
const FINGERS_BELOW = 900;

/** What is wrong on each screen, by its name; nothing on good ones. One phone a person, in which their screens follow one another. */
export async function faultsOf(
  browser: Browser,
  options: PhoneOptions,
  screens: readonly Screen[],
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [person, own] of Map.groupBy(screens, (screen) => screen.person ?? options.person)) {
    const phone = await openPhone(browser, { ...options, ...(person === undefined ? {} : { person }) });
    try {
      for (const screen of own) {
        const faults = await faultsOn(phone, screen, (options.width ?? 0) < FINGERS_BELOW);
        if (faults.length > 0) {
          found[screen.name] = faults;
        }
      }
    } finally {
      await phone.close();
    }
  }
  return found;
}

async function faultsOn(phone: Phone, { hash, then }: Screen, fingers: boolean): Promise<string[]> {
  // From elsewhere each time: what another screen left open is gone.
  await phone.open('/me');
  await phone.open(hash);
  const { page } = phone;
  await then?.(page, phone);
  await still(page);
  return [
    ...(await overflows(page)),
    ...(await truncations(page)).map((fault) => `cut: ${fault}`),
    ...(fingers ? await smallTargets(page) : []).map((fault) => `small: ${fault}`),
    ...(await violations(page)),
    ...phone.problems.splice(0),
  ];
}

/** Until nothing moves any more. */
async function still(page: Page): Promise<void> {
  // What begins to move does so with the next frame.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
}
