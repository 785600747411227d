import { describe, expect, it } from 'vitest';
import { STORES } from '../../../../tests/support/stores.ts';
import { reachable } from '../grants.ts';
import { PHONE, handler, request, admin, countyAdmin, linkTown } from '../../../../tests/support/links.ts';

describe.each(STORES)('one person in two messengers on $name', (kind) => {
  const { town, host, personOf, signOn, whoIs, joinGov, identity, grant, open, audited } = linkTown(kind);
  const withPhone = async (userId: string, name: string, mobile: string, role: typeof handler | null) => {
    const id = await town().addPerson(userId, name, role);
    town().host.addPerson(userId, name, { mobile });
    await town().people.contacts.learnPerson(host('host'), userId);
    return id;
  };
  const decided = async () => (await town().people.links.page(admin, { open: false })).items;
  const onlyLink = async () => (await open())[0]?.id ?? '';
  const grants = (personId: string) =>
    town().store.read((db) =>
      db.selectFrom('role_grant').select('id').where('person_id', '=', personId).execute(),
    );

  describe('by a phone number', () => {
    it('is proposed, and is nothing until an administrator confirms it', async () => {
      const zhou = await withPhone('zhou', '周凯', PHONE, handler);
      const gov = await joinGov('GE_1', '周凯', PHONE);
      expect(gov).not.toBe(zhou);
      await expect(signOn('gov', 'GE_1')).rejects.toMatchObject({ code: 'notOnRoster' });
      const [item] = await open();
      expect(item).toMatchObject({
        state: 'proposed',
        wayText: '手机号相同',
        blockedText: '',
        mayDecide: true,
        effectText: '确认后，用浙政钉登录的也是周凯（钉钉）',
      });
      expect(item?.sides.map((side) => side.phone)).toEqual(['138****0001', '138****0001']);

      await town().people.links.confirm(admin, item?.id ?? '', request());
      expect(await personOf('gov1', 'GE_1')).toBe(zhou);
      expect((await identity('gov', 'GE_1')).person).toMatchObject({ id: zhou, name: '周凯' });
      expect((await identity('host', 'zhou')).person.id).toBe(zhou);
      expect(await open()).toEqual([]);
      expect((await decided())[0]).toMatchObject({ state: 'linked', mayUndo: true });
      expect(town().told).toMatchObject([{ what: 'linked', personId: zhou, otherHostId: 'gov1' }]);
      expect(town().told[0]?.accounts).toHaveLength(2);
      expect(await audited()).toEqual([{ kind: 'link.confirmed', subject: zhou }]);
    });

    it('survives every sync unconfirmed: the same number alone links nobody', async () => {
      await withPhone('zhou', '周凯', PHONE, handler);
      await joinGov('GE_1', '周凯', PHONE);
      await town().people.contacts.sync(host('gov'));
      await town().people.contacts.sync(host('host'));
      expect(await personOf('gov1', 'GE_1')).not.toBe(await personOf('host1', 'zhou'));
      expect(await open()).toHaveLength(1);
    });

    it('brings the roles of who never used the app, and takes exactly these back', async () => {
      const zhou = await withPhone('zhou', '周凯', PHONE, handler);
      await signOn('host', 'zhou');
      const gov = await joinGov('GE_1', '周凯', PHONE);
      await grant('g1', gov, 'head');
      const link = await onlyLink();
      expect((await open())[0]?.effectText).toContain('浙政钉那边的 1 个角色一起过来');
      await town().people.links.confirm(admin, link, request());
      expect((await identity('gov', 'GE_1')).actor.grants.map((grant) => grant.role)).toEqual([
        'handler',
        'head',
      ]);
      const session = await signOn('gov', 'GE_1');
      await town().people.links.undo(admin, link, request());
      expect(await whoIs(session.secret)).toBeUndefined();
      expect(await grants(zhou)).toHaveLength(1);
      expect(await grants(gov)).toEqual([{ id: 'g1' }]);
      expect((await identity('gov', 'GE_1')).person.id).toBe(gov);
      expect(await open()).toEqual([]);
    });

    it('is refused once and for all, and stays refused when the number comes again', async () => {
      await withPhone('zhou', '周凯', PHONE, handler);
      await joinGov('GE_1', '周凯', PHONE);
      await town().people.links.refuse(admin, await onlyLink(), request());
      town().gov.people.delete('GE_1');
      await town().people.contacts.learnPerson(host('gov'), 'GE_1');
      await joinGov('GE_1', '周凯', PHONE);
      expect(await open()).toEqual([]);
      expect((await decided())[0]).toMatchObject({
        state: 'refused',
        effectText: expect.stringContaining('不是同一个人'),
      });
    });

    it('is not confirmed where the numbers differ by now, both have a past, or one organisation knows both', async () => {
      await withPhone('zhou', '周凯', PHONE, handler);
      const gov = await joinGov('GE_1', '周凯', PHONE);
      const link = await onlyLink();
      await grant('g1', gov, 'handler');
      await signOn('host', 'zhou');
      await signOn('gov', 'GE_1');
      expect((await open())[0]?.blockedText).toContain('不能并成一个人');
      await expect(town().people.links.confirm(admin, link, request())).rejects.toMatchObject({
        code: 'conflict',
      });
      town().gov.addPerson('GE_1', '周凯', { mobile: '13900000009' });
      await town().people.contacts.learnPerson(host('gov'), 'GE_1');
      await expect(town().people.links.confirm(admin, link, request())).rejects.toThrow('手机号已经不一样');
      // Two accounts with one number in the same organisation are not even proposed.
      await withPhone('wu', '吴珊', '13700000001', handler);
      await withPhone('wu2', '吴珊', '13700000001', null);
      expect(await open()).toEqual([]);
    });

    it('is decided by who answers for all the roles only, and shown to no other area', async () => {
      await withPhone('zhou', '周凯', PHONE, handler);
      await joinGov('GE_1', '周凯', PHONE);
      const link = await onlyLink();
      expect(await open(countyAdmin)).toEqual([]);
      for (const act of ['confirm', 'refuse', 'undo'] as const) {
        await expect(town().people.links[act](countyAdmin, link, request())).rejects.toMatchObject({
          code: 'forbidden',
        });
        await expect(
          town().people.links[act]({ ...admin, grants: [handler] }, link, request()),
        ).rejects.toMatchObject({ code: 'forbidden' });
      }
    });
  });

  describe('afterwards', () => {
    async function both(): Promise<string> {
      const zhou = await withPhone('zhou', '周凯', PHONE, handler);
      await joinGov('GE_1', '周凯', PHONE);
      await town().people.links.confirm(admin, await onlyLink(), request());
      return zhou;
    }
    const accountsOf = async (personId: string) =>
      (await town().store.read((db) => reachable(db, [personId])))[0]?.accounts.map(
        (account) => account.hostId,
      );

    it('is told where they were last seen', async () => {
      const zhou = await both();
      await signOn('gov', 'GE_1');
      expect(await accountsOf(zhou)).toEqual(['gov1', 'host1']);
      town().clock.machine += 60_000;
      await signOn('host', 'zhou');
      expect(await accountsOf(zhou)).toEqual(['host1', 'gov1']);
    });

    it('keeps the name and title of the account they had first, whatever the other organisation says', async () => {
      const zhou = await both();
      town().gov.addPerson('GE_1', '周凯（借调）', { title: '借调干部', mobile: PHONE });
      await town().people.contacts.sync(host('gov'));
      const named = () =>
        town().store.read((db) =>
          db.selectFrom('person').select(['name', 'active']).where('id', '=', zhou).executeTakeFirst(),
        );
      expect(await named()).toEqual({ name: '周凯', active: 1 });
      town().host.people.delete('zhou');
      await town().people.contacts.sync(host('host'));
      await town().people.contacts.sync(host('gov'));
      expect(await named()).toEqual({ name: '周凯（借调）', active: 1 });
    });

    it('who leaves one organisation loses its sessions and stays in the other', async () => {
      const zhou = await both();
      const [there, here] = [await signOn('host', 'zhou'), await signOn('gov', 'GE_1')];
      town().host.people.delete('zhou');
      await town().people.contacts.learnPerson(host('host'), 'zhou');
      expect(await whoIs(there.secret)).toBeUndefined();
      expect((await whoIs(here.secret))?.person.id).toBe(zhou);
      expect(await accountsOf(zhou)).toEqual(['gov1']);
      town().gov.addPerson('GE_1', '周凯', { active: false });
      await town().people.contacts.learnPerson(host('gov'), 'GE_1');
      expect(await whoIs(here.secret)).toBeUndefined();
      await expect(signOn('gov', 'GE_1')).rejects.toMatchObject({ code: 'notOnRoster' });
    });
  });
});
