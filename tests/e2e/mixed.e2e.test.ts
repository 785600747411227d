import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WHO } from '../support/town.ts';
import { launch, openDesk, PHONE, type Desk } from './desk.ts';
import { allIsDone, fillDispatch, rate, report } from './gov-steps.ts';
import { answerOnCard } from './steps.ts';

let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  browser = await launch();
  desk = await openDesk(browser, { gov: [WHO.member], messenger: { callsPerSecond: 10_000 } });
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
});

/** Which package a phone's page found its container with. */
const agentOf = (n: number): Promise<string> =>
  desk
    .web(n)
    .locator('html')
    .evaluate(() => navigator.userAgent);

describe('the reference story with a member on 浙政钉 and everybody else on DingTalk', () => {
  it('is reported in 浙政钉', async () => {
    await report(desk);
    expect(await agentOf(PHONE.member)).toContain('TaurusApp');
  });

  it('reaches the reviewer as a DingTalk card that acts by itself', async () => {
    const card = await desk.card(PHONE.reviewer, '新民情，请审核');
    await card.locator('[data-action=accept]').click();
    await desk.card(PHONE.reviewer, /方敏 .*受理/);
  });

  it('is dispatched from the card’s link, in DingTalk’s container', async () => {
    const card = await desk.card(PHONE.dispatcher, '已受理，请交办');
    await card.getByRole('link', { name: '去交办' }).click();
    await fillDispatch(desk);
    expect(await agentOf(PHONE.dispatcher)).toContain('DingTalk');
  });

  it('is signed for and answered on the department’s card', async () => {
    const card = await desk.card(PHONE.handler, '新交办，请签收');
    await card.locator('[data-action=sign]').click();
    await answerOnCard(desk, PHONE.handler, '能马上答，就直接写', '已按车流改为四个时段。');
    await desk.card(PHONE.handler, /周凯 .*答复/);
  });

  it('comes back to the member in 浙政钉, who gives five stars', () => rate(desk));

  it('sent each of them messages of their own messenger only', async () => {
    const kinds = async (id: string): Promise<string[]> => [
      ...new Set((await desk.town.chat(id)).map((item) => item.kind)),
    ];
    expect(await kinds(WHO.member)).not.toContain('card');
    expect(await kinds(WHO.handler)).toContain('card');
    await allIsDone(desk);
  });
});
