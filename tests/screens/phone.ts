import { join } from 'node:path';
import type { MonitoringFacts } from '@minqing/shared/contract';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import {
  containerScript,
  DINGTALK_UA,
  GOV_UA,
  govContainerScript,
  serveMock,
  type MockServer,
} from '../../miniapp/tests/mock-api/serve.ts';

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Milliseconds without a request after which a page has all it asked for. */
const QUIET = 120;
export const DIST = join(import.meta.dirname, '../../miniapp/dist');

/** Starts the browser the screen tests share. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ARGS });
}

export interface PhoneOptions {
  /** A key of the mock's people; null is a browser outside every messenger. */
  person?: string | null;
  width?: number;
  height?: number;
  /** 浙政钉 instead of DingTalk. */
  gov?: boolean;
  dark?: boolean;
  large?: boolean;
  /** What config.json says of monitoring scripts. */
  monitoring?: MonitoringFacts;
  /** Another folder than the build's. */
  dist?: string;
}

export interface Phone {
  page: Page;
  context: BrowserContext;
  served: MockServer;
  /** What the page complained of: errors nobody caught, refused scripts, console errors. */
  problems: string[];
  /** Opens an address of the app, such as `/case/c-story`, and waits until it is quiet. */
  open(hash: string): Promise<void>;
  close(): Promise<void>;
}

/** The built mini-app in a phone's web view with the mock API behind it. */
export async function openPhone(browser: Browser, options: PhoneOptions = {}): Promise<Phone> {
  const {
    person = 'member',
    width = 375,
    height = 724,
    dark = false,
    large = false,
    gov = false,
    dist = DIST,
    monitoring,
  } = options;
  const served = await serveMock(dist, undefined, 0, monitoring);
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: 2,
    hasTouch: width < 900,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    ...(person === null ? {} : { userAgent: gov ? GOV_UA : DINGTALK_UA }),
  });
  if (person !== null) {
    await context.addInitScript(gov ? govContainerScript(person) : containerScript(person));
    const me = served.mock.world.people[person];
    if (me && large) {
      me.settings = { ...me.settings, text: 'large' };
    }
  }
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // What the network refuses is the test's own doing; everything else a page says in red is a fault.
    if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text())) {
      problems.push(message.text());
    }
  });
  let running = 0;
  let lastAt = Date.now();
  const settle = (change: number) => (): void => {
    running += change;
    lastAt = Date.now();
  };
  page.on('request', settle(1));
  page.on('requestfinished', settle(-1));
  page.on('requestfailed', settle(-1));

  /** Until something is shown and no request has begun or ended for a moment. */
  async function quiet(): Promise<void> {
    await page.locator('main').first().waitFor();
    while (running > 0 || Date.now() - lastAt < QUIET) {
      await page.waitForTimeout(20);
    }
  }

  return {
    page,
    context,
    served,
    problems,
    open: async (hash) => {
      await page.goto(`${served.url}/#${hash}`);
      await quiet();
    },
    close: async () => {
      await context.close();
      await served.close();
    },
  };
}
