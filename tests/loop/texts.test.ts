import type { DrawnPart, TextPreview, TextsAdmin } from '@minqing/shared/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const CITY = '330700';
const COUNTY = '330702';

describe.each(STORES)('the words of notices and cards, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const call = async (part: Part, method: string, path: string, body?: object) =>
    (await tale.as(part)).call(method, path, body);
  const texts = async (areaId = CITY): Promise<TextsAdmin> => {
    const { status, body } = await call('admin', 'GET', `/admin/texts?areaId=${areaId}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as TextsAdmin;
  };
  const save = async (itemId: string, words: Record<string, string>) => {
    const seen = (await texts()).items.find((one) => one.id === itemId)?.seen ?? null;
    return call('admin', 'PUT', `/admin/texts/${itemId}`, { areaId: CITY, seen, value: { words } });
  };
  const preview = async (itemId: string, words: Record<string, string>, areaId = CITY) =>
    call('admin', 'POST', `/admin/texts/${itemId}/preview`, { areaId, words });
  const shown = async (itemId: string, words: Record<string, string>): Promise<TextPreview> => {
    const { status, body } = await preview(itemId, words);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as TextPreview;
  };
  const wordsOf = (parts: readonly DrawnPart[]): string => parts.map((one) => one.text).join('|');
  const standard = async (id: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await texts()).items.find((one) => one.id === id)?.fields.map((f) => [f.key, f.standard]) ?? [],
    );

  it('are on the card a person gets, and on the next, once an area set them', async () => {
    const words = { ...(await standard('card.review')), strip: '{地区}有新民情', body: '请当天看。{情况}' };
    expect((await save('card.review', words)).status).toBe(200);
    const caseId = await tale.filed();
    const track = await tale.card('reviewer', caseId, /金东区有新民情/);
    expect(await tale.face('reviewer', track)).toContain('请当天看。迎宾大道红绿灯全天用同一配时');
    const item = (await texts(COUNTY)).items.find((one) => one.id === 'card.review');
    expect(item).toMatchObject({ own: false, from: { id: CITY, name: '金华市' } });
    expect((await texts()).changes[0]?.what).toBe('修改了文字「请审核」');
  });

  it('are in the notice of an event', async () => {
    expect(
      (await save('notice.accepted', { title: '{民情编号} 已受理', body: '{交办时限} 前交办' })).status,
    ).toBe(200);
    const caseId = await tale.accepted();
    const { number } = await tale.read(caseId);
    await town.until(
      'the member hears',
      async () => (await tale.notices('member', new RegExp(`${number} 已受理`))).length > 0,
    );
  });

  it('with what is no variable there, or too much, are refused at their field and change nothing', async () => {
    const before = await standard('card.handle');
    for (const [words, message] of [
      [{ strip: '{委员姓名}来了' }, '这条文字里没有「委员姓名」可放，请删掉'],
      [{ strip: '{核实问题}' }, '这条文字里没有「核实问题」可放，请删掉'],
      [{ strip: '字'.repeat(21) }, '最上面一行最多 20 字'],
      [{ strip: '{民情标题' }, '花括号只用来放变量，请删掉'],
      [{ strip: '看\u202e这' }, '最上面一行里有看不见的字符，请删掉重写'],
    ] as const) {
      const expected = { status: 400, body: { errors: [{ path: 'words.strip', message }] } };
      expect(await save('card.handle', { ...before, ...words })).toMatchObject(expected);
      expect(await preview('card.handle', { ...before, ...words })).toMatchObject(expected);
    }
    expect(await standard('card.handle')).toEqual(before);
  });

  it('are previewed as three channels and as the card after its button, by the code that sends', async () => {
    const words = { ...(await standard('card.handle')), strip: '请马上签收', done: '办完了' };
    const { channels, after, verdict, fits } = await shown('card.handle', words);
    expect(channels.map((one) => [one.id, one.problem])).toEqual([
      ['card', ''],
      ['actionCard', ''],
      ['notice', ''],
    ]);
    for (const channel of channels) {
      expect(wordsOf(channel.parts)).toContain('请马上签收');
      expect(wordsOf(channel.parts)).toContain('迎宾大道红绿灯按车流设置时长');
    }
    expect(channels[0]?.parts.some((one) => one.kind === 'button' && one.text === '签收')).toBe(true);
    expect(after?.button).toBe('签收');
    expect(wordsOf(after?.parts ?? [])).toMatch(/^办完了\|.*周凯 .* 签收/);
    expect(after?.parts.some((one) => one.kind === 'button')).toBe(false);
    expect(verdict).toMatch(/^互动卡片 \d+ 个字，三种渠道都放得下$/);
    expect(fits).toBe(true);
  });

  it('that are too long for a channel are told so', async () => {
    const words = { ...(await standard('card.handle')), body: `${'办'.repeat(260)}{情况}` };
    const { channels, fits, verdict } = await shown('card.handle', words);
    expect(fits).toBe(false);
    expect(channels[0]?.problem).toBe('正文超过 300 字，后面的要点开才看得到');
    expect(verdict).toContain('互动卡片');
    const long = await shown('notice.overdue', {
      title: `${'超'.repeat(25)}{民情标题}{民情标题}`,
      body: '办',
    });
    expect(long.channels.map((one) => [one.id, one.problem])).toEqual([['notice', '标题太长，末尾看不到']]);
  });

  it('that look like markup are words on every channel', async () => {
    const words = { ...(await standard('card.ruling')), body: '<b>裁定</b> [点这里](http://x) {整改次数}' };
    const { channels } = await shown('card.ruling', words);
    expect(wordsOf(channels[0]?.parts ?? [])).toContain('<b>裁定</b> [点这里](http://x) 2');
  });

  it('can all be previewed as they stand, with nothing left unfilled', async () => {
    for (const item of (await texts()).items) {
      const words = Object.fromEntries(item.fields.map((field) => [field.key, field.words]));
      const { channels, after, fits } = await shown(item.id, words);
      expect(fits, item.id).toBe(true);
      const all = [...channels.flatMap((one) => one.parts), ...(after?.parts ?? [])];
      expect(wordsOf(all), item.id).not.toMatch(/[{}]|undefined|null/);
      expect(all.length, item.id).toBeGreaterThan(1);
    }
  });

  it('are nobody else’s to read, to try or to change', async () => {
    for (const part of ['member', 'reviewer', 'handler', 'inspector', 'leader'] as const) {
      expect((await call(part, 'GET', `/admin/texts?areaId=${CITY}`)).status).toBe(403);
      expect(
        (await call(part, 'POST', '/admin/texts/card.review/preview', { areaId: CITY, words: {} })).status,
      ).toBe(403);
      expect(
        (
          await call(part, 'PUT', '/admin/texts/card.review', {
            areaId: CITY,
            seen: null,
            value: { words: {} },
          })
        ).status,
      ).toBe(403);
    }
    expect((await preview('card.review', {}, '330000')).status).toBe(403);
  });
});
