import { describe, expect, it } from 'vitest';
import { handled } from './mock-story.ts';
import { shown, SOON, useDesk } from './desk-page.ts';

const desk = useDesk();

function replaceCard(
  personId: string,
  id: string,
  change: (components: Record<string, unknown>[]) => Record<string, unknown>[],
): void {
  const item = desk.messenger.chat(personId).find((one) => one.id === id);
  if (item?.components === undefined) {
    throw new Error(`no card ${id}`);
  }
  item.components = change(item.components);
}

describe('the phones', () => {
  it('show the five of the story, each with its own chat at the newest message', async () => {
    for (const [n, name] of ['林淑芬', '方敏', '陈洁', '周凯', '郑卫平'].entries()) {
      await desk.page.getByRole('region', { name: `${name}的手机` }).waitFor();
      expect(desk.messenger.calls).toContainEqual(
        expect.objectContaining({ path: `/control/phones/${n + 1}` }),
      );
    }
    expect(await desk.phone(4).getByText('新交办，请签收').isVisible()).toBe(true);
    expect(await desk.phone(4).locator('.nv h2').textContent()).toBe('民情一点通');
  });

  it('draw every part of a card, lights as a shape and a word', async () => {
    const card = desk.phone(4).locator('[data-track=track-sign]');
    expect(await card.locator('.strip .lt').textContent()).toBe('◐临近');
    expect(await card.locator('.kv').innerText()).toContain('7月10日 周五 17:00 前');
    expect(await card.getByRole('combobox').inputValue()).toBe('');
    expect(await desk.phone(5).locator('.figs').innerText()).toContain('41');
    expect(await desk.phone(2).locator('.pics img').count()).toBe(2);
    await expect
      .poll(
        () =>
          desk
            .phone(2)
            .locator('.pics img')
            .first()
            .evaluate((image: HTMLImageElement) => image.naturalWidth),
        SOON,
      )
      .toBeGreaterThan(0);
    expect(await desk.phone(2).locator('.pics img').first().getAttribute('src')).toBe(
      `http://p2.minqing.localhost:${desk.messenger.port}/a.svg`,
    );
    expect(await desk.phone(1).getByRole('button', { name: '先点星再打分' }).isDisabled()).toBe(true);
  });

  it('show a work notice as the messenger lays it out', async () => {
    const notice = desk.phone(5).locator('.mc.notice');
    expect(await notice.innerText()).toMatch(
      /工作通知[\s\S]*超期[\s\S]*江南街道雨污管道反复堵塞[\s\S]*婺城区住建局/,
    );
  });

  it('keep handled cards grey and flat', async () => {
    const old = desk.phone(2).locator('[data-track=track-accepted]');
    expect(await old.getAttribute('class')).toContain('done');
    expect(await old.locator('h3').evaluate((heading) => getComputedStyle(heading).fontWeight)).toBe('400');
  });

  it('say something friendly to who writes into the chat', async () => {
    await desk.phone(1).getByPlaceholder('发消息').fill('你好');
    await desk.phone(1).getByPlaceholder('发消息').press('Enter');
    expect(await shown(desk.phone(1).getByRole('alert').getByText('请在卡片上办'))).toBe(true);
  });
});

describe('a press', () => {
  it('sends what the button says and changes the card in place', async () => {
    let release = (): void => undefined;
    desk.messenger.onPress = async () => {
      await new Promise<void>((done) => {
        release = done;
      });
      const items = desk.messenger.chat('fang-min');
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
    await desk.phone(2).getByRole('button', { name: '受理', exact: true }).click();
    await desk.phone(2).getByText('正在受理').waitFor();
    expect(await desk.phone(2).locator('[data-action=accept]').isDisabled()).toBe(true);
    release();
    await desk.phone(2).locator('[data-track=track-review].done').getByText('您 14:42 受理').waitFor();
    expect(desk.messenger.presses).toEqual([
      { personId: 'fang-min', outTrackId: 'track-review', actionIds: ['accept'], params: {} },
    ]);
  });

  it('sends text and the chosen option as index and value, with the button’s own parameters', async () => {
    await desk.phone(4).getByPlaceholder('写给委员的答复').fill('已改好');
    await desk.phone(4).getByRole('combobox').selectOption('列入计划');
    await desk.phone(4).getByRole('button', { name: '答复', exact: true }).click();
    await expect.poll(() => desk.messenger.presses.length, SOON).toBe(1);
    expect(desk.messenger.presses[0]?.params).toEqual({
      rev: '3',
      result: { index: 1, value: '列入计划' },
      reply: '已改好',
    });
  });

  it('keeps typed text when it fails, when the card is drawn anew, and over a change of view', async () => {
    desk.messenger.onPress = () => ({ error: '应用没有应答' });
    const box = desk.phone(4).getByPlaceholder('写给委员的答复');
    await box.fill('已改为四个时段配时');
    await desk.phone(4).getByRole('combobox').selectOption('已解决');
    await desk.phone(4).getByRole('button', { name: '答复', exact: true }).click();
    await desk.phone(4).getByRole('alert').getByText('应用没有应答').waitFor();
    expect(await box.inputValue()).toBe('已改为四个时段配时');
    replaceCard('zhou-kai', 'sign', (parts) => [
      { kind: 'text', text: '被催办了一次', tone: 'danger' },
      ...parts,
    ]);
    desk.messenger.emit({ type: 'chat', personIds: ['zhou-kai'] });
    await desk.phone(4).getByText('被催办了一次').waitFor();
    await desk.tab(4, '待办').click();
    await desk.tab(4, '消息').click();
    expect(await box.inputValue()).toBe('已改为四个时段配时');
    expect(await desk.phone(4).getByRole('combobox').inputValue()).toBe('0');
  });

  it('tells in the phone when the messenger itself refuses', async () => {
    desk.expected.push(/409/);
    desk.messenger.onPress = () => ({ status: 409, error: '这张卡片已经不能按了' });
    await desk.phone(2).getByRole('button', { name: '受理', exact: true }).click();
    expect(await shown(desk.phone(2).getByRole('alert').getByText('这张卡片已经不能按了'))).toBe(true);
  });

  it('fills the stars at once and takes the caption and the button from the answer', async () => {
    desk.messenger.onPress = (press) => {
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
    await desk.phone(1).getByRole('radio', { name: '5 星' }).click();
    await desk.phone(1).getByText('非常满意').waitFor();
    expect(await desk.phone(1).locator('.st-row button.on').count()).toBe(5);
    await desk.phone(1).getByRole('button', { name: '打五星' }).click();
    await expect
      .poll(() => desk.messenger.presses.map((press) => press.actionIds[0]), SOON)
      .toEqual(['pick', 'rate']);
    expect(desk.messenger.presses[0]?.params).toEqual({ stars: 5 });
  });

  it('takes a star back when it did not arrive', async () => {
    desk.messenger.onPress = () => ({ error: '应用没有应答' });
    await desk.phone(1).getByRole('radio', { name: '4 星' }).click();
    await desk.phone(1).getByRole('alert').waitFor();
    await expect.poll(() => desk.phone(1).locator('.st-row button.on').count(), SOON).toBe(0);
  });
});

describe('new messages', () => {
  it('come as a banner and an unread dot on a phone that shows something else', async () => {
    await desk.tab(3, '工作台').click();
    desk.messenger
      .chat('chen-jie')
      .push(
        handled('new', '07T14:43', '新受理，请交办', '已交办', '宾虹路口早高峰左转太堵', '陈洁 14:43 交办'),
      );
    desk.messenger.emit({ type: 'chat', personIds: ['chen-jie'] });
    await desk.phone(3).locator('.banner').getByText('宾虹路口早高峰左转太堵').waitFor();
    expect(await desk.tab(3, '消息').locator('.dot').count()).toBe(1);
    await desk.phone(3).locator('.banner').click();
    await desk.phone(3).getByText('陈洁 14:43 交办').waitFor();
    expect(await desk.tab(3, '消息').locator('.dot').count()).toBe(0);
  });

  it('stay below when the reader has scrolled up, with a way down', async () => {
    for (let n = 0; n < 12; n += 1) {
      desk.messenger
        .chat('fang-min')
        .push(handled(`many${n}`, '07T14:43', '民情审核', '已受理', `第 ${n} 件`, '您受理'));
    }
    desk.messenger.emit({ type: 'chat', personIds: ['fang-min'] });
    const list = desk.phone(2).getByRole('log');
    await desk.phone(2).getByText('第 11 件').waitFor();
    await list.hover();
    await desk.page.mouse.wheel(0, -4000);
    await expect.poll(() => list.evaluate((box) => box.scrollTop), SOON).toBe(0);
    desk.messenger
      .chat('fang-min')
      .push(handled('last', '07T14:44', '民情审核', '已受理', '最新一件', '您受理'));
    desk.messenger.emit({ type: 'chat', personIds: ['fang-min'] });
    await desk.phone(2).getByRole('button', { name: '有新消息' }).click();
    await expect
      .poll(() => list.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop), SOON)
      .toBeLessThan(4);
  });

  it('leave a mark where one was taken back', async () => {
    const last = desk.messenger.chat('zheng-weiping').at(-1);
    if (last !== undefined) {
      last.recalled = true;
    }
    desk.messenger.emit({ type: 'chat', personIds: ['zheng-weiping'] });
    await desk.phone(5).getByText('民情一点通撤回了一条消息').waitFor();
    expect(await desk.phone(5).getByText('江南街道雨污管道反复堵塞').count()).toBe(0);
  });
});
