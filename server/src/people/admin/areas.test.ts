import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../../tests/support/stores.ts';
import { CITY, COUNTY, openAdminTown, type AdminTown } from '../../../../tests/support/admin.ts';

describe.each(STORES)('areas and units in 管理 on $name', (kind) => {
  let all: AdminTown;
  beforeAll(async () => {
    all = await openAdminTown(await kind.create());
  });
  beforeEach(() => all.empty());
  afterAll(() => all.close());

  describe('areas', () => {
    it('shows the tree from the administrator’s own area down, with what each lacks', async () => {
      const { items } = await all.town.people.admin.areas(await all.as(all.ids.admin));
      expect(items.map((area) => [area.id, area.parentId, area.units, area.borrowed])).toEqual([
        [CITY, null, 3, false],
        [COUNTY, CITY, 1, true],
      ]);
      expect(
        (await all.town.people.admin.areas(await all.as(all.ids.county))).items.map((area) => area.id),
      ).toEqual([COUNTY]);
      expect(items.every((area) => area.warnings.length === 0 && !area.removable)).toBe(true);
    });

    it('adds, renames and removes one again; each is in the log', async () => {
      const wanted = {
        code: '330703',
        name: '金东区',
        tier: 'county',
        parentId: CITY,
        prefix: 'JD',
      } as const;
      const once = all.request();
      await all.town.people.admin.addArea(await all.as(all.ids.admin), wanted, once);
      await all.town.people.admin.addArea(await all.as(all.ids.admin), wanted, once);
      await all.town.people.admin.changeArea(
        await all.as(all.ids.admin),
        '330703',
        { name: '金东新区', prefix: 'JX' },
        all.request(),
      );
      const added = (await all.town.people.admin.areas(await all.as(all.ids.admin))).items.find(
        (area) => area.id === '330703',
      );
      expect(added).toMatchObject({ name: '金东新区', prefix: 'JX', removable: true });
      await all.town.people.admin.removeArea(await all.as(all.ids.admin), '330703', all.request());
      expect((await all.town.people.admin.areas(await all.as(all.ids.admin))).items).toHaveLength(2);
      expect(await all.kinds()).toEqual(['area.added', 'area.changed', 'area.removed']);
    });

    it('names every field that is wrong at once, and keeps nothing', async () => {
      const wanted = { code: COUNTY, name: '金华市', tier: 'city', parentId: CITY, prefix: 'WC' } as const;
      await expect(
        all.town.people.admin.addArea(await all.as(all.ids.admin), wanted, all.request()),
      ).rejects.toMatchObject({
        code: 'invalidInput',
        errors: [{ path: 'name' }, { path: 'prefix' }, { path: 'tier' }, { path: 'code' }],
      });
      expect(await all.kinds()).toEqual([]);
    });

    it('is refused outside one’s own areas, and for one that is in use', async () => {
      const wanted = {
        code: '330799',
        name: '开发区',
        tier: 'county',
        parentId: CITY,
        prefix: 'KF',
      } as const;
      await expect(
        all.town.people.admin.addArea(await all.as(all.ids.county), wanted, all.request(all.ids.county)),
      ).rejects.toMatchObject({
        code: 'forbidden',
      });
      await expect(
        all.town.people.admin.removeArea(await all.as(all.ids.admin), COUNTY, all.request()),
      ).rejects.toMatchObject({
        code: 'conflict',
      });
      await expect(
        all.town.people.admin.changeArea(
          await all.as(all.ids.admin),
          '330000',
          { name: '浙江', prefix: 'ZJ' },
          all.request(),
        ),
      ).rejects.toMatchObject({ code: 'forbidden' });
    });
  });

  describe('units', () => {
    it('lists those of the areas and says what each lacks', async () => {
      await all.town.addPerson('zhou', '周凯', { role: 'handler', unitId: 'traffic', areaId: CITY });
      const page = await all.town.people.admin.units(await all.as(all.ids.admin), { state: 'active' });
      expect(page.items.map((unit) => unit.id)).toEqual(['cppcc', 'office', 'traffic', 'cppcc-wc']);
      expect(page.items.find((unit) => unit.id === 'traffic')).toMatchObject({
        staffText: '1 位经办人',
        warnings: [expect.stringContaining('没有负责人')],
      });
      expect(page.lacking).toBe(4);
      expect(
        (await all.town.people.admin.units(await all.as(all.ids.admin), { state: 'lacking', q: '交警' }))
          .items,
      ).toHaveLength(1);
      expect(
        (await all.town.people.admin.units(await all.as(all.ids.admin), { state: 'stopped' })).items.map(
          (u) => u.id,
        ),
      ).toEqual(['closed']);
      expect(
        (await all.town.people.admin.units(await all.as(all.ids.county), { state: 'active' })).items.map(
          (u) => u.id,
        ),
      ).toEqual(['cppcc-wc']);
    });

    it('adds and changes one; type and area stay once somebody belongs to it', async () => {
      const wanted = { name: '金华市教育局', shortName: '教育局', type: 'department', areaId: CITY } as const;
      const id = await all.town.people.admin.addUnit(await all.as(all.ids.admin), wanted, all.request());
      const moved = { ...wanted, areaId: COUNTY, headApproval: 'yes' } as const;
      await all.town.people.admin.changeUnit(await all.as(all.ids.admin), id, moved, all.request());
      expect(await all.town.people.admin.unit(await all.as(all.ids.admin), id)).toMatchObject({
        area: { id: COUNTY },
        headApproval: 'yes',
        movable: true,
      });
      expect(all.town.people.directory.unit(id)?.headApproval).toBe(true);
      await all.town.addPerson('hand', '钱进', { role: 'handler', unitId: id, areaId: COUNTY });
      await expect(
        all.town.people.admin.changeUnit(
          await all.as(all.ids.admin),
          id,
          { ...moved, areaId: CITY },
          all.request(),
        ),
      ).rejects.toMatchObject({ errors: [{ path: 'areaId' }] });
      await expect(
        all.town.people.admin.addUnit(await all.as(all.ids.admin), wanted, all.request()),
      ).rejects.toMatchObject({
        errors: [{ path: 'name', message: '已经有同名的单位' }],
      });
      await all.town.store.transact((tx) => tx.deleteFrom('unit').where('id', '=', id).execute());
      await all.town.people.directory.refresh();
    });

    it('keeps one committee and one dispatch office in an area', async () => {
      const second = { name: '金华市政协二', shortName: '二', type: 'committee', areaId: CITY } as const;
      await expect(
        all.town.people.admin.addUnit(await all.as(all.ids.admin), second, all.request()),
      ).rejects.toMatchObject({
        errors: [{ path: 'type', message: expect.stringContaining('金华市政协') }],
      });
    });

    it('is stopped only by who has seen the cases it works on, and comes back', async () => {
      await all.openCase('c1');
      const impact = await all.town.people.admin.impactOfStopping(await all.as(all.ids.admin), 'traffic');
      expect(impact).toMatchObject({ stranded: 1, cases: [{ id: 'c1', stateLabel: '办理中' }] });
      await expect(
        all.town.people.admin.setUnitActive(await all.as(all.ids.admin), 'traffic', false, 0, all.request()),
      ).rejects.toMatchObject({ code: 'conflict', title: expect.stringContaining('1 件') });
      await all.town.people.admin.setUnitActive(
        await all.as(all.ids.admin),
        'traffic',
        false,
        1,
        all.request(),
      );
      expect(all.town.people.directory.units().map((unit) => unit.id)).not.toContain('traffic');
      await all.town.people.admin.setUnitActive(
        await all.as(all.ids.admin),
        'traffic',
        true,
        0,
        all.request(),
      );
      expect(all.town.people.directory.units().map((unit) => unit.id)).toContain('traffic');
      expect(await all.kinds()).toEqual(['unit.stopped', 'unit.resumed']);
    });

    it('of another administrator is not there', async () => {
      await expect(all.town.people.admin.unit(await all.as(all.ids.county), 'traffic')).rejects.toMatchObject(
        { code: 'notFound' },
      );
      await expect(
        all.town.people.admin.setUnitActive(
          await all.as(all.ids.county),
          'traffic',
          false,
          0,
          all.request(all.ids.county),
        ),
      ).rejects.toMatchObject({ code: 'notFound' });
    });
  });

  describe('departments', () => {
    it('stand for a unit, suggest its people, and cannot be taken from another administrator', async () => {
      const wu = await all.town.addPerson('wu', '吴珊', null);
      await all.town.store.transact(async (tx) => {
        await tx
          .insertInto('host_department')
          .values([
            {
              host_id: all.town.host.id,
              department_id: '1',
              parent_id: null,
              name: '金华市',
              unit_id: null,
              synced_at: 1,
            },
            {
              host_id: all.town.host.id,
              department_id: '2',
              parent_id: '1',
              name: '交警支队',
              unit_id: null,
              synced_at: 1,
            },
          ])
          .execute();
        const account = await tx
          .selectFrom('account')
          .select('id')
          .where('person_id', '=', wu)
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('account_department')
          .values({ account_id: account.id, department_id: '2' })
          .execute();
      });
      const link = { hostId: all.town.host.id, departmentId: '2', unitId: 'traffic' };
      await all.town.people.admin.linkDepartment(await all.as(all.ids.admin), link, all.request());
      const unit = await all.town.people.admin.unit(await all.as(all.ids.admin), 'traffic');
      expect(unit.departments).toMatchObject([{ name: '交警支队', path: '金华市', people: 1 }]);
      expect(unit.suggestions.map((one) => one.name)).toEqual(['吴珊']);
      await expect(
        all.town.people.admin.linkDepartment(
          await all.as(all.ids.admin),
          { ...link, unitId: 'office' },
          all.request(),
        ),
      ).rejects.toThrow('已经对应金华市公安局交警支队');
      await expect(
        all.town.people.admin.linkDepartment(
          await all.as(all.ids.county),
          { ...link, unitId: null },
          all.request(all.ids.county),
        ),
      ).rejects.toMatchObject({ code: 'forbidden' });
      expect(
        (await all.town.people.admin.departments(await all.as(all.ids.admin), '交警')).map(
          (one) => one.unit?.id,
        ),
      ).toEqual(['traffic']);
      await all.town.people.admin.giveGrant(await all.as(all.ids.admin), all.grant(wu, {}), all.request());
      expect((await all.town.people.admin.unit(await all.as(all.ids.admin), 'traffic')).suggestions).toEqual(
        [],
      );
    });
  });
});
