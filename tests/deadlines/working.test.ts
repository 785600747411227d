/** The working of a deadline over HTTP: whoever may see the case may see it, day by day. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClockWorkingView } from '@minqing/shared/contract';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let tale: Tale;
beforeAll(async () => {
  town = await openTown({ workers: false });
  tale = await openTale(town);
});
afterAll(async () => {
  await town?.stop();
});

const working = async (part: Part, caseId: string, clockId: string) => {
  const answer = await (
    await tale.as(part)
  ).call('GET', `/cases/${caseId}/clocks/${encodeURIComponent(clockId)}`);
  return { status: answer.status, body: answer.body as unknown as ClockWorkingView };
};

describe('the working of a deadline', () => {
  it('tells from when, which days counted and where that ends', async () => {
    const caseId = await tale.atPolice();
    const { status, body } = await working('handler', caseId, 'reply#1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: '答复时限',
      limitText: '3 个工作日',
      ruleText: '当天不计，从下一个工作日数起，到最后一个工作日下班',
      startText: '今天 08:41',
      dueText: '7月9日 周四 17:00',
      firstDueText: '7月9日 周四 17:00',
      stateText: '计时中',
      light: 'green',
      moves: [],
      provisionalText: null,
    });
    expect(body.days.map((day) => `${day.dateText} ${day.counted} ${day.text}`)).toEqual([
      '7月6日 周一 false 当天不计',
      '7月7日 周二 true 第 1 天',
      '7月8日 周三 true 第 2 天',
      '7月9日 周四 true 第 3 天，17:00 下班到期',
    ]);
    expect(body.dueAt).toBe('2026-07-09T17:00:00+08:00');
    const ended = await working('reviewer', caseId, 'review#1');
    expect(ended.body).toMatchObject({ title: '审核时限', stateText: '今天 08:41 结束，没有超期' });
  });

  it('of what was promised ends at its date, moved on from a day off; no limit is counted to it', async () => {
    const caseId = await tale.atPolice();
    await tale.did('handler', caseId, 'reply', {
      class: 'planned',
      text: '列入七月的改造。',
      promisedOn: '2026-07-18',
    });
    const { body } = await working('member', caseId, 'promise#1');
    expect(body).toMatchObject({
      title: '落实时限',
      limitText: '到答复里承诺的日期',
      firstDueText: '7月20日 周一 17:00',
      dueText: '7月20日 周一 17:00',
      moves: [],
    });
    expect(body.days.map((day) => `${day.dateText} ${day.text}`)).toEqual([
      '7月18日 周六 周末，顺延',
      '7月19日 周日 周末，顺延',
      '7月20日 周一 17:00 下班到期',
    ]);
  });

  it('is hidden from whoever may not see the case, and from nobody else', async () => {
    const caseId = await tale.atPolice();
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      expect([part, (await working(part, caseId, 'reply#1')).status]).toEqual([part, 200]);
    }
    for (const part of ['member2', 'otherHandler', 'otherHead', 'countyReviewer', 'admin'] as const) {
      expect([part, (await working(part, caseId, 'reply#1')).status]).toEqual([part, 404]);
    }
    expect((await working('handler', caseId, 'reply#9')).status).toBe(404);
    expect((await working('handler', 'nothing', 'reply#1')).status).toBe(404);
  });
});
