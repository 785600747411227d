import type { CategoryView, PhraseView } from '@minqing/shared/contract';
import { CATEGORIES as NAMES } from '@minqing/shared/words';

const EXTRAS: Record<string, Partial<CategoryView>> = {
  housing: {
    questions: [
      {
        id: 'kind',
        label: '小区有没有物业',
        kind: 'choice',
        choices: ['有', '没有', '不清楚'],
        required: true,
      },
      { id: 'since', label: '从哪天开始的', kind: 'date', choices: [], required: false },
      { id: 'name', label: '小区名称', kind: 'text', choices: [], required: false },
    ],
  },
  safety: { notice: { kind: 'info', text: '正在发生的险情，请先拨打 110、119 或 120，再回来提交。' } },
  security: { notice: { kind: 'stop', text: '个人的社保待遇请打 12333 或到窗口办理，这里不收个人诉求。' } },
};

/** What the form offers: one category with questions, one with a notice, one that takes no reports. */
export const CATEGORIES: CategoryView[] = NAMES.map(([id, name]) => ({
  id,
  name,
  notice: null,
  questions: [],
  ...EXTRAS[id],
}));

export const PHRASES: PhraseView[] = [
  { id: 'p1', text: '请拨 0579-8233 6106 找周凯。', from: 'mine', fromName: '我的' },
  { id: 'p2', text: '已安排民警到现场勘查。', from: 'unit', fromName: '交警支队' },
  { id: 'p3', text: '感谢您对金华工作的关心和支持。', from: 'area', fromName: '金华市' },
];
