import type { Actor } from '@minqing/shared/workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import {
  at,
  CITY,
  COUNTY,
  messages,
  openCatalogue,
  OTHER_CITY,
  refusal,
  type CatalogueTown,
} from '../../../tests/support/catalogue.ts';

describe.each(STORES)('lines of the catalogue on $name', (kind) => {
  let opened: CatalogueTown;
  let town: CatalogueTown['town'];
  let catalogue: CatalogueTown['catalogue'];
  let admin: CatalogueTown['admin'];
  let actor: CatalogueTown['actor'];
  beforeEach(async () => {
    opened = await openCatalogue(kind);
    ({ town, catalogue, admin, actor } = opened);
  });
  afterEach(() => opened.close());

  describe('the dispatch catalogue', () => {
    const entry = (more: object = {}) => ({
      categoryId: 'traffic',
      keywords: ['红绿灯', '配时'],
      placeAreaId: null,
      unitId: 'traffic',
      basis: '道路交通安全法第 5 条',
      ...more,
    });

    it('holds in the area and below where the unit lies, and leaves out a unit that was closed', async () => {
      await catalogue.admin.save(admin, at('dispatch', 'e1'), entry());
      expect(catalogue.dispatchEntries(CITY)).toMatchObject([{ id: 'e1', areaId: CITY, ...entry() }]);
      expect(catalogue.dispatchEntries(COUNTY)).toEqual([]);
      await town.store.transact((tx) =>
        tx.updateTable('unit').set({ active: 0 }).where('id', '=', 'traffic').execute(),
      );
      await town.people.directory.refresh();
      expect(catalogue.dispatchEntries(CITY)).toEqual([]);
      expect((await catalogue.admin.dispatch(admin, CITY)).items[0]).toMatchObject({
        fault: '单位已撤销，请改成接手的单位',
        category: '交通出行',
        own: true,
      });
    });

    it.each([
      ['a unit of elsewhere', { unitId: 'nowhere' }, 'unitId'],
      ['a closed unit', { unitId: 'closed' }, 'unitId'],
      ['a committee', { unitId: 'cppcc' }, 'unitId'],
      ['a place of elsewhere', { placeAreaId: OTHER_CITY }, 'placeAreaId'],
      ['a category that is not', { categoryId: 'nothing' }, 'categoryId'],
      ['no basis', { basis: '' }, 'basis'],
    ])('refuses %s', async (_what, more, path) => {
      const error = await refusal(catalogue.admin.save(admin, at('dispatch', 'e1'), entry(more)));
      expect(error.errors?.map((e) => e.path)).toEqual([path]);
    });

    it('loses a line for good, and gets it back by undoing', async () => {
      await catalogue.admin.save(admin, at('dispatch', 'e1'), entry());
      const [line] = (await catalogue.admin.dispatch(admin, CITY)).items;
      await catalogue.admin.clear(admin, at('dispatch', 'e1', { seen: line?.seen ?? null }));
      expect(catalogue.dispatchEntries(CITY)).toEqual([]);
      const [change] = (await catalogue.admin.dispatch(admin, CITY)).changes;
      expect(change?.what).toBe('删除了派单目录「交通出行 → 交警支队」');
      await catalogue.admin.undo(admin, change?.id ?? '');
      expect(catalogue.dispatchEntries(CITY)).toHaveLength(1);
    });
  });

  describe('reply phrases', () => {
    const texts = async (viewer: Actor) =>
      (await catalogue.phrases.list(viewer)).map((p) => [p.from, p.fromName, p.text]);

    it('are one’s own, one’s unit’s and the areas’, and nobody else’s', async () => {
      const zhou = await actor('zhou', 'handler', CITY, 'traffic');
      const other = await actor('wu', 'handler', CITY, 'cppcc');
      await catalogue.admin.save(admin, at('phrase', 'a1'), { text: '感谢您的关心' });
      await catalogue.admin.save(admin, at('phrase', 'u1', { unitId: 'traffic' }), {
        text: '已安排民警到场',
      });
      await catalogue.phrases.add(zhou, 'm1', { text: '请拨 0579-8233 6106' });
      expect(await texts(zhou)).toEqual([
        ['mine', '我的', '请拨 0579-8233 6106'],
        ['unit', '交警支队', '已安排民警到场'],
        ['area', '金华市', '感谢您的关心'],
      ]);
      expect(await texts(other)).toEqual([['area', '金华市', '感谢您的关心']]);
    });

    it('of one’s own are kept once, thrown away once, and only one’s own', async () => {
      const zhou = await actor('zhou', 'handler', CITY, 'traffic');
      const wu = await actor('wu', 'handler', CITY, 'traffic');
      await catalogue.phrases.add(zhou, 'm1', { text: '一句话' });
      await catalogue.phrases.add(zhou, 'm1', { text: '一句话' });
      await catalogue.phrases.add(zhou, 'm2', { text: '一句话' });
      expect(await texts(zhou)).toHaveLength(1);
      expect((await refusal(catalogue.phrases.remove(wu, 'm1'))).code).toBe('notFound');
      await catalogue.phrases.remove(zhou, 'm1');
      expect((await refusal(catalogue.phrases.remove(zhou, 'm1'))).code).toBe('notFound');
    });

    it('are for staff, short, and not without number', async () => {
      const member = await actor('lin', 'member', CITY, 'cppcc');
      const zhou = await actor('zhou', 'handler', CITY, 'traffic');
      expect((await refusal(catalogue.phrases.list(member))).code).toBe('forbidden');
      expect(await messages(catalogue.phrases.add(zhou, 'x', { text: '字'.repeat(301) }))).toEqual([
        'text: 常用语最多 300 字',
      ]);
      for (let n = 0; n < 50; n += 1) {
        await catalogue.phrases.add(zhou, `m${n}`, { text: `第 ${n} 句` });
      }
      expect((await refusal(catalogue.phrases.add(zhou, 'one-more', { text: '再一句' }))).title).toContain(
        '最多存 50 条',
      );
    });

    it('of a unit are set where the unit lies', async () => {
      expect(
        await messages(
          catalogue.admin.save(admin, at('phrase', 'u1', { unitId: 'closed' }), { text: '一句' }),
        ),
      ).toEqual(['unitId: 这个单位不在本地区，或者已经撤销，请重新选']);
    });
  });
});
