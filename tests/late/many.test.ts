import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LateGroupPage, LateSummary } from '@minqing/shared/contract';
import { fillTown, JINHUA } from '../support/many.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

describe.each(STORES)('two thousand running cases, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let made = 0;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({
      databaseUrl: database.databaseUrl,
      workers: false,
      startAt: '2026-07-07T15:00:00+08:00',
    });
    tale = await openTale(town);
    made = await fillTown(town.app);
  }, 180_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const read = async <T>(path: string): Promise<T> => {
    const { status, body } = await (await tale.as('inspector')).call('GET', `${path}desk=inspector:330700`);
    expect([status, body]).toEqual([200, body]);
    return body as unknown as T;
  };

  it('are told in one sentence, and every reason has its cases', async () => {
    expect(made).toBe(2_013);
    const told = await read<LateSummary>('/late?');
    expect(told.sentence).toBe('164 件超期，其中 26 件不是单位的责任');
    expect(told.detail).toMatch(
      /^在办 2,013 件，临近到期 \d+ 件。15 件等改派，6 件等第二次改派，5 件三服务办未交办。$/,
    );
    const { unanswered, handedOn, afterExtension, unsigned, redispatch, secondRedispatch, undispatched } =
      JINHUA;
    expect(Object.fromEntries(told.reasons.map((r) => [r.id, r.count]))).toEqual({
      unanswered,
      handedOn,
      afterExtension,
      unsigned,
      redispatch,
      secondRedispatch,
      undispatched,
    });
  });

  it('come by units a page at a time, none twice and none left out', async () => {
    const pages: LateGroupPage[] = [];
    do {
      const after = pages.at(-1)?.after;
      pages.push(await read<LateGroupPage>(`/late/groups?by=unit&${after ? `after=${after}&` : ''}`));
    } while (pages.at(-1)?.after !== null);
    expect(pages.map((page) => page.items.length).slice(0, -1)).toEqual(pages.slice(1).map(() => 20));
    const seen = pages.flatMap((page) => page.items);
    expect(pages.map((page) => page.total)).toEqual(pages.map(() => seen.length));
    expect(new Set(seen.map((group) => group.key)).size).toBe(seen.length);
    expect(seen.reduce((sum, group) => sum + group.late, 0)).toBe(164);
    expect(seen.reduce((sum, group) => sum + group.unitMoves, 0)).toBe(138);
    const counts = seen.map((group) => group.late);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    const all = await read<LateGroupPage>('/late/groups?by=unit&all=true&');
    expect(all.items.length).toBe(20);
  });
});
