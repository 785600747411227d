import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { startMockMessenger, type MockMessenger } from './mock-messenger.ts';

/** What the page does after an answer or an event is waited for this long. */
export const SOON = { timeout: 5000 };

/** The desk, opened anew for every test, in a browser whose own zone is far from China's. */
export interface Desk {
  messenger: MockMessenger;
  context: BrowserContext;
  page: Page;
  /** Console errors a test expects; any other fails it. */
  expected: RegExp[];
  phone: (n: number) => Locator;
  /** One of the messenger's own tabs on a phone. */
  tab: (n: number, name: string) => Locator;
}

/** Whether it comes into view; waits for it. */
export async function shown(locator: Locator): Promise<boolean> {
  await locator.waitFor();
  return true;
}

/** Opens Chromium with what this machine allows and no traffic of its own. */
export function openBrowser(): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args });
}

/** Registers the hooks that open and close it; its parts are there once a test runs. */
export function useDesk(): Desk {
  const phone = (n: number): Locator => desk.page.locator(`#phone-${n}`);
  const tab = (n: number, name: string): Locator =>
    phone(n).getByRole('navigation', { name: '信使' }).getByRole('button', { name });
  const desk = { expected: [], phone, tab } as unknown as Desk;
  let browser: Browser;
  let problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    desk.messenger = await startMockMessenger();
    desk.context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      timezoneId: 'America/New_York',
    });
    desk.page = await desk.context.newPage();
    // A 404 of the deadline is part of the contract; the browser reports it whatever the page does.
    desk.expected = [/control\/deadline/];
    problems = [];
    desk.page.on('pageerror', (error) => problems.push(error.message));
    desk.page.on('console', (message) => {
      if (message.type() === 'error') {
        problems.push(`${message.text()} ${message.location().url}`);
      }
    });
    await desk.page.goto(desk.messenger.deskUrl);
    await phone(1).getByText('点几颗星').waitFor();
  });

  afterEach(async () => {
    await desk.context.close();
    await desk.messenger.stop();
    const unexpected = problems.filter((problem) => !desk.expected.some((known) => known.test(problem)));
    if (unexpected.length > 0) {
      throw new Error(`the page reported: ${unexpected.join('\n')}`);
    }
  });
  return desk;
}
