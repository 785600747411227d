import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statisticsSettingsChange, type StatisticsSettings } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { createMonthly } from '../../server/src/output/index.ts';
import { digestOf } from '../../server/src/store/index.ts';
import { openOffice, type Office } from '../support/office.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTown, type Town } from '../support/town.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const SOLVED = { class: 'solved', text: '已经调好' };
const ON = { on: true, day: 1, roles: ['leader'] };

describe.each(STORES)('the figures of a month to those in charge, on $name', (store) => {
  let database: TestDatabase;
  let office: Office;
  let areaId = '';
  const admin = (): Actor => ({
    kind: 'person',
    personId: 'an-admin',
    grants: [{ role: 'admin', unitId: null, areaId }],
  });
  const save = async (change: object): Promise<StatisticsSettings> => {
    const { own, seen } = await office.app.statistics.admin.settings(admin(), areaId);
    return office.app.statistics.admin.save(
      admin(),
      statisticsSettingsChange.parse({ areaId, seen, ...own, ...change }),
      { principal: 'an-admin', key: randomUUID(), digest: digestOf(change) },
    );
  };
  const runAt = (text: string): Promise<number> => {
    office.clock.business = at(text);
    return office.app.monthly.runOnce();
  };
  const rows = () =>
    office.app.store.read((db) =>
      db.selectFrom('outbox').selectAll().where('notice', '=', 'monthly').orderBy('created_at').execute(),
    );
  const answered = async (): Promise<void> => {
    const id = await office.filed(office.holder('member', '金华市政协'), {
      title: '路灯不亮',
      categoryId: 'city',
    });
    await office.did(office.holder('reviewer', '金华市政协'), id, 'accept');
    await office.did(office.holder('dispatcher', '金华市三服务办'), id, 'dispatch', {
      leadUnitId: office.unit('市建设局'),
      coUnitIds: [],
    });
    await office.did(office.holder('handler', '市建设局'), id, 'reply', SOLVED);
  };

  beforeAll(async () => {
    database = await store.create();
    office = await openOffice(database.databaseUrl);
    areaId = office.area('金华市');
    office.clock.business = at('2026-07-13T09:00:00');
    await answered();
  }, 60_000);
  afterAll(async () => {
    await office?.close();
    await database?.drop();
  });

  it('sends nothing until an administrator wants it, and nothing of a month whose moment is past by then', async () => {
    expect(await runAt('2026-07-14T09:00:00')).toBe(0);
    const told = await save({ monthly: ON });
    expect(told.monthlyNext).toMatch(/^8月3日 周一 08:30 发 7月的，给 \d+ 位$/);
    expect(told.monthlyLast).toBe('');
    expect(await runAt('2026-07-31T23:00:00')).toBe(0);
  });

  it('goes out on the working day, once to each leader, whoever asks and however often', async () => {
    expect(await runAt('2026-08-01T12:00:00')).toBe(0);
    expect(await runAt('2026-08-03T08:29:00')).toBe(0);
    office.clock.business = at('2026-08-03T08:30:00');
    const { app, clock } = office;
    const other = createMonthly({ ...app, clock });
    const told = await Promise.all([app.monthly.runOnce(), other.runOnce()]);
    told[1] = (told[1] ?? 0) + (await other.runOnce());
    const leaders = await app.store.read((db) =>
      db
        .selectFrom('role_grant')
        .select('person_id')
        .where('role', '=', 'leader')
        .where('area_id', '=', areaId)
        .execute(),
    );
    expect(leaders.length).toBeGreaterThan(0);
    expect(told.toSorted()).toEqual([0, leaders.length]);
    const sent = await rows();
    expect(sent.map((row) => row.person_id).toSorted()).toEqual(
      leaders.map((row) => row.person_id).toSorted(),
    );
    expect(new Set(sent.map((row) => row.payload)).size).toBe(1);
    const payload = sent[0]?.payload ?? '';
    expect(payload).toContain('金华市7月民情统计');
    expect(payload).toMatch(/上报[^件]*1 件/);
    expect(payload).toMatch(/within(=|%3D|%253D)2026-07-31/);
    expect(sent[0]).toMatchObject({ held_until: 0, area_id: areaId, to_role: 'leader' });
    expect(await runAt('2026-08-20T09:00:00')).toBe(0);
    const view = await app.statistics.admin.settings(admin(), areaId);
    expect(view.monthlyLast).toContain(`7月的已在 8月3日 周一 08:30 发给 ${leaders.length} 位`);
  });

  it('comes once, later, and in the morning, where nothing ran over its moment', async () => {
    await answered();
    const before = (await rows()).length;
    expect(await runAt('2026-09-16T23:10:00')).toBeGreaterThan(0);
    const late = (await rows()).slice(before);
    expect(late.map((row) => Number(row.held_until))).toEqual(late.map(() => at('2026-09-17T07:30:00')));
    expect(late[0]?.payload).toContain('金华市8月民情统计');
    expect(await runAt('2026-09-17T09:00:00')).toBe(0);
  });

  it('says nothing of a month in which nothing happened, and reaches inspectors where they are chosen', async () => {
    await save({ monthly: { ...ON, roles: ['leader', 'inspector'] } });
    expect(await runAt('2026-10-09T09:00:00')).toBe(0);
    await answered();
    const before = (await rows()).length;
    expect(await runAt('2026-11-02T08:30:00')).toBeGreaterThan(1);
    const roles = (await rows()).slice(before).map((row) => row.to_role);
    expect(new Set(roles)).toEqual(new Set(['leader', 'inspector']));
  });

  it('another day begins with its next moment; off is off', async () => {
    await answered();
    office.clock.business = at('2026-12-01T09:00:00');
    await save({ monthly: { ...ON, day: 3 } });
    expect(await runAt('2026-12-02T09:00:00')).toBe(0);
    expect(await runAt('2026-12-03T08:30:00')).toBeGreaterThan(0);
    await save({ monthly: { ...ON, on: false } });
    expect(await runAt('2027-01-08T09:00:00')).toBe(0);
    expect((await office.app.statistics.admin.settings(admin(), areaId)).monthlyNext).toBe('');
  });
});

describe('in a messenger', () => {
  let database: TestDatabase;
  let town: Town;
  beforeAll(async () => {
    database = await (STORES[0] as (typeof STORES)[number]).create();
    town = await openTown({ databaseUrl: database.databaseUrl, startAt: '2026-07-31T16:00:00+08:00' });
  }, 120_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  it('a leader finds last month’s figures in the chat once the clock has moved on', async () => {
    const admin = await town.person('admin-01');
    const areas = await admin.call('GET', '/admin/areas');
    const { items } = areas.body as unknown as { items: { id: string; name: string }[] };
    const areaId = items.find(({ name }) => name === '金华市')?.id ?? '';
    const { own, seen } = (await admin.call('GET', `/admin/statistics?areaId=${areaId}`))
      .body as unknown as StatisticsSettings;
    const saved = await admin.call(
      'PUT',
      '/admin/statistics',
      { areaId, seen, ...own, monthly: ON },
      { 'idempotency-key': randomUUID() },
    );
    expect(saved.status).toBe(200);
    const member = await town.person('lin-shufen');
    await member.act(randomUUID(), 'submit', {
      title: '路灯不亮',
      situation: '婺江边的路灯不亮了',
      categoryId: 'city',
      place: { text: '婺江边', areaId: null },
    });
    await town.advance(3 * 86_400_000);
    const notice = await town.until('the notice', async () =>
      (await town.chat('leader-01')).find((item) => item.title?.includes('7月民情统计')),
    );
    expect(JSON.stringify(notice)).toContain('1 件');
    expect((await town.chat('leader-01')).filter((item) => item.title?.includes('民情统计'))).toHaveLength(1);
  }, 60_000);
});
