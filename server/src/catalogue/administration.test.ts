import type { Actor } from '@minqing/shared/workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import {
  at,
  category,
  CITY,
  COUNTY,
  messages,
  openCatalogue,
  OTHER_CITY,
  PROVINCE,
  refusal,
  type CatalogueTown,
} from '../../../tests/support/catalogue.ts';

describe.each(STORES)('changing the catalogue on $name', (kind) => {
  let opened: CatalogueTown;
  let town: CatalogueTown['town'];
  let catalogue: CatalogueTown['catalogue'];
  let admin: CatalogueTown['admin'];
  let countyAdmin: CatalogueTown['countyAdmin'];
  let actor: CatalogueTown['actor'];
  let seenOf: CatalogueTown['seenOf'];
  let names: CatalogueTown['names'];
  beforeEach(async () => {
    opened = await openCatalogue(kind);
    ({ town, catalogue, admin, countyAdmin, actor, seenOf, names } = opened);
  });
  afterEach(() => opened.close());

  describe('bad words', () => {
    it.each([
      ['no name', category('  '), 'name: 请写类别名称'],
      ['a long name', category('类'.repeat(13)), 'name: 类别名称最多 12 字'],
      ['signs nobody sees', category('交\u202e通'), 'name: 类别名称里有看不见的字符，请删掉重写'],
      ['a name another has', category('教育'), 'name: 已经有「教育」这一类，请换个名称'],
      [
        'a choice of one',
        category('交通', { questions: [{ id: 'q', label: '时段', kind: 'choice', choices: ['早'] }] }),
        'questions.0.choices: 单选题至少要有两个选项',
      ],
      [
        'the same question twice',
        category('交通', {
          questions: [
            { id: 'a', label: '时段', kind: 'text' },
            { id: 'b', label: '时段', kind: 'text' },
          ],
        }),
        'questions: 有两个问题一样，请改其中一个',
      ],
    ])('are refused with what to do: %s', async (_what, value, message) => {
      expect(await messages(catalogue.admin.save(admin, at('category', 'traffic'), value))).toEqual([
        message,
      ]);
      expect(catalogue.categoryName(CITY, 'traffic')).toBe('交通出行');
    });

    it('that look like markup are kept as the words they are', async () => {
      const name = '<b>&"交通</b>';
      await catalogue.admin.save(admin, at('category', 'traffic'), category(name));
      expect(catalogue.categoryName(CITY, 'traffic')).toBe(name);
    });

    it.each([
      ['an unknown variable', { title: '{手机号}' }, 'words.title: 这条文字里没有「手机号」可放，请删掉'],
      ['a brace that is no variable', { title: '{ {时限}' }, 'words.title: 花括号只用来放变量，请删掉'],
      ['no words', { title: ' ' }, 'words.title: 请写标题'],
      ['too many words', { title: '字'.repeat(21) }, 'words.title: 标题最多 20 字'],
      ['two lines where there is one', { title: '一\n二' }, 'words.title: 标题只能写一行'],
      ['a field that is not there', { foot: '字' }, 'words.foot: 没有这一栏'],
    ])('of a notice are refused: %s', async (_what, words, message) => {
      expect(await messages(catalogue.admin.save(admin, at('text', 'notice.late'), { words }))).toEqual([
        message,
      ]);
    });

    it('of a notice that are good hold below', async () => {
      await catalogue.admin.save(admin, at('text', 'notice.late'), { words: { title: '{民情标题}超期' } });
      expect(catalogue.wording(COUNTY, 'notice.late')?.value).toEqual({ title: '{民情标题}超期' });
      expect(await messages(catalogue.admin.save(admin, at('text', 'nothing'), { words: {} }))).toEqual([
        ': 没有这条文字',
      ]);
    });
  });

  describe('changes', () => {
    it('are refused when somebody was faster, and a repeat of the same change is none', async () => {
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      expect(
        (await refusal(catalogue.admin.save(admin, at('category', 'traffic'), category('道路')))).title,
      ).toContain('刚才有人改过');
      expect((await catalogue.admin.categories(admin, CITY)).changes).toHaveLength(1);
    });

    it('of ten at once leave one', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) =>
          catalogue.admin.save(admin, at('category', 'traffic'), category(`交通${n}`)),
        ),
      );
      expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
      expect((await catalogue.admin.categories(admin, CITY)).changes).toHaveLength(1);
    });

    it('are audited with what was and what is, and undone once', async () => {
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      const seen = await seenOf('traffic');
      await catalogue.admin.save(
        admin,
        at('category', 'traffic', { seen }),
        category('交通', { active: false }),
      );
      const { changes } = await catalogue.admin.categories(admin, CITY);
      expect(changes.map((c) => [c.what, c.who, c.undone])).toEqual([
        ['停用了类别「交通」', 'city-admin', false],
        ['修改了类别「交通」', 'city-admin', false],
      ]);
      const [newest, first] = changes;
      expect((await refusal(catalogue.admin.undo(admin, first?.id ?? ''))).code).toBe('conflict');
      await catalogue.admin.undo(admin, newest?.id ?? '');
      expect(names(CITY)).toContain('交通');
      expect((await refusal(catalogue.admin.undo(admin, newest?.id ?? ''))).title).toContain('已经撤销过');
      const audits = await town.store.read((db) =>
        db
          .selectFrom('audit')
          .select(['subject', 'data_json'])
          .where('kind', '=', 'catalogue')
          .orderBy('id')
          .execute(),
      );
      expect(audits.map((a) => a.subject)).toEqual(Array(3).fill(`area:${CITY}/category/traffic`));
      expect(JSON.parse(audits[1]?.data_json ?? '')).toMatchObject({
        before: { name: '交通', active: true },
        after: { name: '交通', active: false },
      });
    });

    it('that no longer fit are not put back', async () => {
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      const seen = await seenOf('traffic');
      await catalogue.admin.save(admin, at('category', 'traffic', { seen }), category('道路'));
      await catalogue.admin.save(admin, at('category', 'fire'), category('交通'));
      const change = (await catalogue.admin.categories(admin, CITY)).changes.find((c) =>
        c.what.includes('道路'),
      );
      expect((await refusal(catalogue.admin.undo(admin, change?.id ?? ''))).title).toBe(
        '原来的内容现在不能用了：已经有「交通」这一类，请换个名称',
      );
    });

    it('are for administrators of the area alone', async () => {
      const handler = await actor('zhou', 'handler', CITY, 'traffic');
      const work = (viewer: Actor, areaId: string) => [
        () => catalogue.admin.save(viewer, at('category', 'traffic', { areaId }), category('交通')),
        () => catalogue.admin.clear(viewer, at('category', 'traffic', { areaId, seen: 'x' })),
        () => catalogue.admin.categories(viewer, areaId),
        () => catalogue.admin.reasons(viewer, areaId),
        () => catalogue.admin.phrases(viewer, areaId),
        () => catalogue.admin.dispatch(viewer, areaId),
        () => catalogue.admin.usesOf(viewer, areaId, 'traffic'),
      ];
      for (const [viewer, areaId] of [
        [handler, CITY],
        [countyAdmin, CITY],
        [admin, PROVINCE],
        [admin, OTHER_CITY],
        [{ kind: 'timer' }, CITY],
      ] as [Actor, string][]) {
        for (const one of work(viewer, areaId)) {
          expect((await refusal(one())).code).toBe('forbidden');
        }
      }
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      const [change] = (await catalogue.admin.categories(admin, CITY)).changes;
      expect((await refusal(catalogue.admin.undo(countyAdmin, change?.id ?? ''))).code).toBe('notFound');
    });
  });
});
