/** The whole product in a browser: a town with the built mini-app, seen through the desk's phones. */
import { fileURLToPath } from 'node:url';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core';
import sharp from 'sharp';
import { openTown, type Town, type TownOptions } from '../support/town.ts';

export const MINIAPP = fileURLToPath(new URL('../../miniapp/dist', import.meta.url));
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The desk asks for the next deadline; a town that tells none answers 404, which browsers print by themselves. */
const EXPECTED = /control\/deadline/;

/** A town whose mini-app can be seen, and which many pages ask at once. */
export const SHOWN: TownOptions = { miniappDir: MINIAPP, messenger: { callsPerSecond: 600 } };

/** What the desk gives into which hand: member, reviewer, dispatcher, handler, inspector. */
export const PHONE = { member: 1, reviewer: 2, dispatcher: 3, handler: 4, inspector: 5 } as const;

export interface Desk {
  town: Town;
  context: BrowserContext;
  page: Page;
  /** What any page complained of; empty after a good test. */
  problems: string[];
  phone(n: number): Locator;
  /** The mini-app in the phone's web view. */
  web(n: number): FrameLocator;
  /** One of the messenger's tabs: 消息, 待办, 工作台. */
  tab(n: number, name: string): Promise<void>;
  /** Opens the mini-app from the phone's 工作台. */
  openApp(n: number): Promise<FrameLocator>;
  /** The newest card of the phone whose words match, shown in its chat. */
  card(n: number, words: string | RegExp): Promise<Locator>;
  /** Buttons of the phone's cards that could still act. */
  live(n: number): Locator;
  close(): Promise<void>;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ARGS });
}

/**
 * Opens the town and its desk. Watches every page of the context, the mini-app's frames included.
 * @param options.before runs in each page before its own scripts
 */
export async function openDesk(
  browser: Browser,
  { before, ...options }: TownOptions & { before?: () => void } = {},
): Promise<Desk> {
  return openDeskOf(browser, await openTown({ ...SHOWN, ...options }), before);
}

/** Opens the desk of a town that is there; `before` as above. */
export async function openDeskOf(browser: Browser, town: Town, before?: () => void): Promise<Desk> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'America/New_York',
  });
  context.setDefaultTimeout(10_000);
  if (before) {
    await context.addInitScript(before);
  }
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.location().url)) {
      problems.push(`${message.text()} ${message.location().url}`);
    }
  });
  const page = await context.newPage();
  await page.goto(town.messenger.deskUrl);
  const phone = (n: number): Locator => page.locator(`#phone-${n}`);
  const web = (n: number): FrameLocator => phone(n).frameLocator('iframe');
  const tab = (n: number, name: string): Promise<void> =>
    phone(n).getByRole('navigation').getByRole('button', { name }).click();
  await phone(1).waitFor();
  return {
    town,
    context,
    page,
    problems,
    phone,
    web,
    tab,
    async openApp(n) {
      await tab(n, '工作台');
      await phone(n).getByRole('button', { name: '民情一点通', exact: true }).click();
      return web(n);
    },
    async card(n, words) {
      await tab(n, '消息');
      const found = phone(n).locator('[data-track]').filter({ hasText: words }).last();
      await found.waitFor();
      return found;
    },
    live: (n) => phone(n).locator('[data-track] [data-action]:enabled, [data-track] [role=radio]:enabled'),
    async close() {
      await context.close();
      await town.stop();
    },
  };
}

/** A photo as a phone takes it. */
export async function photo(name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const sky = { create: { width: 1600, height: 1200, channels: 3, background: '#7da7d9' } } as const;
  const road = await sharp({ create: { width: 1600, height: 500, channels: 3, background: '#4a4a50' } })
    .png()
    .toBuffer();
  const buffer = await sharp(sky)
    .composite([{ input: road, top: 700, left: 0 }])
    .jpeg()
    .toBuffer();
  return { name, mimeType: 'image/jpeg', buffer };
}

/** Puts a photo in through the page's own file dialog. */
export async function choosePhoto(page: Page, opener: Locator, name: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await opener.click();
  await (await chooser).setFiles(await photo(name));
}

/** The width of the picture as it came; 0 while it has not. Pictures load when they come into sight. */
export async function drawn(image: Locator): Promise<number> {
  await image.scrollIntoViewIfNeeded();
  return image.evaluate((element) => (element as HTMLImageElement).naturalWidth);
}
