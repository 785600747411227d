import type { Actor } from '@minqing/shared/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice, type Office } from '../../../tests/support/office.ts';
import { STORES, type TestDatabase } from '../../../tests/support/stores.ts';
import { AppError } from '../errors.ts';

const YEAR = 2026;

describe.each(STORES)('administering figures on $name', (kind) => {
  let database: TestDatabase;
  let office: Office;
  let lin: Actor;
  let admin: Actor;
  let areaId = '';
  beforeAll(async () => {
    database = await kind.create();
    office = await openOffice(database.databaseUrl);
    office.clock.business = Date.parse('2026-07-06T08:41:00+08:00');
    lin = office.holder('member', '金华市政协');
    areaId = office.area('金华市');
    admin = { kind: 'person', personId: 'an-admin', grants: [{ role: 'admin', unitId: null, areaId }] };
    for (const title of ['迎宾大道红绿灯', '八一南街窨井盖']) {
      const id = await office.filed(lin, { title, categoryId: 'traffic' });
      await office.did(office.holder('reviewer', '金华市政协'), id, 'accept');
    }
    await office.follow();
  }, 60_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('tells what other rules would have made of the year, of nobody by name and to nobody else', async () => {
    const { previewPoints, settings } = office.app.statistics.admin;
    const { points } = await office.app.statistics.record(lin, YEAR);
    const [now] = (await settings(admin, areaId)).points;
    const asked = { areaId, rules: { points: { ...now!.points, accepted: 20 }, yearlyCap: 25 } };
    const told = await previewPoints(admin, asked);
    expect(points.total).toBe(4);
    expect(told).toMatchObject({
      members: 1,
      more: 1,
      less: 0,
      capped: 1,
      highest: { before: points.total, after: 25 },
    });
    expect(told.sentence).toContain('有积分的 1 位委员，1 位变多，1 位到封顶');
    expect(JSON.stringify(told)).not.toContain('林淑芬');
    expect((await office.app.statistics.record(lin, YEAR)).points).toEqual(points);
    const leader = office.holder('leader', '金华市');
    await expect(previewPoints(leader, asked)).rejects.toThrow(AppError);
    const province = { ...asked, areaId: office.area('浙江省') };
    await expect(previewPoints(admin, province)).rejects.toThrow(AppError);
  });

  it('says whose members it looked at; those of a committee below may be looked at, another’s not', async () => {
    const { previewPoints, settings } = office.app.statistics.admin;
    const [now] = (await settings(admin, areaId)).points;
    const asked = { areaId, rules: { points: now!.points, yearlyCap: null } };
    const city = await previewPoints(admin, asked);
    expect(city.committee?.name).toBe('金华市政协');
    expect(city.committees[0]).toEqual(city.committee);
    const county = city.committees.find(({ name }) => name.startsWith('婺城区'));
    const below = await previewPoints(admin, { ...asked, committeeId: county?.id ?? '' });
    expect(below).toMatchObject({ committee: county, members: 0 });
    const police = { ...asked, committeeId: office.unit('市公安局交警支队') };
    await expect(previewPoints(admin, police)).rejects.toThrow(AppError);
    const countys = { ...asked, areaId: office.area('婺城区'), committeeId: city.committee?.id ?? '' };
    await expect(previewPoints(admin, countys)).rejects.toThrow(AppError);
  });

  it('a recount says what it found: nothing, or how many sums it put right', async () => {
    const { app } = office;
    const counted = async (): Promise<string> =>
      (await app.statistics.admin.settings(admin, areaId)).countedText;
    await app.statistics.rebuild.now();
    expect(await counted()).toMatch(/重新统计了 2 件，每个数字都和原来一样$/);
    await app.store.transact((tx) =>
      tx.updateTable('tally_sum').set({ n: 7 }).where('cut', '=', 'all').execute(),
    );
    await app.statistics.rebuild.now();
    expect(await counted()).toMatch(/重新统计了 2 件，有 \d+ 个合计和原来不同，已换成新的$/);
    await app.statistics.rebuild.now();
    expect(await counted()).toMatch(/每个数字都和原来一样$/);
  });
});
