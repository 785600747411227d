import { describe, expect, it, vi } from 'vitest';
import { nextTick, ref } from 'vue';
import { useChosen } from './useChosen.ts';

const answer = vi.hoisted(() => ({ yes: true, asked: 0 }));
vi.mock('../../../ui/say.ts', () => ({
  confirm: async () => {
    answer.asked += 1;
    return answer.yes;
  },
}));

const open = () => {
  answer.asked = 0;
  const items = ref([
    { id: 'a', name: '甲' },
    { id: 'b', name: '乙' },
  ]);
  return { items, ...useChosen(items, ({ name }) => ({ name })) };
};

describe('the chosen item', () => {
  it('is a copy: changing it changes no item', async () => {
    const { items, draft, dirty, choose } = open();
    await choose('a');
    draft.value!.name = '丙';
    expect(dirty.value).toBe(true);
    expect(items.value[0]?.name).toBe('甲');
  });

  it('is left without a question while unchanged, with one after', async () => {
    const { id, draft, choose } = open();
    await choose('a');
    await choose('b');
    expect(answer.asked).toBe(0);
    draft.value!.name = '丙';
    answer.yes = false;
    await choose('a');
    expect([id.value, draft.value?.name]).toEqual(['b', '丙']);
    answer.yes = true;
    await choose('a');
    expect([id.value, draft.value?.name]).toEqual(['a', '甲']);
  });

  it('follows what was read anew only while unchanged', async () => {
    const { items, draft, choose } = open();
    await choose('a');
    items.value = [{ id: 'a', name: '新甲' }];
    await nextTick();
    expect(draft.value?.name).toBe('新甲');
    draft.value!.name = '我的';
    items.value = [{ id: 'a', name: '更新' }];
    await nextTick();
    expect(draft.value?.name).toBe('我的');
  });
});
