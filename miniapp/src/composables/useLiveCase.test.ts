import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, h, ref } from 'vue';
import { story } from '../../tests/mock-api/cases.ts';
import { mockFetch } from '../../tests/mock-api/fetch.ts';
import { createMock, type Mock } from '../../tests/mock-api/mock.ts';
import { useLiveCase } from './useLiveCase.ts';

const POLL = 10_000;
let mock: Mock;

beforeEach(() => {
  vi.useFakeTimers();
  mock = createMock();
  vi.stubGlobal('fetch', mockFetch(mock));
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(id: string) {
  mock.world.cases.set(id, story(id));
  let live: ReturnType<typeof useLiveCase> | undefined;
  const wrapper = mount(
    defineComponent({
      setup() {
        live = useLiveCase(ref(id));
        return () => h('p', live?.view.value?.content.title ?? live?.error.value?.title ?? '');
      },
    }),
  );
  return { wrapper, live: () => live! };
}

const asked = (id: string): number => mock.log.filter((one) => one.path === `/cases/${id}`).length;

describe('a case that is open on a screen', () => {
  it('goes from the screen when it was given away meanwhile, and is not asked for again', async () => {
    const { wrapper, live } = open('c-live-1');
    await flushPromises();
    expect(live().view.value?.id).toBe('c-live-1');
    mock.world.cases.delete('c-live-1');
    await vi.advanceTimersByTimeAsync(POLL);
    await flushPromises();
    expect(live().view.value).toBeNull();
    expect(live().error.value?.status).toBe(404);
    const before = asked('c-live-1');
    await vi.advanceTimersByTimeAsync(6 * POLL);
    expect(asked('c-live-1')).toBe(before);
    wrapper.unmount();
  });

  it('stays through a lost connection and is asked for again', async () => {
    const { wrapper, live } = open('c-live-2');
    await flushPromises();
    mock.control.offline = true;
    await vi.advanceTimersByTimeAsync(POLL);
    await flushPromises();
    expect(live().view.value?.id).toBe('c-live-2');
    mock.control.offline = false;
    const before = asked('c-live-2');
    await vi.advanceTimersByTimeAsync(3 * POLL);
    expect(asked('c-live-2')).toBeGreaterThan(before);
    wrapper.unmount();
  });
});
