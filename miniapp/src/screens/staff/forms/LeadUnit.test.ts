import type { UnitRef, UnitSuggestion } from '@minqing/shared/contract';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, reactive } from 'vue';
import { mockFetch } from '../../../../tests/mock-api/fetch.ts';
import { createMock, type Mock } from '../../../../tests/mock-api/mock.ts';
import LeadUnit from './LeadUnit.vue';

let mock: Mock;
let form: VueWrapper;
let suggested: UnitSuggestion[];

beforeEach(() => {
  setActivePinia(createPinia());
  mock = createMock();
  vi.stubGlobal('fetch', mockFetch(mock, 'dispatcher'));
  suggested = mock.world.assist.suggestions.get('s-dispatch-0')!.units;
});
afterEach(() => {
  form.unmount();
  vi.unstubAllGlobals();
});

/** The form with what is chosen kept as a parent would. */
async function open(
  change: Partial<{ modelValue: UnitRef | null; without: string[]; active: boolean }> = {},
) {
  const props = reactive({
    modelValue: null as UnitRef | null,
    without: [] as string[],
    active: true,
    ...change,
  });
  form = mount(LeadUnit, {
    props: {
      caseId: 's-dispatch-0',
      suggested: [] as UnitSuggestion[],
      ...props,
      'onUpdate:modelValue': (unit: UnitRef | null) => void form.setProps({ modelValue: unit }),
    },
    attachTo: document.body,
  });
  await form.setProps({ suggested });
  await flushPromises();
}
const chosen = (): string[] =>
  form.findAll('[role=radio][aria-checked=true]').map((one) => one.find('b').text());
async function key(name: string, target: HTMLElement = document.body, more: object = {}): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...more }));
  await nextTick();
}

describe('choosing who leads', () => {
  it('has the suggested unit chosen, with its reasons and what it has in hand', async () => {
    await open();
    expect(chosen()).toEqual(['市公安局交警支队']);
    const first = form.find('.lu-one');
    expect(first.text()).toContain('建议');
    expect(first.text()).toContain('过去 46 件「红绿灯」的民情里，41 件由交警支队主办');
    expect(first.text()).toContain('派单目录里有「信号灯」');
    expect(first.text()).toContain('手上 14 件，无超期');
    expect(form.findAll('.tag')).toHaveLength(1);
  });

  it('takes another by its key, and only where nobody is writing', async () => {
    await open();
    await key('2');
    expect(chosen()).toEqual(['市交通运输局']);
    await key('9');
    await key('1', document.body, { ctrlKey: true });
    expect(chosen()).toEqual(['市交通运输局']);
    const field = document.createElement('textarea');
    document.body.append(field);
    await key('3', field);
    field.remove();
    expect(chosen()).toEqual(['市交通运输局']);
    await form.setProps({ active: false });
    await key('3');
    expect(chosen()).toEqual(['市交通运输局']);
  });

  it('leaves a choice that was made before as it is', async () => {
    await open({ modelValue: suggested[2]!.unit });
    expect(chosen()).toEqual(['市综合行政执法局']);
  });

  it('searches for any other unit, and comes back to the suggestions', async () => {
    await open();
    await form.find('.lu-other').trigger('click');
    await flushPromises();
    expect(form.emitted('update:modelValue')?.at(-1)).toEqual([null]);
    expect(form.find('input[type=search]').exists()).toBe(true);
    expect(form.findAll('[role=radio]')).toHaveLength(0);
    const health = form.findAll('.up-list button').find((one) => one.text().includes('卫生健康'))!;
    await health.trigger('click');
    expect(form.find('.uc b').text()).toBe('市卫生健康委员会');
    await form.find('.lu-other').trigger('click');
    expect(chosen()).toEqual(['市公安局交警支队']);
  });

  it('leaves the search to whoever began to write before the suggestions came, and offers them beside it', async () => {
    const late = suggested;
    suggested = [];
    await open();
    await form.find('input[type=search]').setValue('卫生');
    await form.setProps({ suggested: late });
    await flushPromises();
    expect((form.find('input[type=search]').element as HTMLInputElement).value).toBe('卫生');
    expect(form.emitted('update:modelValue')).toBeUndefined();
    await form.find('.lu-other').trigger('click');
    expect(chosen()).toEqual(['市公安局交警支队']);
  });

  it('offers no unit that already helps', async () => {
    await open({ without: [suggested[0]!.unit.id] });
    expect(form.findAll('[role=radio]').map((one) => one.find('b').text())).toEqual([
      '市交通运输局',
      '市综合行政执法局',
    ]);
  });

  it('is the plain search where earlier dispatches leave it open', async () => {
    suggested = [];
    await open();
    expect(form.find('input[type=search]').exists()).toBe(true);
    expect(form.emitted('update:modelValue')).toBeUndefined();
  });

  it('arrow keys go round the choices', async () => {
    await open();
    await form.find('[aria-checked=true]').trigger('keydown', { key: 'ArrowUp' });
    expect(chosen()).toEqual(['市综合行政执法局']);
    await form.find('[aria-checked=true]').trigger('keydown', { key: 'ArrowRight' });
    expect(chosen()).toEqual(['市公安局交警支队']);
  });
});
