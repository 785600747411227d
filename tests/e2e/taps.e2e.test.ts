/** How many taps an act takes in each messenger, counted where the browser hears them; docs/hosts.md prints the table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';
import { notice } from './gov-steps.ts';
import { file } from './steps.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/hosts.md');
const TITLE = '迎宾大道红绿灯按车流设置时长';
const ANSWER = '已把单一配时改为四个时段。';
const ACTS = ['签收', '答复', '评价'] as const;
type Taps = Record<(typeof ACTS)[number], number>;
/** A list opens with one tap and takes its choice with another; a browser's own list hears only keys. */
const LIST_TAPS = 2;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Counted {
  desk: Desk;
  /** Counts the taps of what is done. */
  taps(act: () => Promise<void>): Promise<number>;
}

async function openCounted(gov: boolean): Promise<Counted> {
  const desk = await openDesk(browser, {
    ...(gov ? { gov: 'everyone' } : {}),
    messenger: { callsPerSecond: 10_000 },
    before: () =>
      addEventListener(
        'click',
        (event) => event.isTrusted && (window as unknown as { tapped(): void }).tapped(),
        true,
      ),
  });
  let n = 0;
  await desk.context.exposeFunction('tapped', () => {
    n += 1;
  });
  await desk.page.reload();
  await desk.phone(1).waitFor();
  return {
    desk,
    async taps(act) {
      const before = n;
      await act();
      return n - before;
    },
  };
}

/** On the card in the chat. */
async function onDingtalk({ desk, taps }: Counted): Promise<Taps> {
  await file(desk, TITLE, 'dispatched');
  const card = await desk.card(PHONE.handler, '新交办，请签收');
  const sign = await taps(() => card.locator('[data-action=sign]').click());
  const open = await desk.card(PHONE.handler, '能马上答，就直接写');
  const reply = await taps(async () => {
    await open.getByRole('combobox').selectOption('已解决');
    await open.getByPlaceholder('写给委员的答复').click();
    await open.getByPlaceholder('写给委员的答复').pressSequentially(ANSWER);
    await open.locator('[data-action=reply]').click();
  });
  await desk.card(PHONE.handler, /周凯 .*答复/);
  const asked = await desk.card(PHONE.member, '答复到了，等您评价');
  const rate = await taps(async () => {
    await asked.getByRole('radio', { name: '5 星' }).click();
    await asked.getByRole('button', { name: '打五星' }).click();
  });
  await desk.card(PHONE.member, /打了 5 星/);
  return { 签收: sign, 答复: reply + LIST_TAPS, 评价: rate };
}

/** From the notice's buttons, which open the mini-app at the act. */
async function onZhezhengding({ desk, taps }: Counted): Promise<Taps> {
  await file(desk, TITLE, 'dispatched');
  const told = await notice(desk, PHONE.handler, '新交办，请签收');
  const sign = await taps(async () => {
    await told.getByRole('link', { name: '签收' }).click();
    await desk.web(PHONE.handler).getByText('已签收').first().waitFor();
  });
  const again = await notice(desk, PHONE.handler, '新交办，请签收');
  const form = desk.web(PHONE.handler).getByRole('dialog', { name: '答复' });
  const reply = await taps(async () => {
    await again.getByRole('link', { name: '答复' }).click();
    await form.getByRole('button', { name: '已解决' }).click();
    await form.getByRole('textbox').first().click();
    await form.getByRole('textbox').first().pressSequentially(ANSWER);
    await form
      .getByRole('button', { name: /^答复/ })
      .last()
      .click();
  });
  await form.waitFor({ state: 'hidden' });
  const asked = await notice(desk, PHONE.member, '答复到了，等您评价');
  const sheet = desk.web(PHONE.member).getByRole('dialog');
  const rate = await taps(async () => {
    await asked.getByRole('link', { name: '打五星' }).click();
    await sheet.getByRole('button', { name: '打五星' }).click();
  });
  await notice(desk, PHONE.member, /委员 .*打了 5 星/);
  return { 签收: sign, 答复: reply, 评价: rate };
}

function tableOf(rows: Record<string, Taps>): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['平台', ...ACTS]),
    line(['----', ...ACTS.map(() => '----')]),
    ...Object.entries(rows).map(([name, taps]) => line([name, ...ACTS.map((act) => `${taps[act]} 下`)])),
  ].join('\n');
}

/** The table however the formatter has spaced it. */
const tight = (text: string): string => text.replaceAll(/-+/g, '-').replaceAll(/[ \t]+/g, '');

describe('taps from the chat to done', () => {
  it('are as the document says, in each messenger', async () => {
    const rows: Record<string, Taps> = {};
    for (const [name, gov, count] of [
      ['钉钉', false, onDingtalk],
      ['浙政钉', true, onZhezhengding],
    ] as const) {
      const counted = await openCounted(gov);
      try {
        rows[name] = await count(counted);
        expect(counted.desk.problems).toEqual([]);
      } finally {
        await counted.desk.close();
      }
    }
    expect(tight(readFileSync(DOCUMENT, 'utf8'))).toContain(tight(tableOf(rows)));
  });
});
