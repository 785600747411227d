import { describe, expect, it, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import { useLatest } from './useLatest.ts';

/** An answer that comes when the test says so. */
function answer<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value) => resolve(value) };
}

function open() {
  const shown = ref<string | null>(null);
  const scope = effectScope();
  const latest = scope.run(() => useLatest(() => shown.value === null))!;
  const take = (text: string): void => {
    shown.value = text;
  };
  return { shown, scope, take, ...latest };
}

describe('what is read again and again', () => {
  it('drops the answer a newer question overtook, and ends its request', async () => {
    const { ask, take, shown, loading } = open();
    const [old, young] = [answer<string>(), answer<string>()];
    let ended = false;
    const first = ask((signal) => {
      signal.addEventListener('abort', () => (ended = true));
      return old.promise;
    }, take);
    const second = ask(() => young.promise, take);
    expect(ended).toBe(true);
    young.resolve('new');
    await second;
    old.resolve('old');
    await first;
    expect({ shown: shown.value, loading: loading.value }).toEqual({ shown: 'new', loading: false });
  });

  it('keeps what is shown when the next answer fails, and forgets the failure with the one after', async () => {
    const { ask, take, shown, error } = open();
    await ask(async () => 'here', take);
    await ask(() => Promise.reject(new Error('gone')), take);
    expect(shown.value).toBe('here');
    expect(error.value?.title).toBeTruthy();
    await ask(async () => 'again', take);
    expect({ shown: shown.value, error: error.value }).toEqual({ shown: 'again', error: null });
  });

  it('shows a skeleton only when nothing is there and the wait is long', async () => {
    vi.useFakeTimers();
    const { ask, take, waiting } = open();
    const first = answer<string>();
    const asking = ask(() => first.promise, take);
    vi.advanceTimersByTime(299);
    expect(waiting.value).toBe(false);
    vi.advanceTimersByTime(1);
    expect(waiting.value).toBe(true);
    first.resolve('here');
    await asking;
    expect(waiting.value).toBe(false);
    const again = ask(() => answer<string>().promise, take);
    vi.advanceTimersByTime(1_000);
    expect(waiting.value).toBe(false);
    vi.useRealTimers();
    void again;
  });

  it('takes nothing once its screen is gone', async () => {
    const { ask, take, shown, scope } = open();
    const late = answer<string>();
    const asking = ask(() => late.promise, take);
    scope.stop();
    late.resolve('late');
    await asking;
    expect(shown.value).toBe(null);
  });
});
