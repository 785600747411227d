import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { expect, it } from 'vitest';
import { useCursor } from '../composables/usePages.ts';
import PagedList from './PagedList.vue';

type Page = { items: string[]; after: string | null };

function shown(answers: (Page | Error)[]) {
  const wrapper = mount(
    defineComponent({
      setup() {
        const list = useCursor<Page>(async () => {
          const answer = answers.shift();
          if (!answer || answer instanceof Error) {
            throw answer ?? new Error('asked too often');
          }
          return answer;
        });
        void list.reload();
        return () =>
          h(
            PagedList<string>,
            { list },
            {
              default: ({ items }: { items: string[] }) => items.map((item) => h('li', item)),
              none: () => h('p', { class: 'none' }, '没有'),
              end: () => h('p', { class: 'end' }, '都在这里了'),
            },
          );
      },
    }),
    { global: { stubs: { FaultCard: { template: '<button class="fault" @click="$emit(\'retry\')" />' } } } },
  );
  const rows = (): string[] => wrapper.findAll('li').map((row) => row.text());
  return { wrapper, rows };
}

it('keeps its rows when the next page fails, says so, and goes on when it is asked again', async () => {
  const { wrapper, rows } = shown([
    { items: ['一', '二'], after: 'x' },
    new Error('no network'),
    { items: ['三'], after: null },
  ]);
  await flushPromises();
  expect(rows()).toEqual(['一', '二']);
  await wrapper.get('.more-next button').trigger('click');
  await flushPromises();
  expect(rows()).toEqual(['一', '二']);
  expect(wrapper.get('[role=alert]').text()).not.toBe('');
  await wrapper.get('.more-next button').trigger('click');
  await flushPromises();
  expect(rows()).toEqual(['一', '二', '三']);
  expect(wrapper.find('[role=alert]').exists()).toBe(false);
  expect(wrapper.find('.more-next').exists()).toBe(false);
  expect(wrapper.find('.end').exists()).toBe(true);
});

it('offers to try again when the first page fails, and says when there is nothing', async () => {
  const { wrapper, rows } = shown([new Error('no network'), { items: [], after: null }]);
  await flushPromises();
  await wrapper.get('.fault').trigger('click');
  await flushPromises();
  expect(rows()).toEqual([]);
  expect(wrapper.find('.none').exists()).toBe(true);
});
