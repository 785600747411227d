import { CATEGORIES, RETURN_REASONS } from '@minqing/shared/words';
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
  refusal,
  TEXTS,
  type CatalogueTown,
} from '../../../tests/support/catalogue.ts';
import { createCatalogue } from './index.ts';

describe.each(STORES)('the catalogue on $name', (kind) => {
  let opened: CatalogueTown;
  let town: CatalogueTown['town'];
  let catalogue: CatalogueTown['catalogue'];
  let admin: CatalogueTown['admin'];
  let countyAdmin: CatalogueTown['countyAdmin'];
  let seenOf: CatalogueTown['seenOf'];
  let names: CatalogueTown['names'];
  beforeEach(async () => {
    opened = await openCatalogue(kind);
    ({ town, catalogue, admin, countyAdmin, seenOf, names } = opened);
  });
  afterEach(() => opened.close());

  describe('without any setting', () => {
    it('is what the product brings along', () => {
      expect(names(COUNTY)).toEqual(CATEGORIES.map(([, name]) => name));
      expect(catalogue.reasonsFor(COUNTY, 'return')).toEqual([...RETURN_REASONS]);
      expect(catalogue.gradeReasons(COUNTY)[1]).toContain('问题还在');
      expect(catalogue.gradeReasons(COUNTY)[0]).toEqual([]);
      expect(catalogue.wording(COUNTY, 'notice.late')).toBeNull();
    });
  });

  describe('inheritance', () => {
    it('gives an area what the one above set, unless it sets its own, item by item', async () => {
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      await catalogue.admin.save(admin, at('reasons', 'return'), { reasons: ['请说清楚'] });
      expect(catalogue.categoryName(COUNTY, 'traffic')).toBe('交通');
      expect(catalogue.reasonsFor(COUNTY, 'return')).toEqual(['请说清楚']);
      expect(catalogue.categoryName(OTHER_CITY, 'traffic')).toBe('交通出行');

      await catalogue.admin.save(
        countyAdmin,
        at('category', 'traffic', { areaId: COUNTY }),
        category('道路'),
      );
      expect(catalogue.categoryName(COUNTY, 'traffic')).toBe('道路');
      expect(catalogue.categoryName(COUNTY, 'education')).toBe('教育');
      expect(catalogue.reasonsFor(COUNTY, 'return')).toEqual(['请说清楚']);

      const seen = await seenOf('traffic', countyAdmin, COUNTY);
      await catalogue.admin.clear(countyAdmin, at('category', 'traffic', { areaId: COUNTY, seen }));
      expect(catalogue.categoryName(COUNTY, 'traffic')).toBe('交通');
    });

    it('says where each setting comes from', async () => {
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      const { items } = await catalogue.admin.categories(countyAdmin, COUNTY);
      const traffic = items.find((one) => one.id === 'traffic');
      expect(traffic).toMatchObject({ from: { id: CITY, name: '金华市' }, own: false, seen: null });
      expect(items.find((one) => one.id === 'health')).toMatchObject({ from: null, own: false });
      expect(
        (await catalogue.admin.categories(admin, CITY)).items.find((one) => one.id === 'traffic'),
      ).toMatchObject({ own: true });
    });

    it('keeps an order, with what is new at its end and 其他 last', async () => {
      await catalogue.admin.save(admin, at('categoryOrder', 'order'), { ids: ['other', 'care', 'traffic'] });
      await catalogue.admin.save(admin, at('category', 'fire'), category('消防'));
      expect(names(COUNTY).slice(0, 3)).toEqual(['养老托育', '交通出行', '教育']);
      expect(names(COUNTY).slice(-2)).toEqual(['消防', '其他']);
    });

    it('is read again by another process', async () => {
      const other = await createCatalogue({
        store: town.store,
        clock: town.clock,
        directory: town.people.directory,
        texts: TEXTS,
      });
      await catalogue.admin.save(admin, at('category', 'traffic'), category('交通'));
      expect(other.categoryName(CITY, 'traffic')).toBe('交通出行');
      await other.follow();
      expect(other.categoryName(CITY, 'traffic')).toBe('交通');
    });
  });

  describe('a category in use', () => {
    const report = (categoryId: string, answers: { question: string; answer: string }[] = []) => ({
      categoryId,
      answers,
    });

    it('that is switched off is offered no more, keeps its name, and may stay on a case that has it', async () => {
      await catalogue.admin.save(admin, at('category', 'culture'), category('文旅体育', { active: false }));
      expect(names(CITY)).not.toContain('文旅体育');
      expect(catalogue.categoryName(CITY, 'culture')).toBe('文旅体育');
      expect(catalogue.problemsOfReport(CITY, report('culture'))[0]?.message).toContain('停用');
      expect(catalogue.problemsOfReport(CITY, report('culture'), 'culture')).toEqual([]);
    });

    it('that an area added cannot be taken away, only switched off, even by undoing', async () => {
      await catalogue.admin.save(admin, at('category', 'fire'), category('消防'));
      const seen = await seenOf('fire');
      expect((await refusal(catalogue.admin.clear(admin, at('category', 'fire', { seen })))).title).toContain(
        '停用',
      );
      const [change] = (await catalogue.admin.categories(admin, CITY)).changes;
      await catalogue.admin.undo(admin, change?.id ?? '');
      expect(names(CITY)).not.toContain('消防');
      expect(catalogue.categoryName(CITY, 'fire')).toBe('消防');
    });

    it('keeps its name where the case went, though that area never had it', async () => {
      await catalogue.admin.save(countyAdmin, at('category', 'fire', { areaId: COUNTY }), category('消防'));
      expect(catalogue.categoryName(CITY, 'fire')).toBe('消防');
      expect(catalogue.categoryName(CITY, 'never-heard-of')).toBe('其他');
    });

    it('never is 其他: what has no category must stand somewhere', async () => {
      expect(
        await messages(
          catalogue.admin.save(admin, at('category', 'other'), category('其他', { active: false })),
        ),
      ).toEqual(['active: 没选类别的民情都归这一类，不能停用，也不能设成不收']);
    });

    it('is told how many cases under way carry it', async () => {
      expect(await catalogue.admin.usesOf(admin, CITY, 'traffic')).toEqual({
        open: 0,
        text: '没有在办的民情属于这一类。',
      });
    });

    it('asks its questions of a report', async () => {
      await catalogue.admin.save(
        admin,
        at('category', 'traffic'),
        category('交通出行', {
          questions: [
            { id: 'q1', label: '什么时段', kind: 'choice', choices: ['早', '晚'], required: true },
            { id: 'q2', label: '从哪天起', kind: 'date', choices: [], required: false },
            { id: 'q3', label: '车牌', kind: 'text', choices: [], required: false },
          ],
        }),
      );
      const problems = (...answers: [string, string][]) =>
        catalogue
          .problemsOfReport(
            CITY,
            report(
              'traffic',
              answers.map(([question, answer]) => ({ question, answer })),
            ),
          )
          .map((p) => p.path);
      expect(problems()).toEqual(['answers.q1']);
      expect(problems(['什么时段', '中午'])).toEqual(['answers.q1']);
      expect(problems(['什么时段', '早'], ['从哪天起', '2026-02-30'])).toEqual(['answers.q2']);
      expect(problems(['什么时段', '早'], ['从哪天起', '2026-02-28'], ['车牌', 'x'.repeat(201)])).toEqual([
        'answers.q3',
      ]);
      expect(problems(['什么时段', '早'], ['以前问过的', '答过'])).toEqual([]);
    });

    it('whose notice says stop takes no report and says where to go instead', async () => {
      const notice = { kind: 'stop', text: '个人诉求请打 12345' };
      await catalogue.admin.save(admin, at('category', 'security'), category('社会保障', { notice }));
      expect(catalogue.problemsOfReport(COUNTY, report('security'))).toEqual([
        { path: 'categoryId', message: '个人诉求请打 12345' },
      ]);
    });
  });
});
