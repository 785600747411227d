import { describe, expect, it, vi } from 'vitest';
import { exported } from './dingtalk.ts';
import { within } from './within.ts';

describe('the function a CommonJS module exports', () => {
  const api = (): string => 'code';

  it('is found whether the bundler unwraps the default export, wraps it, or wraps it twice', () => {
    expect(exported(api)).toBe(api);
    expect(exported({ default: api })).toBe(api);
    expect(exported({ default: { default: api, requestAuthCode$: api } })).toBe(api);
  });
});

describe('a bridge that never answers', () => {
  it('is given up with a sentence for the person', async () => {
    vi.useFakeTimers();
    const waiting = within(new Promise(() => undefined), 10_000, '钉钉没有回应，请退出重进').catch(
      (error: unknown) => error,
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await waiting).toMatchObject({ name: 'HostError', reason: '钉钉没有回应，请退出重进' });
    vi.useRealTimers();
  });

  it('passes an answer in time through', async () => {
    expect(await within(Promise.resolve(7), 1_000, '')).toBe(7);
  });
});
