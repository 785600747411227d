import { describe, expect, it } from 'vitest';
import { STORES } from '../../../../tests/support/stores.ts';
import { handler, linkTown, request } from '../../../../tests/support/links.ts';

describe.each(STORES)('a code for another messenger on $name', (kind) => {
  const { town, personOf, signOn, whoIs, joinGov, identity, grant, open, audited } = linkTown(kind);

  describe('by a code', () => {
    const codeOf = async (userId = 'zhou') =>
      (await town().people.links.makeCode(await identity('host', userId))).code;
    const tries = async (code: string, userId = 'GE_1') => {
      const account = await town().store.read((db) =>
        db
          .selectFrom('account')
          .select(['id', 'person_id'])
          .where('user_id', '=', userId)
          .executeTakeFirstOrThrow(),
      );
      return town().people.links.useCode(
        { accountId: account.id, hostId: 'gov1', personId: account.person_id, address: '10.0.0.9' },
        code,
      );
    };

    it('somebody without a role here is signed on as who they are there, and both sides are told', async () => {
      const zhou = await town().addPerson('zhou', '周凯', handler);
      await joinGov('GE_1', '周 凯');
      const code = await codeOf();
      expect(code).toMatch(/^\d{9}$/);
      const session = await signOn('gov', 'GE_1', { linkCode: `${code.slice(0, 3)} ${code.slice(3)}` });
      expect((await whoIs(session.secret))?.person.id).toBe(zhou);
      expect(town().told).toMatchObject([{ what: 'linked', personId: zhou }]);
      expect(town().told[0]?.accounts).toHaveLength(2);
      const mine = await town().people.links.mine(await identity('gov', 'GE_1'));
      expect(mine).toMatchObject({
        accounts: [
          { hostName: '钉钉', here: false, mayLeave: false },
          { hostName: '浙政钉', here: true, mayLeave: true },
        ],
        others: [],
      });
      await expect(codeOf()).rejects.toThrow('已经有账号');
    });

    it('somebody the contacts never named is learned first', async () => {
      const zhou = await town().addPerson('zhou', '周凯', handler);
      town().gov.addPerson('GE_1', '周凯');
      const session = await signOn('gov', 'GE_1', { linkCode: await codeOf() });
      expect((await whoIs(session.secret))?.person.id).toBe(zhou);
    });

    it('is used once, lives ten minutes, and a new one ends the old one', async () => {
      await town().addPerson('zhou', '周凯', handler);
      await joinGov('GE_1', '周凯');
      await joinGov('GE_2', '周凯');
      const old = await codeOf();
      const code = await codeOf();
      await expect(signOn('gov', 'GE_1', { linkCode: old })).rejects.toThrow('关联码不对或已过期');
      await signOn('gov', 'GE_1', { linkCode: code });
      await expect(signOn('gov', 'GE_2', { linkCode: code })).rejects.toThrow('关联码不对或已过期');
      await town().addPerson('wu', '吴珊', handler);
      await joinGov('GE_3', '吴珊');
      const late = await codeOf('wu');
      town().clock.machine += 10 * 60_000;
      await expect(signOn('gov', 'GE_3', { linkCode: late })).rejects.toThrow('关联码不对或已过期');
    });

    it('two who type it at the same moment are not both let in', async () => {
      await town().addPerson('zhou', '周凯', handler);
      await joinGov('GE_1', '周凯');
      await joinGov('GE_2', '周凯');
      const code = await codeOf();
      const results = await Promise.allSettled([tries(code, 'GE_1'), tries(code, 'GE_2')]);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      expect(
        await town().store.read((db) =>
          db.selectFrom('account').select('id').where('linked', '=', 1).execute(),
        ),
      ).toHaveLength(1);
    });

    it('of somebody with another name gets nothing, is used up, and its owner is told', async () => {
      const zhou = await town().addPerson('zhou', '周凯', handler);
      const thief = await joinGov('GE_9', '贾某');
      const code = await codeOf();
      await expect(signOn('gov', 'GE_9', { linkCode: code })).rejects.toThrow('姓名不一样');
      expect(await personOf('gov1', 'GE_9')).toBe(thief);
      expect(town().told).toMatchObject([{ what: 'misused', personId: zhou, otherHostId: 'gov1' }]);
      await joinGov('GE_1', '周凯');
      await expect(signOn('gov', 'GE_1', { linkCode: code })).rejects.toThrow('关联码不对或已过期');
      expect((await audited()).map((row) => row.kind)).toEqual(['link.misused']);
    });

    it('typed where it was shown is refused and stays good for the other side', async () => {
      await town().addPerson('zhou', '周凯', handler);
      await town().addPerson('zhou2', '周凯', null);
      await joinGov('GE_1', '周凯');
      const code = await codeOf();
      await expect(signOn('host', 'zhou2', { linkCode: code })).rejects.toThrow('要在另一个平台里输入');
      await signOn('gov', 'GE_1', { linkCode: code });
    });

    it('guesses end after five a minute, for the account and through every door', async () => {
      await town().addPerson('zhou', '周凯', handler);
      await joinGov('GE_1', '周凯');
      const code = await codeOf();
      const wrong = String((Number(code) + 1) % 1e9).padStart(9, '0');
      for (let guess = 0; guess < 5; guess += 1) {
        await expect(tries(wrong)).rejects.toMatchObject({ code: 'invalidInput' });
      }
      await expect(tries(code)).rejects.toMatchObject({ code: 'tooManySignOns' });
      await expect(signOn('gov', 'GE_1', { linkCode: code })).rejects.toMatchObject({
        code: 'tooManySignOns',
      });
      town().clock.machine += 60_000;
      expect((await tries(code)).state).toBe('linked');
    });

    it('never joins two who both hold roles, nor anybody with an administrator: that is asked for', async () => {
      await town().addPerson('zhou', '周凯', handler);
      const gov = await joinGov('GE_1', '周凯');
      await grant('g1', gov, 'handler');
      expect(await tries(await codeOf())).toMatchObject({
        state: 'proposed',
        text: expect.stringContaining('请管理员确认'),
      });
      expect(await personOf('gov1', 'GE_1')).toBe(gov);
      expect((await open())[0]).toMatchObject({ wayText: '本人在另一个平台输了关联码', mayDecide: true });

      await town().addPerson('boss', '黄志强', { role: 'admin', areaId: '330700' });
      await joinGov('GE_2', '黄志强');
      await expect(signOn('gov', 'GE_2', { linkCode: await codeOf('boss') })).rejects.toThrow('请管理员确认');
      await expect(signOn('gov', 'GE_2')).rejects.toMatchObject({ code: 'notOnRoster' });
      expect(await open()).toHaveLength(2);
    });

    it('is taken back by oneself, and a stranger’s account is not', async () => {
      const zhou = await town().addPerson('zhou', '周凯', handler);
      await town().addPerson('wu', '吴珊', handler);
      await joinGov('GE_1', '周凯');
      const session = await signOn('gov', 'GE_1', { linkCode: await codeOf() });
      const me = await identity('host', 'zhou');
      const linked =
        (await town().people.links.mine(me)).accounts.find((account) => account.mayLeave)?.id ?? '';
      await expect(
        town().people.links.leave(await identity('host', 'wu'), linked, request()),
      ).rejects.toMatchObject({ code: 'conflict' });
      await town().people.links.leave(me, linked, request());
      expect(await whoIs(session.secret)).toBeUndefined();
      await expect(signOn('gov', 'GE_1')).rejects.toMatchObject({ code: 'notOnRoster' });
      expect((await identity('host', 'zhou')).person.id).toBe(zhou);
      expect(town().told.map((news) => news.what)).toEqual(['linked', 'undone']);
    });
  });
});
