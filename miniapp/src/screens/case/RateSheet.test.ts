import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { story } from '../../../tests/mock-api/cases.ts';
import { mockFetch } from '../../../tests/mock-api/fetch.ts';
import { createMock, type Mock } from '../../../tests/mock-api/mock.ts';
import RateSheet from './RateSheet.vue';

let mock: Mock;
let number = 0;

beforeEach(() => {
  mock = createMock();
  vi.stubGlobal('fetch', mockFetch(mock));
  setActivePinia(createPinia());
});
afterEach(() => {
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

function open(stars: number, id = `c-rate-${(number += 1)}`) {
  const view = story(id);
  mock.world.cases.set(id, view);
  const wrapper = mount(RateSheet, { props: { show: true, view, stars }, attachTo: document.body });
  const button = (words: string): HTMLElement =>
    [...document.body.querySelectorAll('button')].find(
      (one) => one.textContent?.trim() === words || one.getAttribute('aria-label') === words,
    )!;
  return { wrapper, id, button, text: () => document.body.textContent ?? '' };
}

describe('the rating sheet', () => {
  it('names the grade at once and repeats it on the button', async () => {
    const { button, text } = open(5);
    await flushPromises();
    expect(text()).toContain('非常满意');
    expect(button('打五星')).toBeTruthy();
    button('3 星 基本满意').click();
    await flushPromises();
    expect(text()).toContain('基本满意');
    expect(button('打三星')).toBeTruthy();
  });

  it('sends nothing for two stars without a reason', async () => {
    const { wrapper, button } = open(2);
    await flushPromises();
    button('打两星，退回整改').click();
    await flushPromises();
    expect(mock.log).toEqual([]);
    expect(wrapper.emitted('done')).toBeUndefined();
  });

  it('tells of the ruling instead of a rework when no rework is left', async () => {
    const view = { ...story('c-ruled'), rework: '打一星、两星将转督查裁定' };
    mock.world.cases.set('c-ruled', view);
    mount(RateSheet, { props: { show: true, view, stars: 2 }, attachTo: document.body });
    await flushPromises();
    expect(document.body.textContent).toContain('打一星、两星将转督查裁定');
    expect(document.body.textContent).not.toContain('退回整改');
  });

  it('drops the reasons of another grade when the stars change', async () => {
    const { button, id } = open(2);
    await flushPromises();
    button('没到现场').click();
    await flushPromises();
    button('5 星 非常满意').click();
    await flushPromises();
    button('打五星').click();
    await flushPromises();
    expect(mock.world.cases.get(id)!.timeline[0]!.stars).toBe(5);
    expect(document.body.querySelectorAll('.chip.on')).toHaveLength(0);
  });

  it('keeps what was typed for the next time it opens', async () => {
    const { wrapper, id, button } = open(2);
    await flushPromises();
    button('问题还在').click();
    await flushPromises();
    wrapper.unmount();
    document.body.innerHTML = '';
    open(2, id);
    await flushPromises();
    expect(document.body.querySelector('.chip.on')?.textContent).toContain('问题还在');
  });
});
