import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAdminTown, type AdminTown } from '../../../tests/support/admin.ts';
import { STORES } from '../../../tests/support/stores.ts';
import { HostError, type Host } from '../hosts/index.ts';

describe.each(STORES)('syncing the contacts by hand on $name', (kind) => {
  let all: AdminTown;
  beforeAll(async () => {
    all = await openAdminTown(await kind.create());
  });
  beforeEach(async () => {
    const { host } = all.town;
    host.failure = null;
    await all.empty();
    host.people.clear();
    host.departments.splice(0, host.departments.length, { id: '1', parentId: null, name: '金华市' });
    host.addPerson('admin', '黄志强');
    host.addPerson('county', '章成');
    await all.town.people.contacts.sync(host as unknown as Host);
  });
  afterAll(() => all.close());

  const runs = () => all.town.people.contactRuns;
  const admin = () => all.as(all.ids.admin);
  const read = async () => {
    const id = await runs().begin(await admin(), all.town.host.id, all.request());
    await runs().idle();
    return runs().one(await admin(), id);
  };
  const apply = async (id: string) => {
    await runs().apply(await admin(), id, all.request());
    await runs().idle();
    return runs().one(await admin(), id);
  };
  const groups = (detail: Awaited<ReturnType<typeof read>>) =>
    Object.fromEntries(
      detail.groups.map((group) => [group.kind, group.items.map((item) => [item.name, item.detail])]),
    );

  it('says there is nothing to do when nothing changed', async () => {
    const detail = await read();
    expect(detail).toMatchObject({
      state: 'read',
      stateText: '读了 2 人，没有变化',
      groups: [],
      mayApply: false,
    });
  });

  it('tells who comes, changes and leaves, with the cases they leave behind, and writes nothing', async () => {
    const { host } = all.town;
    host.addPerson('zhou', '周凯');
    host.addPerson('wu', '吴珊', { title: '科员', mobile: '13800001111' });
    await all.town.people.contacts.sync(host as unknown as Host);
    await all.town.store.transact(async (tx) => {
      const person = await tx
        .selectFrom('person')
        .select('id')
        .where('name', '=', '周凯')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('role_grant')
        .values({
          id: 'g-zhou',
          person_id: person.id,
          role: 'handler',
          unit_id: 'traffic',
          area_id: '330700',
          from_at: 0,
          to_at: null,
        })
        .execute();
    });
    await all.openCase('c9');
    host.people.delete('zhou');
    host.addPerson('wu', '吴珊', { title: '科长', mobile: '13800002222' });
    host.addPerson('li', '李强', { title: '办事员' });
    host.departments.push({ id: '2', parentId: '1', name: '交警支队' });
    const detail = await read();
    expect(groups(detail)).toEqual({
      personLeft: [['周凯', '经办人 · 金华市公安局交警支队，不能再登录；1 件在办的民情会没人办']],
      personAdded: [['李强', '办事员']],
      personChanged: [['吴珊', '职务 科员 → 科长，换了手机号']],
      departmentAdded: [['交警支队', '金华市']],
    });
    expect(JSON.stringify(detail)).not.toContain('13800002222');
    expect(detail.mayApply).toBe(true);
    const names = await all.town.store.read((db) =>
      db.selectFrom('person').select(['name', 'active']).execute(),
    );
    expect(names).not.toContainEqual({ name: '李强', active: 1 });
    expect(names).toContainEqual({ name: '周凯', active: 1 });

    const done = await apply(detail.id);
    expect(done).toMatchObject({ state: 'done', mayApply: false });
    expect(done.stateText).toContain('新增 1 人，资料变化 1 人，离开 1 人，部门变化 1 个');
    expect(await all.kinds()).toEqual(expect.arrayContaining(['contacts.left', 'contacts.applied']));
    const grants = await all.town.store.read((db) =>
      db
        .selectFrom('role_grant')
        .innerJoin('person', 'person.id', 'role_grant.person_id')
        .select('person.name')
        .execute(),
    );
    expect(grants.map((row) => row.name)).not.toContain('李强');
    expect((await read()).groups).toEqual([]);
    await expect(runs().apply(await admin(), detail.id, all.request())).rejects.toThrow('已经处理过');
  });

  it('writes nothing when the contacts have changed since they were read', async () => {
    all.town.host.addPerson('li', '李强');
    const detail = await read();
    all.town.host.addPerson('he', '何芳');
    const failed = await apply(detail.id);
    expect(failed).toMatchObject({ state: 'failed', stateText: expect.stringContaining('又有变化') });
    const names = await all.town.store.read((db) => db.selectFrom('person').select('name').execute());
    expect(names.map((row) => row.name)).not.toContain('李强');
  });

  it('refuses what looks like a fault of the host', async () => {
    const { host } = all.town;
    for (let n = 0; n < 50; n += 1) {
      host.addPerson(`u${n}`, `员工${n}`);
    }
    await all.town.people.contacts.sync(host as unknown as Host);
    for (let n = 0; n < 40; n += 1) {
      host.people.delete(`u${n}`);
    }
    const detail = await read();
    expect(detail).toMatchObject({ mayApply: false, blockedText: expect.stringContaining('少了一半以上') });
    await expect(runs().apply(await admin(), detail.id, all.request())).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('says what to do when the host does not let us read', async () => {
    all.town.host.failure = new HostError('denied', '60011', 'no permission');
    expect(await read()).toMatchObject({ state: 'failed', stateText: expect.stringContaining('开通') });
  });

  it('renames a unit that bore its department’s name, and says so before', async () => {
    const { host } = all.town;
    host.departments.push({ id: '2', parentId: '1', name: '金华市公安局交警支队' });
    await all.town.people.contacts.sync(host as unknown as Host);
    await all.town.people.admin.linkDepartment(
      await admin(),
      { hostId: host.id, departmentId: '2', unitId: 'traffic' },
      all.request(),
    );
    host.departments[1] = { id: '2', parentId: '1', name: '金华市交警局' };
    const detail = await read();
    expect(groups(detail)).toMatchObject({ unitRenamed: [['金华市交警局', '原名 金华市公安局交警支队']] });
    await apply(detail.id);
    expect(all.town.people.directory.unit('traffic')?.name).toBe('金华市交警局');
    host.departments[1] = { id: '2', parentId: '1', name: '金华市公安局交警支队' };
    await apply((await read()).id);
    expect(all.town.people.directory.unit('traffic')?.name).toBe('金华市公安局交警支队');
  });

  it('one at a time; a run whose process died says so and holds nobody up', async () => {
    const id = await runs().begin(await admin(), all.town.host.id, all.request());
    await runs().idle();
    await all.town.store.transact((tx) =>
      tx.updateTable('sync_run').set({ state: 'applying' }).where('id', '=', id).execute(),
    );
    await expect(runs().begin(await admin(), all.town.host.id, all.request())).rejects.toThrow('正在进行');
    all.town.clock.machine += 4 * 60_000;
    expect(await runs().one(await admin(), id)).toMatchObject({ state: 'failed', mayApply: false });
    await expect(read()).resolves.toMatchObject({ state: 'read' });
    const overview = await runs().overview(await admin());
    expect(overview.runs.map((run) => run.byText)).toEqual(['黄志强', '黄志强']);
    expect(overview.hosts[0]).toMatchObject({ people: 2, departments: 1 });
  });

  it('is for the administrators nobody stands above or beside', async () => {
    await expect(runs().overview(await all.as(all.ids.county))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      runs().begin(await all.as(all.ids.county), all.town.host.id, all.request(all.ids.county)),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const zhou = await all.town.addPerson('zhou', '周凯', {
      role: 'handler',
      unitId: 'traffic',
      areaId: '330700',
    });
    await expect(runs().overview(await all.as(zhou))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(runs().begin(await admin(), 'nowhere', all.request())).rejects.toMatchObject({
      code: 'notFound',
    });
  });
});
