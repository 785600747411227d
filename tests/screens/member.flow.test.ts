import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refuse } from '../../miniapp/tests/mock-api/answers.ts';
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

async function start(hash: string, options: PhoneOptions = {}): Promise<Page> {
  phone = await openPhone(browser, options);
  await phone.open(hash);
  return phone.page;
}

/** A picture the browser can draw, of the size asked for: the rest is filling behind the image's end. */
function photo(name: string, bytes = 2_000): { name: string; mimeType: string; buffer: Buffer } {
  const head = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  return {
    name,
    mimeType: 'image/png',
    buffer: Buffer.concat([head, Buffer.alloc(Math.max(0, bytes - head.length))]),
  };
}

async function fill(page: Page, title: string, photos = 0): Promise<void> {
  await page.getByRole('textbox', { name: '标题' }).fill(title);
  await page.getByRole('textbox', { name: '情况' }).fill('早上排队很长，影响上班的人。');
  await page.getByRole('textbox', { name: '地点' }).fill('迎宾大道与环城南路交叉口');
  if (photos > 0) {
    await page
      .locator('input[type=file]')
      .setInputFiles(Array.from({ length: photos }, (_, at) => photo(`照片${at + 1}.png`)));
  }
}

const submits = (): string[] =>
  phone.served.mock.log.filter((one) => one.path.endsWith('/actions/submit')).map((one) => one.key);
const titles = (): string[] => phone.served.mock.world.mine.map((row) => row.title);

describe('reporting', () => {
  it('goes from a tap on the home to the case page, its photos following', async () => {
    const page = await start('/');
    await page.getByRole('button', { name: /提交民情/ }).click();
    await fill(page, '双溪西路路面有坑', 2);
    await page.getByRole('button', { name: '用我的位置' }).click();
    await page.getByText('自动定位，误差 60 米').waitFor();
    await page.getByRole('button', { name: '提交民情' }).click();
    await page.getByText('已提交，').first().waitFor();
    expect(page.url()).toContain('#/case/');
    await expect
      .poll(() => [...phone.served.mock.world.files.values()].map((file) => file.offset === file.bytes))
      .toEqual([true, true]);
    const view = [...phone.served.mock.world.cases.values()].find(
      (one) => one.content.title === '双溪西路路面有坑',
    )!;
    expect(new Set(view.content.files.map((file) => file.id))).toEqual(
      new Set(phone.served.mock.world.files.keys()),
    );
    expect(view.content.place.text).toBe('迎宾大道与环城南路交叉口');
  });

  it('leads to the field that is missing and says what to do', async () => {
    const page = await start('/report');
    await page.getByRole('textbox', { name: '标题' }).fill('只有标题');
    await page.getByRole('button', { name: '提交民情' }).click();
    await page.getByText('请写情况').first().waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('情况');
    expect(submits()).toEqual([]);
  });

  it('keeps a draft with its photos over a restart, and offers it on the home', async () => {
    const page = await start('/report');
    phone.served.mock.control.fail = (request) =>
      request.path.startsWith('/files') || request.path.startsWith('/drafts/') ? 'lost' : null;
    await fill(page, '写到一半的民情', 1);
    await page.getByText('草稿已存').waitFor();
    phone.served.mock.control.fail = null;
    await page.reload();
    await page.getByRole('textbox', { name: '标题' }).waitFor();
    await page.goto(`${phone.served.url}/#/home`);
    await page.getByText('接着写：写到一半的民情').click();
    await expect.poll(() => page.getByRole('textbox', { name: '标题' }).inputValue()).toBe('写到一半的民情');
    await page.getByRole('button', { name: '移除 照片1.png' }).waitFor();
    await expect
      .poll(() => [...phone.served.mock.world.files.values()].every((file) => file.offset === file.bytes))
      .toBe(true);
  });

  it('sends three reports written off line exactly once each when the network returns', async () => {
    const page = await start('/home');
    await page.getByRole('button', { name: /提交民情/ }).click();
    await page.getByRole('textbox', { name: '标题' }).waitFor();
    await page.goBack();
    await page.getByText('等您处理').waitFor();
    phone.served.mock.control.offline = true;
    for (const title of ['断网写的一', '断网写的二', '断网写的三']) {
      await page.getByRole('button', { name: /提交民情/ }).click();
      await fill(page, title, 1);
      await page.getByRole('button', { name: '提交民情' }).click();
      await page.getByRole('heading', { name: title }).waitFor();
    }
    expect(titles().filter((title) => title.startsWith('断网'))).toEqual([]);
    phone.served.mock.control.offline = false;
    await page.getByRole('button', { name: '再试' }).first().click();
    await expect
      .poll(() =>
        titles()
          .filter((title) => title.startsWith('断网'))
          .sort(),
      )
      .toEqual(['断网写的一', '断网写的三', '断网写的二'].sort());
    await expect
      .poll(() => [...phone.served.mock.world.files.values()].map((file) => file.offset === file.bytes), {
        timeout: 30_000,
      })
      .toEqual([true, true, true]);
    await expect.poll(() => page.getByText('还没提交上去').count()).toBe(0);
  });

  it('repeats a submission whose answer was lost under its own key, so that it is one case', async () => {
    const page = await start('/report');
    let cuts = 0;
    phone.served.mock.control.loseAnswer = (request) =>
      request.path.endsWith('/actions/submit') && (cuts += 1) <= 4;
    await fill(page, '答案丢了的民情');
    await page.getByRole('button', { name: '提交民情' }).click();
    await expect.poll(() => cuts, { timeout: 20_000 }).toBeGreaterThan(4);
    await page.getByText('已提交').first().waitFor();
    expect(new Set(submits()).size).toBe(1);
    expect(titles().filter((title) => title === '答案丢了的民情')).toHaveLength(1);
  });

  it('continues a cut upload where it was cut', async () => {
    const page = await start('/report');
    const size = 3_000_000;
    let sent = 0;
    let cut = false;
    phone.served.mock.control.fail = (request) => {
      if (request.method !== 'PATCH' || !request.path.startsWith('/files/')) {
        return null;
      }
      sent += request.body.length;
      if (!cut && Number(request.headers['upload-offset']) >= size / 2) {
        cut = true;
        return 'lost';
      }
      return null;
    };
    await page.locator('input[type=file]').setInputFiles([photo('大图.png', size)]);
    await expect
      .poll(() => [...phone.served.mock.world.files.values()][0]?.offset, { timeout: 30_000 })
      .toBe(size);
    expect(cut).toBe(true);
    expect(sent).toBeLessThan(size * 1.5);
  });

  it('shows a photo that did not get through, and sends it again when tapped', async () => {
    const page = await start('/report');
    phone.served.mock.control.fail = (request) => (request.method === 'PATCH' ? { status: 503 } : null);
    await page.locator('input[type=file]').setInputFiles([photo('一张.png')]);
    await page.getByRole('button', { name: '没传上，点此重传' }).waitFor({ timeout: 30_000 });
    phone.served.mock.control.fail = null;
    await page.getByRole('button', { name: '没传上，点此重传' }).click();
    await expect
      .poll(() => [...phone.served.mock.world.files.values()].every((file) => file.offset === file.bytes))
      .toBe(true);
  });

  it('opens a returned case filled in and submits it again', async () => {
    const page = await start('/case/c-returned');
    await page.getByRole('button', { name: '补充后再交' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: '标题' }).inputValue())
      .toBe('古子城北门夜间照明不足');
    await page.getByRole('textbox', { name: '建议' }).fill('先修北门的三盏。');
    await page.getByRole('button', { name: '再次提交' }).click();
    await page.getByText('您补充后再次提交').waitFor();
    expect(phone.served.mock.world.cases.get('c-returned')!.content.suggestion).toBe('先修北门的三盏。');
  });

  it('keeps what was written when the server refuses, and marks the field', async () => {
    const page = await start('/report');
    phone.served.mock.control.fail = (request) =>
      request.path.endsWith('/actions/submit')
        ? refuse(422, 'badInput', '标题里有不能用的字', {
            errors: [{ path: 'title', message: '标题里有不能用的字' }],
          })
        : null;
    await fill(page, '被拒的标题');
    await page.getByRole('button', { name: '提交民情' }).click();
    await page.getByText('标题里有不能用的字').first().waitFor();
    expect(await page.getByRole('textbox', { name: '情况' }).inputValue()).toContain('早上排队很长');
    expect(await page.getByRole('textbox', { name: '标题' }).getAttribute('aria-invalid')).toBe('true');
  });
});

describe('rating and answering', () => {
  it('five stars are two touches from the home', async () => {
    const page = await start('/home');
    await page.getByRole('button', { name: '5 星 非常满意' }).click();
    await page.getByRole('button', { name: '打五星' }).click();
    await expect.poll(() => phone.served.mock.world.cases.get('c-story')!.state).toBe('closed');
    await expect.poll(() => page.getByRole('button', { name: '5 星 非常满意' }).count()).toBe(0);
  });

  it('two stars ask for a reason, tell the new deadline and keep what was typed when closed', async () => {
    const page = await start('/s/c-story?do=rate&stars=2');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('7月10日 周五 17:00').waitFor();
    await sheet.getByRole('button', { name: '打两星，退回整改' }).click();
    expect(phone.served.mock.world.cases.get('c-story')!.state).toBe('replied');
    await sheet.getByRole('textbox').fill('晚高峰还是要等三个红灯');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '2 星 不满意' }).first().click();
    await expect.poll(() => sheet.getByRole('textbox').inputValue()).toBe('晚高峰还是要等三个红灯');
    await sheet.getByRole('button', { name: '问题还在' }).click();
    await sheet.getByRole('button', { name: '打两星，退回整改' }).click();
    await page.getByText('已退回整改，').waitFor();
    expect(phone.served.mock.world.cases.get('c-story')!.timeline[0]!.text).toBe('晚高峰还是要等三个红灯');
  });

  it('a question is answered from the home, with its words above', async () => {
    const page = await start('/home');
    await page.getByRole('button', { name: '回答' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('您说的是宾虹路哪一段？').waitFor();
    await sheet.getByRole('textbox').fill('双龙南街到八一南街，早高峰。');
    await sheet.getByRole('button', { name: '回答' }).click();
    await expect.poll(() => phone.served.mock.world.cases.get('c-asked')!.ask).toBe(null);
  });

  it('a refusal says what happened since and loses nothing', async () => {
    const page = await start('/s/c-handling?do=urge');
    phone.served.mock.control.fail = (request) =>
      request.path.endsWith('/actions/urge')
        ? refuse(409, 'alreadyUrged', '今天已经催过一次，明天再催', { since: ['今天 14:30 周凯 已答复'] })
        : null;
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('textbox').fill('请快一些');
    await sheet.getByRole('button', { name: '催办' }).click();
    await sheet.getByText('今天 14:30 周凯 已答复').waitFor();
    expect(await sheet.getByRole('textbox').inputValue()).toBe('请快一些');
  });

  it('a sheet takes the focus, keeps it and gives it back', async () => {
    const page = await start('/case/c-handling');
    await page.getByRole('button', { name: '催办' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let presses = 0; presses < 8; presses += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('催办');
  });
});

describe('signing on', () => {
  it('keeps the deep link through the sign-on', async () => {
    const page = await start('/s/c-asked?do=answer');
    await page.getByRole('dialog').getByText('您说的是宾虹路哪一段？').waitFor();
    expect(page.url()).toContain('#/case/c-asked');
  });

  it('signs on once more by itself when the session has ended', async () => {
    const page = await start('/home');
    let ended = true;
    phone.served.mock.control.fail = (request) => {
      if (request.path === '/session') {
        ended = false;
        return null;
      }
      return ended ? refuse(401, 'signedOff', '请重新登录') : null;
    };
    const before = phone.served.mock.log.filter((one) => one.path === '/session').length;
    await page.getByRole('link', { name: '民情' }).click();
    await page.getByText('都在这里了').waitFor();
    expect(phone.served.mock.log.filter((one) => one.path === '/session').length - before).toBe(1);
  });

  it('outside the messenger says where to open it, and asks the API for nothing', async () => {
    const page = await start('/home', { person: null });
    await page
      .getByText(/请在.*钉钉.*里打开/)
      .first()
      .waitFor();
    expect(phone.served.mock.log).toEqual([]);
  });

  it('tells somebody who is not on the roster whom to ask', async () => {
    const page = await start('/home', { person: 'stranger' });
    await page.getByText('您不在名单中').waitFor();
    // Where there are two messengers they may be on the other's list; else there is nothing to press.
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['我在别的平台已有账号']);
  });

  it('a network that fails at the start is said, and tried again', async () => {
    phone = await openPhone(browser, {});
    phone.served.mock.control.fail = () => ({ status: 500 });
    await phone.open('/home');
    await phone.page.getByText('没有登录上').waitFor();
    phone.served.mock.control.fail = null;
    await phone.page.getByRole('button', { name: '再试一次' }).click();
    await phone.page.getByText('林委员，下午好').waitFor();
  });
});

describe('a case that moves while it is looked at', () => {
  it('takes in what happened and says it aloud', async () => {
    const page = await start('/case/c-handling');
    const world = phone.served.mock.world;
    world.cases.set('c-handling', { ...world.cases.get('c-story')!, id: 'c-handling' });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('等您评价').first().waitFor();
    await expect.poll(() => page.getByRole('status').last().textContent()).toContain('已答复');
  });
});

describe('settings', () => {
  it('large text and dark are at once there, kept by the server and right at the next start', async () => {
    const page = await start('/me');
    await page.getByRole('button', { name: '大字' }).click();
    await page.getByRole('button', { name: '深色' }).click();
    await expect
      .poll(() => phone.served.mock.world.people.member!.settings)
      .toEqual({ text: 'large', theme: 'dark' });
    await page.reload();
    expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({
      theme: 'dark',
      text: 'large',
    });
  });
});
