/**
 * `npm run screens [-- <words>]`: starts the product with its demo data and takes the pictures in docs/: the desk, and every
 * main screen on a phone (375×812) and in a window (1440×900), light, dark and in large text. With words only those whose
 * name (`phone-dispatch`, `wide-wall`, `desk`) contains one of them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { buildMiniapp, miniappIsBuilt } from '../build/miniapp.ts';
import { ROOT } from '../check/step.ts';
import { playTheStory } from './desk.ts';
import { LOOKS, picturePage } from './page.ts';
import { PHONE_SHOTS, WIDE_SHOTS, type Shot } from './shots.ts';
import { startWhole, type Whole } from './whole.ts';

const DOCS = join(ROOT, 'docs');
const PICTURES = join(DOCS, 'screens');
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Milliseconds without a request after which a screen has all it asked for. */
const QUIET = 300;
const COLOURS = 96;

type Look = (typeof LOOKS)[number];

const SIZES = {
  phone: { shots: PHONE_SHOTS, width: 375, height: 812, scale: 2, view: 'p1' },
  wide: { shots: WIDE_SHOTS, width: 1440, height: 900, scale: 1, view: 'pc1' },
} as const;
type Size = (typeof SIZES)[keyof typeof SIZES];

/** Few colours and no time of making: small files that change only when the screen does. */
async function save(page: Page, path: string): Promise<void> {
  const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  await sharp(bytes).png({ palette: true, colours: COLOURS, dither: 0, effort: 10 }).toFile(path);
}

/** Opens an address of the app afresh: within the running app the screen before would stand until the next one has come. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address);
  await quiet(page);
}

async function quiet(page: Page): Promise<void> {
  await page.locator('main').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.sk') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(QUIET);
}

/** The case a picture is about: the first of the queue, as the person's own desk lists it. */
async function findCase(page: Page, { role, queue, prompt }: NonNullable<Shot['find']>): Promise<string> {
  const id = await page.evaluate(
    async ([wantedRole, wantedQueue, wantedPrompt]) => {
      const read = async <T>(path: string): Promise<T> => (await (await fetch(`./api/${path}`)).json()) as T;
      const { desks } = await read<{ desks: { id: string; role: string; queues: { id: string }[] }[] }>(
        'queues',
      );
      const desk = desks.find((one) => one.role === wantedRole);
      const query = new URLSearchParams({
        desk: desk?.id ?? '',
        queue: wantedQueue || (desk?.queues[0]?.id ?? ''),
      });
      const { items } = await read<{ items: { id: string; prompt: string | null }[] }>(
        `cases?${query.toString()}`,
      );
      return items.find((item) => !wantedPrompt || item.prompt === wantedPrompt)?.id;
    },
    [role, queue ?? '', prompt ?? ''],
  );
  if (!id) {
    throw new Error(`the demo has no case for ${role} ${queue ?? ''} ${prompt ?? ''}`);
  }
  return id;
}

async function setText(page: Page, origin: string, large: boolean): Promise<void> {
  await open(page, `${origin}/#/me`);
  const saved = page.waitForResponse((answer) => answer.url().endsWith('/api/me/settings'));
  await page.getByRole('button', { name: large ? '大字' : '标准' }).click();
  await saved;
}

async function take(
  browser: Browser,
  whole: Whole,
  size: Size,
  kind: string,
  shot: Shot,
  look: Look,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.scale,
    hasTouch: kind === 'phone',
    colorScheme: look.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(20_000);
  try {
    await whole.hand(size.view, shot.person);
    const page = await context.newPage();
    const origin = whole.origin(size.view);
    if (look.large) {
      await setText(page, origin, true);
    }
    await open(page, `${origin}/#/me`);
    const hash =
      typeof shot.hash === 'string' ? shot.hash : shot.hash(await findCase(page, shot.find ?? { role: '' }));
    await open(page, `${origin}/#${hash}`);
    await shot.then?.(page);
    await quiet(page);
    await save(page, join(PICTURES, `${kind}-${shot.name}-${look.name}.png`));
    if (look.large) {
      await setText(page, origin, false);
    }
  } catch (error) {
    throw new Error(`${kind} ${shot.name} ${look.name}: ${(error as Error).message}`, { cause: error });
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  const problem = miniappIsBuilt() ? undefined : await buildMiniapp();
  if (problem !== undefined) {
    throw new Error(`the mini-app did not build:\n${problem}`);
  }
  const whole = await startWhole();
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGS,
  });
  const words = process.argv.slice(2);
  const wanted = (name: string): boolean => words.length === 0 || words.some((word) => name.includes(word));
  try {
    if (words.length === 0) {
      rmSync(PICTURES, { recursive: true, force: true });
    }
    mkdirSync(PICTURES, { recursive: true });
    writeFileSync(join(PICTURES, 'README.md'), picturePage());
    for (const [kind, size] of Object.entries(SIZES)) {
      for (const shot of size.shots.filter(({ name }) => wanted(`${kind}-${name}`))) {
        for (const look of LOOKS) {
          await take(browser, whole, size, kind, shot, look);
        }
        console.log(`  ${kind} ${shot.name}`);
      }
    }
    if (wanted('desk')) {
      await playTheStory(browser, whole, (page) => save(page, join(DOCS, 'desk.png')));
      console.log('  desk');
    }
  } finally {
    await browser.close();
    await whole.stop();
  }
}

await main();
