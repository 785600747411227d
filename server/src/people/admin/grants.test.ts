import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../../tests/support/stores.ts';
import { CITY, openAdminTown, type AdminTown } from '../../../../tests/support/admin.ts';

describe.each(STORES)('people and roles in 管理 on $name', (kind) => {
  let all: AdminTown;
  beforeAll(async () => {
    all = await openAdminTown(await kind.create());
  });
  beforeEach(() => all.empty());
  afterAll(() => all.close());

  describe('roles', () => {
    it('gives one for a time, tells cards to follow, and refuses it twice', async () => {
      const wu = await all.town.addPerson('wu', '吴珊', null);
      await all.town.people.admin.giveGrant(
        await all.as(all.ids.admin),
        all.grant(wu, { toDate: '2026-07-10' }),
        all.request(),
      );
      const detail = await all.town.people.admin.person(await all.as(all.ids.admin), wu);
      expect(detail.grants).toMatchObject([
        { role: 'handler', state: 'running', fromDate: '2026-07-07', toDate: '2026-07-10', mayEnd: true },
      ]);
      const changes = await all.town.store.read((db) =>
        db.selectFrom('holding_change').selectAll().execute(),
      );
      expect(changes.map((row) => [row.cause, row.unit_id])).toEqual([
        ['grant', 'traffic'],
        ['grant', 'traffic'],
      ]);
      await expect(
        all.town.people.admin.giveGrant(
          await all.as(all.ids.admin),
          all.grant(wu, { fromDate: '2026-07-10' }),
          all.request(),
        ),
      ).rejects.toThrow('已经是金华市公安局交警支队的经办人');
      await all.town.people.admin.giveGrant(
        await all.as(all.ids.admin),
        all.grant(wu, { fromDate: '2026-07-11' }),
        all.request(),
      );
    });

    it.each([
      [{ role: 'reviewer' as const }, 'unitId', '要在政协'],
      [{ unitId: null }, 'unitId', '要选一个单位'],
      [{ unitId: 'closed' }, 'unitId', '已经停用'],
      [{ role: 'inspector' as const }, 'areaId', '要选一个地区'],
      [{ fromDate: '2026-07-06' }, 'fromDate', '已经过去'],
      [{ fromDate: 'soon' }, 'fromDate', '请选一个日期'],
      [{ fromDate: '2026-07-20', toDate: '2026-07-10' }, 'toDate', '在开始之后'],
    ])('refuses %j and names the field', async (change, path, words) => {
      const wu = await all.town.addPerson('wu', '吴珊', null);
      await expect(
        all.town.people.admin.giveGrant(await all.as(all.ids.admin), all.grant(wu, change), all.request()),
      ).rejects.toMatchObject({
        code: 'invalidInput',
        errors: [{ path, message: expect.stringContaining(words) }],
      });
    });

    it('is not given beyond one’s own area, nor to somebody who left', async () => {
      const wu = await all.town.addPerson('wu', '吴珊', null);
      await expect(
        all.town.people.admin.giveGrant(
          await all.as(all.ids.county),
          all.grant(wu, {}),
          all.request(all.ids.county),
        ),
      ).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(
        all.town.people.admin.giveGrant(
          await all.as(all.ids.county),
          all.grant(wu, { role: 'admin', unitId: null, areaId: CITY }),
          all.request(all.ids.county),
        ),
      ).rejects.toMatchObject({ code: 'forbidden' });
      await all.town.store.transact((tx) =>
        tx.updateTable('person').set({ active: 0 }).where('id', '=', wu).execute(),
      );
      await expect(
        all.town.people.admin.giveGrant(await all.as(all.ids.admin), all.grant(wu, {}), all.request()),
      ).rejects.toThrow('已经离开');
    });

    it('names the cases that would be left without anybody, and wants that number back', async () => {
      const zhou = await all.town.addPerson('zhou', '周凯', {
        role: 'handler',
        unitId: 'traffic',
        areaId: CITY,
      });
      await all.openCase('c2');
      const [own] = (await all.town.people.admin.person(await all.as(all.ids.admin), zhou)).grants;
      const alone = await all.town.people.admin.impactOfGrant(await all.as(all.ids.admin), own!.id, null);
      expect(alone).toMatchObject({ stranded: 1, cases: [{ id: 'c2' }] });
      await expect(
        all.town.people.admin.endGrant(
          await all.as(all.ids.admin),
          own!.id,
          { toDate: null, seen: 0 },
          all.request(),
        ),
      ).rejects.toThrow('1 件民情没人办');
      await all.town.addPerson('second', '杜明', { role: 'handler', unitId: 'traffic', areaId: CITY });
      const covered = await all.town.people.admin.impactOfGrant(await all.as(all.ids.admin), own!.id, null);
      expect(covered).toMatchObject({ stranded: 0, cases: [], sentences: [expect.stringContaining('杜明')] });
      await all.town.people.admin.endGrant(
        await all.as(all.ids.admin),
        own!.id,
        { toDate: null, seen: 0 },
        all.request(),
      );
      expect((await all.town.people.admin.person(await all.as(all.ids.admin), zhou)).grants).toMatchObject([
        { state: 'over', mayEnd: false },
      ]);
    });

    it('ends at a day to come, and counts who will be there then', async () => {
      const zhou = await all.town.addPerson('zhou', '周凯', {
        role: 'handler',
        unitId: 'traffic',
        areaId: CITY,
      });
      const [own] = (await all.town.people.admin.person(await all.as(all.ids.admin), zhou)).grants;
      await all.town.people.admin.endGrant(
        await all.as(all.ids.admin),
        own!.id,
        { toDate: '2026-07-10', seen: 0 },
        all.request(),
      );
      expect((await all.town.people.admin.person(await all.as(all.ids.admin), zhou)).grants).toMatchObject([
        { state: 'running', toDate: '2026-07-10' },
      ]);
    });

    it('ends all of a person at once', async () => {
      const zhou = await all.town.addPerson('zhou', '周凯', {
        role: 'handler',
        unitId: 'traffic',
        areaId: CITY,
      });
      await all.town.people.admin.giveGrant(
        await all.as(all.ids.admin),
        all.grant(zhou, { role: 'head' }),
        all.request(),
      );
      expect(
        (await all.town.people.admin.impactOfLeaving(await all.as(all.ids.admin), zhou)).sentences,
      ).toHaveLength(2);
      await all.town.people.admin.endAllGrants(await all.as(all.ids.admin), zhou, 0, all.request());
      expect(await all.town.people.acting(zhou)).toMatchObject({ actor: { grants: [] } });
    });

    it('keeps the last administrator of an area, unless one further up can act', async () => {
      const own = (await all.town.people.admin.person(await all.as(all.ids.admin), all.ids.admin)).grants[0]!
        .id;
      await expect(
        all.town.people.admin.endGrant(
          await all.as(all.ids.admin),
          own,
          { toDate: null, seen: 0 },
          all.request(),
        ),
      ).rejects.toThrow('最后一位管理员');
      await expect(
        all.town.people.admin.endAllGrants(await all.as(all.ids.admin), all.ids.admin, 0, all.request()),
      ).rejects.toThrow('最后一位管理员');
      const countyGrant = (await all.town.people.admin.person(await all.as(all.ids.admin), all.ids.county))
        .grants[0]!.id;
      await all.town.people.admin.endGrant(
        await all.as(all.ids.admin),
        countyGrant,
        { toDate: null, seen: 0 },
        all.request(),
      );
      const second = await all.town.addPerson('second', '宋敏', null);
      const wanted = all.grant(second, { role: 'admin', unitId: null, areaId: CITY });
      await all.town.people.admin.giveGrant(await all.as(all.ids.admin), wanted, all.request());
      await all.town.people.admin.endGrant(
        await all.as(all.ids.admin),
        own,
        { toDate: null, seen: 0 },
        all.request(),
      );
    });

    it('a member’s brings the membership, which can be put right', async () => {
      const lin = await all.town.addPerson('lin', '林淑芬', null);
      const wanted = all.grant(lin, { role: 'member', unitId: 'cppcc', sector: '教育', term: '第八届' });
      await all.town.people.admin.giveGrant(await all.as(all.ids.admin), wanted, all.request());
      const [membership] = (await all.town.people.admin.person(await all.as(all.ids.admin), lin)).memberships;
      expect(membership).toMatchObject({ sector: '教育', term: '第八届', state: 'running', mayEdit: true });
      const change = { sector: '教育界', specialCommittee: '提案委', term: '第八届' };
      await all.town.people.admin.changeMembership(
        await all.as(all.ids.admin),
        membership!.id,
        change,
        all.request(),
      );
      await expect(
        all.town.people.admin.changeMembership(
          await all.as(all.ids.county),
          membership!.id,
          change,
          all.request(all.ids.county),
        ),
      ).rejects.toMatchObject({ code: 'notFound' });
      expect(
        (await all.town.people.admin.person(await all.as(all.ids.admin), lin)).memberships,
      ).toMatchObject([change]);
    });
  });

  describe('people', () => {
    const find = async (q: string, who = all.ids.admin, state: 'all' | 'without' | 'left' = 'all') =>
      (await all.town.people.admin.people(await all.as(who), { q, state })).items.map((item) => item.name);

    it('are found by name, account and whole number, within one’s areas', async () => {
      const id = await all.town.people.admin.addPerson(
        await all.as(all.ids.admin),
        { name: '欧阳修', title: '科长', phone: '13800001234', hostId: all.town.host.id, userId: 'ouyang' },
        all.request(),
      );
      expect(await find('欧阳')).toEqual(['欧阳修']);
      expect(await find('ouyang')).toEqual(['欧阳修']);
      expect(await find('138 0000 1234')).toEqual(['欧阳修']);
      expect(await find('修')).toEqual([]);
      expect((await all.town.people.admin.person(await all.as(all.ids.admin), id)).phone).toBe('138****1234');
      await all.town.people.admin.giveGrant(await all.as(all.ids.admin), all.grant(id, {}), all.request());
      expect(await find('欧阳', all.ids.county)).toEqual([]);
      expect(await find('13800001234', all.ids.county)).toEqual(['欧阳修']);
      expect((await all.town.people.admin.person(await all.as(all.ids.county), id)).grants).toEqual([]);
    });

    it('without a role are listed apart', async () => {
      await all.town.addPerson('wu', '吴珊', null);
      await all.town.addPerson('zhou', '周凯', { role: 'handler', unitId: 'traffic', areaId: CITY });
      expect(await find('', all.ids.admin, 'without')).toEqual(['吴珊']);
      expect(
        (await all.town.people.admin.people(await all.as(all.ids.admin), { state: 'all', role: 'handler' }))
          .items,
      ).toHaveLength(1);
      expect(
        (await all.town.people.admin.people(await all.as(all.ids.admin), { state: 'all', unitId: 'office' }))
          .items,
      ).toEqual([]);
    });

    it('are changed only where the contacts do not bring them, and only by who has all their areas', async () => {
      const wu = await all.town.addPerson('wu', '吴珊', null);
      const change = { name: '吴珊珊', title: '', phone: '' };
      await expect(
        all.town.people.admin.changePerson(await all.as(all.ids.admin), wu, change, all.request()),
      ).rejects.toMatchObject({
        code: 'forbidden',
      });
      await all.town.store.transact((tx) =>
        tx.updateTable('account').set({ union_id: '' }).where('person_id', '=', wu).execute(),
      );
      await all.town.people.admin.changePerson(await all.as(all.ids.admin), wu, change, all.request());
      expect((await all.town.people.admin.person(await all.as(all.ids.admin), wu)).name).toBe('吴珊珊');
      await all.town.people.admin.giveGrant(await all.as(all.ids.admin), all.grant(wu, {}), all.request());
      await expect(
        all.town.people.admin.changePerson(
          await all.as(all.ids.county),
          wu,
          change,
          all.request(all.ids.county),
        ),
      ).rejects.toThrow('上一级');
      await expect(
        all.town.people.admin.changePerson(
          await all.as(all.ids.admin),
          wu,
          { ...change, phone: '123' },
          all.request(),
        ),
      ).rejects.toMatchObject({ errors: [{ path: 'phone' }] });
    });

    it('are added once an account', async () => {
      const wanted = { name: '吴珊', title: '', phone: '', hostId: all.town.host.id, userId: 'admin' };
      await expect(
        all.town.people.admin.addPerson(await all.as(all.ids.admin), wanted, all.request()),
      ).rejects.toThrow('已经是黄志强的');
    });
  });

  it('is closed to everybody else', async () => {
    const zhou = await all.town.addPerson('zhou', '周凯', { role: 'leader', areaId: '330000' });
    const actor = await all.as(zhou);
    await expect(all.town.people.admin.areas(actor)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(all.town.people.admin.units(actor, { state: 'active' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(all.town.people.admin.people(actor, { state: 'all' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(all.town.people.admin.person(actor, all.ids.admin)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(
      all.town.people.admin.giveGrant(actor, all.grant(zhou, {}), all.request(zhou)),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
