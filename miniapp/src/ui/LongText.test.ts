import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import LongText from './LongText.vue';

describe('long text', () => {
  it('is folded, opened and folded again', async () => {
    const text = '字'.repeat(200);
    const wrapper = mount(LongText, { props: { text, fold: 50 } });
    expect(wrapper.text()).toContain('展开全文');
    expect(wrapper.text().length).toBeLessThan(70);
    await wrapper.get('button').trigger('click');
    expect(wrapper.text()).toContain(text);
    await wrapper.get('button').trigger('click');
    expect(wrapper.text()).not.toContain(text);
  });

  it('is not folded for the sake of a few words', () => {
    const wrapper = mount(LongText, { props: { text: '字'.repeat(55), fold: 50 } });
    expect(wrapper.find('button').exists()).toBe(false);
  });
});
