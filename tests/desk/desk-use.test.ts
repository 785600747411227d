import { describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { openBrowser, shown, SOON, useDesk } from './desk-page.ts';

const ROAD = '迎宾大道红绿灯按车流设置时长';
const desk = useDesk();

/** The people a picker lists; a card's select has options too. */
function options(): Locator {
  return desk.page.getByRole('listbox').getByRole('option');
}

async function handTo(n: number, name: string): Promise<void> {
  await desk.page.locator(`.pk[data-phone="${n}"] .pk-b`).click();
  await options().filter({ hasText: name }).click();
}

describe('the web view', () => {
  it('opens what a double-encoded link means under the phone’s own host and stays alive behind the chat', async () => {
    await desk.phone(3).getByRole('link', { name: '选单位交办' }).click();
    const inside = desk.phone(3).frameLocator('iframe');
    await inside.getByText('p3 /#/s/dispatch').waitFor();
    await expect.poll(() => desk.phone(3).locator('.nv h2').textContent(), SOON).toBe('页 #/s/dispatch');
    const born = await inside
      .locator('body')
      .evaluate(() => (window as unknown as { loadedAt: number }).loadedAt);
    await desk.phone(3).getByRole('button', { name: '回到消息，网页留着' }).click();
    await desk.phone(3).getByText('新受理，请交办').waitFor();
    await desk.tab(3, '工作台').click();
    await desk.phone(3).getByText('回到刚才的网页').click();
    expect(
      await inside.locator('body').evaluate(() => (window as unknown as { loadedAt: number }).loadedAt),
    ).toBe(born);
  });

  it('closes and opens pages when the page inside asks for it', async () => {
    await desk.tab(5, '工作台').click();
    await desk.phone(5).getByRole('button', { name: '民情一点通' }).click();
    const inside = desk.phone(5).frameLocator('iframe');
    await inside.getByText('p5 /').waitFor();
    await inside.getByText('看公开页').click();
    await inside.getByText('p5 /#/public').waitFor();
    await inside.getByText('关', { exact: true }).click();
    expect(await shown(desk.phone(5).getByText('回到刚才的网页'))).toBe(true);
  });

  it('goes back to the chat when the page has nowhere to go back to', async () => {
    await desk.phone(3).getByRole('link', { name: '选单位交办' }).click();
    await desk.phone(3).frameLocator('iframe').getByText('p3').waitFor();
    await desk.phone(3).getByRole('button', { name: '返回' }).click();
    expect(await shown(desk.phone(3).getByText('新受理，请交办'))).toBe(true);
  });

  it('opens a PC window for whoever holds the phone', async () => {
    const opened = desk.context.waitForEvent('page');
    await desk.page.locator('.pk[data-phone="2"]').getByRole('button', { name: 'PC 窗口' }).click();
    const window = await opened;
    await window.waitForURL(`http://pc2.minqing.localhost:${desk.messenger.port}/`);
    expect(desk.messenger.calls).toContainEqual({
      method: 'POST',
      path: '/control/phones/pc2',
      body: { personId: 'fang-min' },
    });
  });
});

describe('to-dos', () => {
  it('stand in two lists, the soonest first, overdue in words, and open their page', async () => {
    await desk.tab(4, '待办').click();
    const list = desk.phone(4).getByRole('region', { name: '待办' });
    expect(await list.locator('.td:not(.done) b').allTextContents()).toEqual([
      '签收：宾虹路口早高峰左转太堵',
      '答复：宾虹路口早高峰左转太堵',
    ]);
    expect(await list.locator('small.late').textContent()).toContain('超期');
    expect(await list.locator('.td.done b').allTextContents()).toEqual([`答复：${ROAD}`]);
    await list.getByText('签收：宾虹路口早高峰左转太堵').click();
    await desk.phone(4).frameLocator('iframe').getByText('p4 /#/s/t1').waitFor();
  });
});

describe('the picker', () => {
  const WU = { name: '吴磊的手机', id: 'wu-lei' };

  it('finds everyone by name, unit or role with the keyboard', async () => {
    await desk.page.locator('.pk[data-phone="4"] .pk-b').click();
    const search = desk.page.getByRole('combobox', { name: '找人' });
    expect(await options().count()).toBe(8);
    expect(await desk.page.locator('.pop-g').allTextContents()).toContain('市公安局交警支队');
    await search.fill('交警');
    expect(await options().count()).toBe(2);
    await search.press('ArrowDown');
    await search.press('Enter');
    expect(await shown(desk.page.getByRole('region', { name: WU.name }))).toBe(true);
  });

  it('has chosen once the phone shows it: a reload before the new chat has come changes nothing', async () => {
    const chat = `**/control/people/${WU.id}/chat`;
    await desk.page.route(chat, () => undefined);
    await handTo(4, '吴磊');
    await desk.page.getByRole('region', { name: WU.name }).waitFor();
    await desk.page.unroute(chat);
    await desk.page.reload();
    expect(await shown(desk.page.getByRole('region', { name: WU.name }))).toBe(true);
  });

  it('chooses for every desk: a second one takes no phone back', async () => {
    await handTo(4, '吴磊');
    await desk.page.getByRole('region', { name: WU.name }).waitFor();
    const elsewhere = await openBrowser();
    try {
      const second = await elsewhere.newPage();
      await second.goto(desk.messenger.deskUrl);
      expect(await shown(second.getByRole('region', { name: WU.name }))).toBe(true);
      expect(desk.messenger.phones.get('p4')).toBe(WU.id);
    } finally {
      await elsewhere.close();
    }
  });

  it('shows who holds the phones by now when the messenger was away', async () => {
    desk.messenger.phones.set('p4', WU.id);
    desk.messenger.phones.delete('p1');
    desk.messenger.breakEvents();
    expect(await shown(desk.page.getByRole('region', { name: WU.name }))).toBe(true);
    await expect.poll(() => desk.messenger.phones.get('p1'), SOON).toBe('lin-shufen');
  });

  it('lets two phones change places when somebody already has one', async () => {
    await handTo(1, '方敏');
    await expect
      .poll(
        () =>
          desk.page
            .locator('.phn')
            .evaluateAll((phones) => phones.slice(0, 2).map((one) => one.getAttribute('aria-label'))),
        SOON,
      )
      .toEqual(['方敏的手机', '林淑芬的手机']);
  });

  it('closes with Escape and gives the keyboard back', async () => {
    const button = desk.page.locator('.pk[data-phone="1"] .pk-b');
    await button.click();
    await desk.page.getByRole('combobox', { name: '找人' }).press('Escape');
    expect(await options().count()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
