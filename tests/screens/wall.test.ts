import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
import { overflows, truncations, violations } from './faults.ts';
import { launch, openPhone, type Phone } from './phone.ts';

let browser: Browser;
let phone: Phone;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  await phone.close();
  expect(phone.problems).toEqual([]);
});

const WALL = { person: 'inspector', width: 1920, height: 1080 } as const;

describe('大屏', () => {
  it.each([
    { width: 1920, height: 1080 },
    { width: 1440, height: 900 },
    { width: 1440, height: 900, large: true },
  ])(
    'at $width × $height stands whole, in letters of 16 px and more, and axe finds nothing',
    async (size) => {
      phone = await openPhone(browser, { ...WALL, ...size });
      await phone.open('/wall');
      const { page } = phone;
      await page.locator('.wl-t svg').waitFor();
      const small = await page.evaluate(() => {
        const walker = document.createTreeWalker(
          document.querySelector('.wl') as Element,
          NodeFilter.SHOW_TEXT,
        );
        const found: string[] = [];
        while (walker.nextNode()) {
          const parent = walker.currentNode.parentElement as Element;
          const words = walker.currentNode.textContent?.trim() ?? '';
          const box = parent.getBoundingClientRect();
          // What is drawn as SVG grows with its picture.
          const picture = parent.closest('svg');
          const scale =
            picture instanceof SVGSVGElement && picture.viewBox.baseVal?.width
              ? picture.getBoundingClientRect().width / picture.viewBox.baseVal.width
              : 1;
          const size_ = Number.parseFloat(getComputedStyle(parent).fontSize) * scale;
          if (words && box.width > 2 && box.right > 0 && size_ < 16) {
            found.push(`${words} ${size_}`);
          }
        }
        return found;
      });
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.wl-c')]
          .filter(
            (card) => card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1,
          )
          .map((card) => card.textContent?.trim().slice(0, 12)),
      );
      expect({
        small,
        cut,
        overflows: await overflows(page),
        truncations: await truncations(page),
        violations: await violations(page),
      }).toEqual({ small: [], cut: [], overflows: [], truncations: [], violations: [] });
    },
  );

  it('opens from the dashboard, tells nobody’s name or words, and Escape leads back', async () => {
    phone = await openPhone(browser, WALL);
    await phone.open('/figures');
    const { page } = phone;
    await page.getByRole('link', { name: '大屏' }).click();
    await page.getByRole('heading', { name: '金华市民情一点通' }).waitFor();
    await page.getByText('截至 7月7日 周二').waitFor();
    await page.getByText('金东区 · 交通出行').waitFor();
    // A title may name somebody; the dashboard behind the sign-on shows it, the wall does not.
    expect(await page.locator('.wl').innerText()).not.toContain('迎宾大道');
    expect(await page.getByRole('table', { name: '各地办结率和超期件数' }).getByRole('row').count()).toBe(10);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: '金华市民情驾驶舱' }).waitFor();
  });

  it('says when the connection is lost, keeps its numbers, and goes on by itself', async () => {
    phone = await openPhone(browser, WALL);
    await phone.page.clock.install();
    await phone.open('/wall');
    const { page } = phone;
    await page.getByText('93.7').first().waitFor();
    phone.served.mock.control.fail = (request) =>
      request.path.startsWith('/statistics/flow') ? refuse(503, 'unavailable', '服务暂时不可用') : null;
    await page.clock.runFor(61_000);
    await page.getByText('连接断了，数字停在 15:00').waitFor();
    await page.getByText('93.7').first().waitFor();
    phone.served.mock.control.fail = null;
    await page.clock.runFor(11_000);
    await page.getByText('连接断了').waitFor({ state: 'detached' });
  });

  it('is not for a unit, whose figures are its own', async () => {
    phone = await openPhone(browser, { ...WALL, person: 'handler' });
    await phone.open('/figures');
    await phone.page.getByRole('heading', { name: '市公安局交警支队办理统计' }).waitFor();
    expect(await phone.page.getByRole('link', { name: '大屏' }).count()).toBe(0);
    await phone.open('/wall');
    await phone.page.getByText('没有可以上大屏的统计').waitFor();
  });

  it('says on a phone where the same numbers are', async () => {
    phone = await openPhone(browser, { person: 'inspector', width: 375, height: 812 });
    await phone.open('/wall');
    await phone.page.getByRole('link', { name: '看统计' }).click();
    await phone.page.getByRole('heading', { name: '金华市民情驾驶舱' }).waitFor();
  });
});
