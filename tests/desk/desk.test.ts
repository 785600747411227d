import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { startMockMessenger, type MockMessenger } from './mock-messenger.ts';
import { handled } from './mock-story.ts';

const ROAD = '迎宾大道红绿灯按车流设置时长';

let browser: Browser;
let messenger: MockMessenger;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args });
});

afterAll(() => browser.close());

beforeEach(async () => {
  messenger = await startMockMessenger();
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    timezoneId: 'America/New_York',
  });
  page = await context.newPage();
  problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A 404 of the deadline is part of the contract; the browser reports it whatever the page does.
    if (message.type() === 'error' && !message.location().url.endsWith('/control/deadline')) {
      problems.push(message.text());
    }
  });
  await open();
});

afterEach(async () => {
  await context.close();
  await messenger.stop();
  expect(problems).toEqual([]);
});

async function open(): Promise<void> {
  await page.goto(messenger.deskUrl);
  await phone(1).getByText('点几颗星').waitFor();
}

function phone(n: number): Locator {
  return page.locator(`#phone-${n}`);
}

function tab(n: number, name: string): Locator {
  return phone(n).getByRole('navigation', { name: '信使' }).getByRole('button', { name });
}

/** The people a picker lists; a card's select has options too. */
function options(): Locator {
  return page.getByRole('listbox').getByRole('option');
}

/** Waits until something holds; fails with its last value. */
function soon<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 5000 });
}

function replaceCard(
  personId: string,
  id: string,
  change: (components: Record<string, unknown>[]) => Record<string, unknown>[],
): void {
  const item = messenger.chat(personId).find((one) => one.id === id);
  if (item?.components === undefined) {
    throw new Error(`no card ${id}`);
  }
  item.components = change(item.components);
}

describe('the phones', () => {
  it('show the five of the story, each with its own chat at the newest message', async () => {
    for (const [n, name] of ['林淑芬', '方敏', '陈洁', '周凯', '郑卫平'].entries()) {
      await page.getByRole('region', { name: `${name}的手机` }).waitFor();
      expect(messenger.calls).toContainEqual(expect.objectContaining({ path: `/control/phones/${n + 1}` }));
    }
    expect(await phone(4).getByText('新交办，请签收').isVisible()).toBe(true);
    expect(await phone(4).locator('.nv h2').textContent()).toBe('民情一点通');
  });

  it('draw every part of a card, lights as a shape and a word', async () => {
    const card = phone(4).locator('[data-track=track-sign]');
    expect(await card.locator('.strip .lt').textContent()).toBe('◐临近');
    expect(await card.locator('.kv').innerText()).toContain('7月10日 周五 17:00 前');
    expect(await card.getByRole('combobox').inputValue()).toBe('');
    expect(await phone(5).locator('.figs').innerText()).toContain('41');
    expect(await phone(2).locator('.pics img').count()).toBe(2);
    await soon(() =>
      phone(2)
        .locator('.pics img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(0);
    expect(await phone(2).locator('.pics img').first().getAttribute('src')).toBe(
      `http://p2.minqing.localhost:${messenger.port}/a.svg`,
    );
    expect(await phone(1).getByRole('button', { name: '先点星再打分' }).isDisabled()).toBe(true);
  });

  it('show a work notice as the messenger lays it out', async () => {
    const notice = phone(5).locator('.mc.notice');
    expect(await notice.innerText()).toMatch(
      /工作通知[\s\S]*超期[\s\S]*江南街道雨污管道反复堵塞[\s\S]*婺城区住建局/,
    );
  });

  it('keep handled cards grey and flat', async () => {
    const old = phone(2).locator('[data-track=track-accepted]');
    expect(await old.getAttribute('class')).toContain('done');
    expect(await old.locator('h3').evaluate((heading) => getComputedStyle(heading).fontWeight)).toBe('400');
  });

  it('say something friendly to who writes into the chat', async () => {
    await phone(1).getByPlaceholder('发消息').fill('你好');
    await phone(1).getByPlaceholder('发消息').press('Enter');
    await phone(1).getByRole('alert').getByText('请在卡片上办').waitFor();
  });
});

describe('a press', () => {
  it('sends what the button says and changes the card in place', async () => {
    let release = (): void => undefined;
    messenger.onPress = async () => {
      await new Promise<void>((done) => {
        release = done;
      });
      const items = messenger.chat('fang-min');
      items[1] = handled(
        'review',
        '07T14:20',
        '民情审核',
        '已受理',
        '江滨东路非机动车道积水',
        '您 14:42 受理',
      );
      return {};
    };
    await phone(2).getByRole('button', { name: '受理', exact: true }).click();
    await phone(2).getByText('正在受理').waitFor();
    expect(await phone(2).locator('[data-action=accept]').isDisabled()).toBe(true);
    release();
    await phone(2).locator('[data-track=track-review].done').getByText('您 14:42 受理').waitFor();
    expect(messenger.presses).toEqual([
      { personId: 'fang-min', outTrackId: 'track-review', actionIds: ['accept'], params: {} },
    ]);
  });

  it('sends text and the chosen option as index and value, with the button’s own parameters', async () => {
    await phone(4).getByPlaceholder('写给委员的答复').fill('已改好');
    await phone(4).getByRole('combobox').selectOption('列入计划');
    await phone(4).getByRole('button', { name: '答复', exact: true }).click();
    await soon(() => messenger.presses.length).toBe(1);
    expect(messenger.presses[0]?.params).toEqual({
      rev: '3',
      result: { index: 1, value: '列入计划' },
      reply: '已改好',
    });
  });

  it('keeps typed text when it fails, when the card is drawn anew, and over a change of view', async () => {
    messenger.onPress = () => ({ error: '应用没有应答' });
    const box = phone(4).getByPlaceholder('写给委员的答复');
    await box.fill('已改为四个时段配时');
    await phone(4).getByRole('combobox').selectOption('已解决');
    await phone(4).getByRole('button', { name: '答复', exact: true }).click();
    await phone(4).getByRole('alert').getByText('应用没有应答').waitFor();
    expect(await box.inputValue()).toBe('已改为四个时段配时');
    replaceCard('zhou-kai', 'sign', (parts) => [
      { kind: 'text', text: '被催办了一次', tone: 'danger' },
      ...parts,
    ]);
    messenger.emit({ type: 'chat', personIds: ['zhou-kai'] });
    await phone(4).getByText('被催办了一次').waitFor();
    await tab(4, '待办').click();
    await tab(4, '消息').click();
    expect(await box.inputValue()).toBe('已改为四个时段配时');
    expect(await phone(4).getByRole('combobox').inputValue()).toBe('0');
  });

  it('tells in the phone when the messenger itself refuses', async () => {
    messenger.onPress = () => ({ status: 409, error: '这张卡片已经不能按了' });
    await phone(2).getByRole('button', { name: '受理', exact: true }).click();
    await phone(2).getByRole('alert').getByText('这张卡片已经不能按了').waitFor();
    problems = problems.filter((text) => !text.includes('409'));
  });

  it('fills the stars at once and takes the caption and the button from the answer', async () => {
    messenger.onPress = (press) => {
      const stars = Number(press.params.stars);
      replaceCard('lin-shufen', 'rate', (parts) =>
        parts.map((part) =>
          part.kind === 'stars'
            ? { ...part, value: stars, caption: '非常满意' }
            : part.kind === 'button'
              ? { ...part, text: '打五星', enabled: true }
              : part,
        ),
      );
      return {};
    };
    await phone(1).getByRole('radio', { name: '5 星' }).click();
    await phone(1).getByText('非常满意').waitFor();
    expect(await phone(1).locator('.st-row button.on').count()).toBe(5);
    await phone(1).getByRole('button', { name: '打五星' }).click();
    await soon(() => messenger.presses.map((press) => press.actionIds[0])).toEqual(['pick', 'rate']);
    expect(messenger.presses[0]?.params).toEqual({ stars: 5 });
  });

  it('takes a star back when it did not arrive', async () => {
    messenger.onPress = () => ({ error: '应用没有应答' });
    await phone(1).getByRole('radio', { name: '4 星' }).click();
    await phone(1).getByRole('alert').waitFor();
    await soon(() => phone(1).locator('.st-row button.on').count()).toBe(0);
  });
});

describe('new messages', () => {
  it('come as a banner and an unread dot on a phone that shows something else', async () => {
    await tab(3, '工作台').click();
    messenger
      .chat('chen-jie')
      .push(
        handled('new', '07T14:43', '新受理，请交办', '已交办', '宾虹路口早高峰左转太堵', '陈洁 14:43 交办'),
      );
    messenger.emit({ type: 'chat', personIds: ['chen-jie'] });
    await phone(3).locator('.banner').getByText('宾虹路口早高峰左转太堵').waitFor();
    expect(await tab(3, '消息').locator('.dot').count()).toBe(1);
    await phone(3).locator('.banner').click();
    await phone(3).getByText('陈洁 14:43 交办').waitFor();
    expect(await tab(3, '消息').locator('.dot').count()).toBe(0);
  });

  it('stay below when the reader has scrolled up, with a way down', async () => {
    for (let n = 0; n < 12; n += 1) {
      messenger
        .chat('fang-min')
        .push(handled(`many${n}`, '07T14:43', '民情审核', '已受理', `第 ${n} 件`, '您受理'));
    }
    messenger.emit({ type: 'chat', personIds: ['fang-min'] });
    const list = phone(2).getByRole('log');
    await phone(2).getByText('第 11 件').waitFor();
    await list.hover();
    await page.mouse.wheel(0, -4000);
    await soon(() => list.evaluate((box) => box.scrollTop)).toBe(0);
    messenger.chat('fang-min').push(handled('last', '07T14:44', '民情审核', '已受理', '最新一件', '您受理'));
    messenger.emit({ type: 'chat', personIds: ['fang-min'] });
    await phone(2).getByRole('button', { name: '有新消息' }).click();
    await soon(() =>
      list.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop),
    ).toBeLessThan(4);
  });

  it('leave a mark where one was taken back', async () => {
    const last = messenger.chat('zheng-weiping').at(-1);
    if (last !== undefined) {
      last.recalled = true;
    }
    messenger.emit({ type: 'chat', personIds: ['zheng-weiping'] });
    await phone(5).getByText('民情一点通撤回了一条消息').waitFor();
    expect(await phone(5).getByText('江南街道雨污管道反复堵塞').count()).toBe(0);
  });
});

describe('the web view', () => {
  it('opens what a double-encoded link means under the phone’s own host and stays alive behind the chat', async () => {
    await phone(3).getByRole('link', { name: '选单位交办' }).click();
    const inside = phone(3).frameLocator('iframe');
    await inside.getByText('p3 /#/s/dispatch').waitFor();
    await soon(() => phone(3).locator('.nv h2').textContent()).toBe('页 #/s/dispatch');
    const born = await inside
      .locator('body')
      .evaluate(() => (window as unknown as { loadedAt: number }).loadedAt);
    await phone(3).getByRole('button', { name: '回到消息，网页留着' }).click();
    await phone(3).getByText('新受理，请交办').waitFor();
    await tab(3, '工作台').click();
    await phone(3).getByText('回到刚才的网页').click();
    expect(
      await inside.locator('body').evaluate(() => (window as unknown as { loadedAt: number }).loadedAt),
    ).toBe(born);
  });

  it('closes and opens pages when the page inside asks for it', async () => {
    await tab(5, '工作台').click();
    await phone(5).getByRole('button', { name: '民情一点通' }).click();
    const inside = phone(5).frameLocator('iframe');
    await inside.getByText('p5 /').waitFor();
    await inside.getByText('看公开页').click();
    await inside.getByText('p5 /#/public').waitFor();
    await inside.getByText('关', { exact: true }).click();
    await phone(5).getByText('回到刚才的网页').waitFor();
  });

  it('goes back to the chat when the page has nowhere to go back to', async () => {
    await phone(3).getByRole('link', { name: '选单位交办' }).click();
    await phone(3).frameLocator('iframe').getByText('p3').waitFor();
    await phone(3).getByRole('button', { name: '返回' }).click();
    await phone(3).getByText('新受理，请交办').waitFor();
  });

  it('opens a PC window for whoever holds the phone', async () => {
    const opened = context.waitForEvent('page');
    await page.locator('.pk[data-phone="2"]').getByRole('button', { name: 'PC 窗口' }).click();
    const window = await opened;
    await window.waitForURL(`http://pc2.minqing.localhost:${messenger.port}/`);
    expect(messenger.calls).toContainEqual({
      method: 'POST',
      path: '/control/phones/pc2',
      body: { personId: 'fang-min' },
    });
  });
});

describe('to-dos', () => {
  it('stand in two lists, the soonest first, overdue in words, and open their page', async () => {
    await tab(4, '待办').click();
    const list = phone(4).getByRole('region', { name: '待办' });
    expect(await list.locator('.td:not(.done) b').allTextContents()).toEqual([
      '签收：宾虹路口早高峰左转太堵',
      '答复：宾虹路口早高峰左转太堵',
    ]);
    expect(await list.locator('small.late').textContent()).toContain('超期');
    expect(await list.locator('.td.done b').allTextContents()).toEqual([`答复：${ROAD}`]);
    await list.getByText('签收：宾虹路口早高峰左转太堵').click();
    await phone(4).frameLocator('iframe').getByText('p4 /#/s/t1').waitFor();
  });
});

describe('the picker', () => {
  it('finds everyone by name, unit or role with the keyboard and remembers who was chosen', async () => {
    await page.locator('.pk[data-phone="4"] .pk-b').click();
    const search = page.getByRole('combobox', { name: '找人' });
    expect(await options().count()).toBe(8);
    expect(await page.locator('.pop-g').allTextContents()).toContain('市公安局交警支队');
    await search.fill('交警');
    expect(await options().count()).toBe(2);
    await search.press('ArrowDown');
    await search.press('Enter');
    await page.getByRole('region', { name: '吴磊的手机' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: '吴磊的手机' }).waitFor();
  });

  it('lets two phones change places when somebody already has one', async () => {
    await page.locator('.pk[data-phone="1"] .pk-b').click();
    await options().filter({ hasText: '方敏' }).click();
    await soon(() =>
      page
        .locator('.phn')
        .evaluateAll((phones) => phones.slice(0, 2).map((one) => one.getAttribute('aria-label'))),
    ).toEqual(['方敏的手机', '林淑芬的手机']);
  });

  it('closes with Escape and gives the keyboard back', async () => {
    const button = page.locator('.pk[data-phone="1"] .pk-b');
    await button.click();
    await page.getByRole('combobox', { name: '找人' }).press('Escape');
    expect(await options().count()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe('the clock', () => {
  const clock = () => page.locator('[data-test=clock]').textContent();

  it('tells business time in China and moves it forwards', async () => {
    expect(await clock()).toMatch(/^7月7日 周二 14:4[23]$/);
    await page.getByRole('button', { name: '+1 小时' }).click();
    await soon(clock).toMatch(/^7月7日 周二 15:4[23]$/);
    await page.getByRole('button', { name: '下个工作日' }).click();
    await soon(clock).toBe('7月8日 周三 08:30');
    await soon(() => phone(1).locator('.sb b').textContent()).toBe('08:30');
  });

  it('jumps to the next deadline when there is one and offers nothing when there is none', async () => {
    await page.getByRole('button', { name: '到下个时限 15:50' }).click();
    await soon(clock).toBe('7月7日 周二 15:50');
    messenger.deadline = null;
    await page.getByRole('button', { name: '+10 分钟' }).click();
    await soon(() => page.getByRole('button', { name: '到下个时限' }).count()).toBe(0);
  });
});

describe('network faults', () => {
  const lit = () => page.locator('.seg[data-network]').getAttribute('data-network');

  it('stay visibly on, one at a time, until switched off', async () => {
    await page.getByRole('radio', { name: '限流' }).click();
    await soon(lit).toBe('throttle');
    await page.reload();
    await soon(lit).toBe('throttle');
    await page.getByRole('radio', { name: '断', exact: true }).click();
    await soon(lit).toBe('offline');
    await phone(1).getByText('无服务').waitFor();
    await page.getByRole('radio', { name: '正常' }).click();
    await soon(lit).toBe('normal');
    const asked = messenger.calls.filter((call) => call.method !== 'GET' && call.path === '/control/faults');
    expect(
      asked.map((call) => (call.method === 'POST' ? (call.body as { kind: string }).kind : 'off')),
    ).toEqual(['off', 'throttle', 'off', 'offline', 'off']);
  });

  it('of another program are named, not hidden', async () => {
    await fetch(`http://127.0.0.1:${messenger.port}/control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'dropStream' }),
    });
    await page.getByText('另有故障：dropStream').waitFor();
    expect(await page.getByRole('radio', { name: '正常' }).getAttribute('aria-checked')).toBe('false');
  });
});

describe('the log', () => {
  it('shows the newest calls in words and all of them with a filter', async () => {
    expect(await page.locator('.log ol li').count()).toBe(6);
    expect(await page.locator('.log-h small').textContent()).toBe('今天 6 次调用，1 次按要求出错');
    await page.getByRole('button', { name: '看全部' }).click();
    const rows = page.locator('.full tbody tr');
    await page.getByRole('radio', { name: '出错的' }).click();
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('403 限流，稍后重试')]);
    await page.getByRole('radio', { name: '全部' }).click();
    await page.getByPlaceholder('操作、人、结果').fill('陈洁');
    expect(await rows.count()).toBe(2);
    await page.keyboard.press('Escape');
    expect(await page.locator('.full').count()).toBe(0);
  });
});

describe('the desk as a page', () => {
  it('starts over only after asking', async () => {
    await page.getByRole('button', { name: '重来' }).click();
    await page.getByRole('button', { name: '不了' }).click();
    expect(messenger.calls.some((call) => call.path === '/control/reset')).toBe(false);
    await page.getByRole('button', { name: '+1 小时' }).click();
    await page.getByRole('button', { name: '重来' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '重来' }).click();
    await soon(() => page.locator('[data-test=clock]').textContent()).toMatch(/14:4[23]$/);
    await phone(1).getByText('点几颗星').waitFor();
  });

  it('leads a newcomer from card to card', async () => {
    const guide = page.locator('[data-test=guide]');
    expect(await guide.textContent()).toBe('① 在林淑芬的手机上打开「工作台」里的民情一点通，提交一条民情。');
    await page.getByRole('button', { name: '带我去' }).click();
    await phone(1).getByRole('button', { name: '民情一点通' }).waitFor();
    const review = messenger.chat('fang-min')[1];
    if (review !== undefined) {
      review.updatedAt = '2026-07-07T14:50:00+08:00';
    }
    messenger.emit({ type: 'chat', personIds: ['fang-min'] });
    await soon(() => guide.textContent()).toBe('② 在方敏的手机上看「江滨东路非机动车道积水」，点「受理」。');
    await page.getByRole('button', { name: '收起提示' }).click();
    expect(await guide.count()).toBe(0);
  });

  it('has five equal columns without sideways scrolling at 1440, and scrolls sideways when narrower', async () => {
    const widths = () =>
      page
        .locator('.phn')
        .evaluateAll((phones) => phones.map((one) => Math.round(one.getBoundingClientRect().width)));
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(new Set(await widths()).size).toBe(1);
    expect(await overflow()).toBe(0);
    await page.setViewportSize({ width: 1000, height: 800 });
    expect(Math.min(...(await widths()))).toBe(264);
    expect(await overflow()).toBeGreaterThan(300);
  });

  it('has no accessibility violation, with and without its panels', async () => {
    const check = async () =>
      (await new AxeBuilder({ page }).exclude('iframe').analyze()).violations.map(
        (one) => `${one.id}: ${one.nodes[0]?.html}`,
      );
    expect(await check()).toEqual([]);
    await tab(4, '待办').click();
    await tab(5, '工作台').click();
    await page.locator('.pk[data-phone="1"] .pk-b').click();
    expect(await check()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '看全部' }).click();
    expect(await check()).toEqual([]);
  });

  it('tells when the messenger is gone and finds it again', async () => {
    await context.setOffline(true);
    await page.evaluate(() => window.dispatchEvent(new Event('offline')));
    await page.getByRole('button', { name: '+10 分钟' }).click();
    await page.getByRole('alert').getByText('连不上本机信使').waitFor();
    await context.setOffline(false);
    problems = problems.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to load/.test(text));
  });
});
