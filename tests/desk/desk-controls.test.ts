import { describe, expect, it } from 'vitest';
import { violations } from '../screens/faults.ts';
import { shown, SOON, useDesk } from './desk-page.ts';

const desk = useDesk();

describe('the clock', () => {
  const clock = () => desk.page.locator('[data-test=clock]').textContent();

  it('tells business time in China and moves it forwards', async () => {
    expect(await clock()).toMatch(/^7月7日 周二 14:4[23]$/);
    await desk.page.getByRole('button', { name: '+1 小时' }).click();
    await expect.poll(clock, SOON).toMatch(/^7月7日 周二 15:4[23]$/);
    await desk.page.getByRole('button', { name: '下个工作日' }).click();
    await expect.poll(clock, SOON).toBe('7月8日 周三 08:30');
    await expect.poll(() => desk.phone(1).locator('.sb b').textContent(), SOON).toBe('08:30');
  });

  it('jumps to the next deadline when there is one and offers nothing when there is none', async () => {
    await desk.page.getByRole('button', { name: '到下个时限 15:50' }).click();
    await expect.poll(clock, SOON).toBe('7月7日 周二 15:50');
    desk.messenger.deadline = null;
    await desk.page.getByRole('button', { name: '+10 分钟' }).click();
    await expect.poll(() => desk.page.getByRole('button', { name: '到下个时限' }).count(), SOON).toBe(0);
  });
});

describe('network faults', () => {
  const lit = () => desk.page.locator('.seg[data-network]').getAttribute('data-network');

  it('stay visibly on, one at a time, until switched off', async () => {
    await desk.page.getByRole('radio', { name: '限流' }).click();
    await expect.poll(lit, SOON).toBe('throttle');
    await desk.page.reload();
    await expect.poll(lit, SOON).toBe('throttle');
    await desk.page.getByRole('radio', { name: '断', exact: true }).click();
    await expect.poll(lit, SOON).toBe('offline');
    await desk.phone(1).getByText('无服务').waitFor();
    await desk.page.getByRole('radio', { name: '正常' }).click();
    await expect.poll(lit, SOON).toBe('normal');
    const asked = desk.messenger.calls.filter(
      (call) => call.method !== 'GET' && call.path === '/control/faults',
    );
    expect(
      asked.map((call) => (call.method === 'POST' ? (call.body as { kind: string }).kind : 'off')),
    ).toEqual(['off', 'throttle', 'off', 'offline', 'off']);
  });

  it('of another program are named, not hidden', async () => {
    await fetch(`http://127.0.0.1:${desk.messenger.port}/control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'dropStream' }),
    });
    await desk.page.getByText('另有故障：dropStream').waitFor();
    expect(await desk.page.getByRole('radio', { name: '正常' }).getAttribute('aria-checked')).toBe('false');
  });
});

describe('the log', () => {
  it('shows the newest calls in words and all of them with a filter', async () => {
    expect(await desk.page.locator('.log ol li').count()).toBe(6);
    expect(await desk.page.locator('.log-h small').textContent()).toBe('今天 6 次调用，1 次按要求出错');
    await desk.page.getByRole('button', { name: '看全部' }).click();
    const rows = desk.page.locator('.full tbody tr');
    await desk.page.getByRole('radio', { name: '出错的' }).click();
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('403 限流，稍后重试')]);
    await desk.page.getByRole('radio', { name: '全部' }).click();
    await desk.page.getByPlaceholder('操作、人、结果').fill('陈洁');
    expect(await rows.count()).toBe(2);
    await desk.page.keyboard.press('Escape');
    expect(await desk.page.locator('.full').count()).toBe(0);
  });
});

describe('the desk as a page', () => {
  it('starts over only after asking', async () => {
    await desk.page.getByRole('button', { name: '重来' }).click();
    await desk.page.getByRole('button', { name: '不了' }).click();
    expect(desk.messenger.calls.some((call) => call.path === '/control/reset')).toBe(false);
    await desk.page.getByRole('button', { name: '+1 小时' }).click();
    await desk.page.getByRole('button', { name: '重来' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '重来' }).click();
    await expect.poll(() => desk.page.locator('[data-test=clock]').textContent(), SOON).toMatch(/14:4[23]$/);
    await desk.phone(1).getByText('点几颗星').waitFor();
  });

  it('leads a newcomer from card to card', async () => {
    const guide = desk.page.locator('[data-test=guide]');
    expect(await guide.textContent()).toBe('① 在林淑芬的手机上打开「工作台」里的民情一点通，提交一条民情。');
    await desk.page.getByRole('button', { name: '带我去' }).click();
    await desk.phone(1).getByRole('button', { name: '民情一点通' }).waitFor();
    await desk.phone(2).getByRole('button', { name: '受理' }).click();
    await expect
      .poll(() => guide.textContent(), SOON)
      .toBe('② 在方敏的手机上看「江滨东路非机动车道积水」，点「受理」。');
    // What falls due meanwhile is newer, and not their story.
    const dispatch = desk.messenger.chat('chen-jie')[0];
    if (dispatch !== undefined) {
      dispatch.updatedAt = '2026-07-07T17:00:00+08:00';
    }
    desk.messenger.emit({ type: 'chat', personIds: ['chen-jie'] });
    await desk.page.reload();
    await desk.phone(2).getByRole('button', { name: '受理' }).waitFor();
    expect(await guide.textContent()).toContain('江滨东路非机动车道积水');
    await desk.page.getByRole('button', { name: '收起提示' }).click();
    expect(await guide.count()).toBe(0);
  });

  it('has five equal columns without sideways scrolling at 1440, and scrolls sideways when narrower', async () => {
    const widths = () =>
      desk.page
        .locator('.phn')
        .evaluateAll((phones) => phones.map((one) => Math.round(one.getBoundingClientRect().width)));
    const overflow = () => desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(new Set(await widths()).size).toBe(1);
    expect(await overflow()).toBe(0);
    await desk.page.setViewportSize({ width: 1000, height: 800 });
    expect(Math.min(...(await widths()))).toBe(264);
    expect(await overflow()).toBeGreaterThan(300);
  });

  it('has no accessibility violation, with and without its panels', async () => {
    const check = () => violations(desk.page, ['iframe']);
    expect(await check()).toEqual([]);
    await desk.tab(4, '待办').click();
    await desk.tab(5, '工作台').click();
    await desk.page.locator('.pk[data-phone="1"] .pk-b').click();
    expect(await check()).toEqual([]);
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('button', { name: '看全部' }).click();
    expect(await check()).toEqual([]);
  });

  it('tells when the messenger is gone', async () => {
    desk.expected.push(/ERR_INTERNET_DISCONNECTED/);
    await desk.context.setOffline(true);
    await desk.page.getByRole('button', { name: '+10 分钟' }).click();
    expect(await shown(desk.page.getByRole('alert').getByText('连不上本机信使'))).toBe(true);
  });
});
