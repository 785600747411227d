import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
import { overflows, smallTargets, truncations, violations } from './faults.ts';
import { launch, openPhone, type Phone, type PhoneOptions } from './phone.ts';

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

const WIDE = { width: 1440, height: 900 };

async function start(options: PhoneOptions = {}): Promise<Page> {
  phone = await openPhone(browser, { ...WIDE, person: 'inspector', ...options });
  await phone.open('/late');
  return phone.page;
}

const group = (page: Page, name: string): Locator => page.getByRole('row', { name }).first();
const bar = (page: Page): Locator => page.getByRole('region', { name: '已选的民情' });
const wishes = (): string[] =>
  phone.served.mock.log.filter((one) => one.method === 'POST').map((one) => one.path);

describe('the wide screen of late cases', () => {
  it('says what is late, why and whose move, and one reason narrows the table', async () => {
    const page = await start();
    await page.getByRole('heading', { name: '62 件超期，其中 13 件不是单位的责任' }).waitFor();
    expect(await page.locator('tr.lg').count()).toBe(5);
    await page.getByRole('button', { name: /等改派 ?13/ }).click();
    await expect.poll(() => page.locator('tr.lg .lg-late').first().innerText()).toBe('4');
    expect(await page.getByRole('button', { name: /等改派 ?13/ }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: /全部 ?62/ }).click();
    await expect.poll(() => page.locator('tr.lg .lg-late').first().innerText()).toBe('18');
  });

  it('unfolds a unit page by page, each case with why and whose move', async () => {
    const page = await start();
    await page.getByRole('button', { name: '婺城区住建局', exact: true }).click();
    await page.getByText('还有 13 件').waitFor();
    const row = page.getByRole('row', { name: /宾虹路沿线违规加盖雨棚/ }).first();
    const words = await row.innerText();
    for (const part of [
      '办理中 · 第 2 轮',
      '超 8 天 2 小时',
      '等婺城区住建局答复',
      '转办 3 次',
      '没催过',
      '限 6月25日 17:00',
    ]) {
      expect(words).toContain(part);
    }
    await page.getByText('还有 13 件').click();
    await expect.poll(() => page.locator('tr.li').count()).toBe(18);
    expect(await page.getByText(/^还有/).count()).toBe(0);
  });

  it('is worked by keys alone: down, unfold, tick, urge; and not while a sheet is open', async () => {
    const page = await start();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowRight');
    await page.getByText('还有 10 件').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await expect.poll(() => bar(page).innerText()).toContain('已选 1 件');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press(' ');
    await expect.poll(() => bar(page).innerText()).toContain('已选 12 件');
    await page.keyboard.press('k');
    await page.keyboard.press(' ');
    await expect.poll(() => bar(page).innerText()).toMatch(/已选 26 件，\s*2 个单位/);
    await page.keyboard.press('u');
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText(/给婺城区住建局（14 件）、永康市综合行政执法局（12 件）各发 1 条催办/).waitFor();
    await page.keyboard.press('k');
    await page.keyboard.press(' ');
    expect(await bar(page).innerText()).toContain('已选 26 件');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('Escape');
    await bar(page).waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('tr.li').count()).toBe(0);
    expect(wishes()).toEqual(['/session', '/urges/preview']);
  });

  it('全选 leaves out what is not for a unit to end', async () => {
    const page = await start();
    await page.getByRole('checkbox', { name: '全选：轮到单位办的' }).click();
    await expect.poll(() => bar(page).innerText()).toMatch(/已选 49 件，\s*5 个单位/);
    await page.getByRole('button', { name: '婺城区住建局', exact: true }).click();
    const own = page.getByRole('checkbox', { name: /^选加装电梯/ }).first();
    expect(await own.getAttribute('aria-checked')).toBe('false');
    await own.click();
    await expect.poll(() => bar(page).innerText()).toContain('已选 50 件');
    await page.getByRole('checkbox', { name: '全选：轮到单位办的' }).click();
    await bar(page).waitFor({ state: 'hidden' });
  });

  it('urges after one confirmation, with exactly the cases the sentence named, and tells what was left out', async () => {
    const page = await start();
    const bodies: Record<string, unknown>[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/urges')) {
        bodies.push(request.postDataJSON() as Record<string, unknown>);
      }
    });
    await group(page, '义乌市市场监管局')
      .getByRole('button', { name: /^催办/ })
      .click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText(/发出后不能撤回/).waitFor();
    await sheet.getByRole('textbox', { name: '写给单位的话' }).fill('请今天下班前答复');
    await sheet.getByRole('button', { name: '催办 9 件' }).click();
    const done = page.getByRole('dialog', { name: '已催办' });
    await done.getByText('已催 8 件，给 1 家各发了 1 条；1 件没有催').waitFor();
    await done.getByText('已经答复').waitFor();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toMatchObject({ desk: 'inspector:office-jinhua', text: '请今天下班前答复' });
    expect(bodies[0]?.caseIds).toHaveLength(9);
    expect(bodies[0]?.groups).toBeUndefined();
    await done.getByRole('button', { name: '知道了' }).click();
    await done.waitFor({ state: 'hidden' });
  });

  it('a wish whose answer was lost is repeated under its key, and what was written stays', async () => {
    const page = await start();
    phone.served.mock.control.loseAnswer = (request) => request.path === '/urges';
    await group(page, '义乌市市场监管局')
      .getByRole('button', { name: /^催办/ })
      .click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByRole('textbox', { name: '写给单位的话' }).fill('请尽快');
    await sheet.getByRole('button', { name: '催办 9 件' }).click();
    await sheet.getByRole('alert').waitFor();
    phone.served.mock.control.loseAnswer = null;
    expect(await sheet.getByRole('textbox', { name: '写给单位的话' }).inputValue()).toBe('请尽快');
    await sheet.getByRole('button', { name: '催办 9 件' }).click();
    await page.getByRole('dialog', { name: '已催办' }).waitFor();
    const keys = phone.served.mock.log.filter((one) => one.path === '/urges').map((one) => one.key);
    expect(keys.length).toBeGreaterThan(3);
    expect(new Set(keys).size).toBe(1);
    expect(phone.served.mock.world.late.urges.size).toBe(1);
  });

  it('tells why urging was refused, and asks again', async () => {
    const page = await start();
    phone.served.mock.control.fail = (request) =>
      request.path === '/urges/preview' ? refuse(403, 'forbidden', '催办由督查发出，您在这里只能查看') : null;
    await group(page, '义乌市市场监管局')
      .getByRole('button', { name: /^催办/ })
      .click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText('催办由督查发出，您在这里只能查看').waitFor();
    phone.served.mock.control.fail = null;
    await sheet.getByRole('button', { name: '再试一次' }).click();
    await sheet.getByRole('button', { name: '催办 9 件' }).waitFor();
  });

  it('who may only watch sees no boxes and no 催办', async () => {
    const page = await start({ person: 'dispatcher' });
    await page.getByRole('heading', { name: /62 件超期/ }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: /^催办/ }).count()).toBe(0);
    await page.keyboard.press(' ');
    await page.keyboard.press('u');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('is reached from the rail and from the count, and a case leads back to the same place', async () => {
    const page = await start();
    await page.getByRole('link', { name: '工作台' }).click();
    await page
      .getByRole('navigation', { name: '队列' })
      .getByRole('button', { name: /超期/ })
      .click();
    await page.getByRole('heading', { name: /62 件超期/ }).waitFor();
    await page.getByRole('button', { name: '婺城区住建局', exact: true }).click();
    await page.getByRole('link', { name: TITLE }).first().click();
    await page.waitForURL(/#\/bench\/late-wucheng-works-0/);
    await page.goBack();
    await page.getByRole('heading', { name: /62 件超期/ }).waitFor();
    await page.getByRole('link', { name: TITLE }).first().waitFor();
  });

  it('saves the table as a file', async () => {
    const page = await start();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出明细' }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe('超期明细.xlsx');
    expect(readFileSync(await file.path(), 'utf8')).toBe('PK');
  });

  it('says so when nothing is late, and when it could not be read', async () => {
    const page = await start();
    phone.served.mock.world.late.cases = [];
    await page.reload();
    await page.getByRole('heading', { name: '没有超期的' }).first().waitFor();
    phone.served.mock.control.fail = (request) =>
      request.path.startsWith('/late') ? refuse(500, 'internal', '出错了') : null;
    await page.reload();
    await page.getByText('这一页没打开').waitFor();
    phone.served.mock.control.fail = null;
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('heading', { name: '没有超期的' }).first().waitFor();
  });
});

const TITLE = '江南街道老旧小区雨污管道反复堵塞';

describe('late cases on the phone', () => {
  it('the inspector’s count opens them; a group is ticked and urged', async () => {
    phone = await openPhone(browser, { person: 'inspector' });
    await phone.open('/desk');
    const { page } = phone;
    await page.getByRole('button', { name: /超期 ?2/ }).click();
    await page.getByRole('heading', { name: /62 件超期/ }).waitFor();
    await page.getByRole('checkbox', { name: '选婺城区住建局' }).click();
    await page.getByRole('button', { name: '催办 14 件' }).click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText(/给婺城区住建局（14 件）/).waitFor();
    await sheet.getByRole('button', { name: '催办 14 件' }).click();
    await page.getByRole('dialog', { name: '已催办' }).waitFor();
  });

  it('unfolds a group, and a reason narrows it', async () => {
    const page = await start({ width: 375, height: 724 });
    await page.getByRole('button', { name: '等改派 13' }).click();
    await page.getByRole('button', { name: /婺城区住建局/ }).click();
    await page.getByText('等三服务办改派').first().waitFor();
    expect(await page.locator('.pg-item').count()).toBe(4);
    await page.getByRole('button', { name: '原因', exact: true }).click();
    await expect.poll(() => page.locator('.pg').count()).toBe(1);
  });
});

const NONE = { overflows: [], truncations: [], small: [], violations: [] };

async function faults(fingers: boolean): Promise<object> {
  const { page } = phone;
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
  return {
    overflows: await overflows(page),
    truncations: await truncations(page),
    small: fingers ? await smallTargets(page) : [],
    violations: await violations(page),
  };
}

const LOOKS: { name: string; options: PhoneOptions }[] = [
  { name: '1440 light', options: WIDE },
  { name: '1440 dark', options: { ...WIDE, dark: true } },
  { name: '1100 large', options: { width: 1100, height: 800, large: true } },
  { name: '900 light', options: { width: 900, height: 700 } },
  { name: '375 light', options: { width: 375, height: 724 } },
  { name: '375 dark', options: { width: 375, height: 724, dark: true } },
  { name: '320 large', options: { width: 320, height: 568, large: true } },
];

describe.each(LOOKS)('late cases at $name', ({ options }) => {
  const small = (options.width ?? 0) < 900;
  const open = async (): Promise<Page> => {
    const page = await start(options);
    await page
      .getByRole('button', { name: /^婺城区住建局/ })
      .first()
      .click();
    await page.getByText('还有 13 件').waitFor();
    await page.getByRole('checkbox', { name: '选婺城区住建局' }).click();
    return page;
  };

  it('nothing overflows, is cut or out of reach', async () => {
    await open();
    expect(await faults(small)).toEqual(NONE);
  });

  it('nor in the confirmation and what it became', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^催办 14 件/ }).click();
    const sheet = page.getByRole('dialog', { name: '催办' });
    await sheet.getByText(/发出后不能撤回/).waitFor();
    expect(await faults(small)).toEqual(NONE);
    await sheet.getByRole('button', { name: '催办 14 件' }).click();
    await page.getByRole('dialog', { name: '已催办' }).getByText('已经答复').waitFor();
    expect(await faults(small)).toEqual(NONE);
  });
});
