import { createMock, type Mock } from './mock.ts';

/**
 * The mock as `fetch`, for component tests: put it in place of the global one. `person` is who is signed on; null
 * until a sign-on. Requests outside `/api` get the run-time configuration.
 */
export function mockFetch(mock: Mock = createMock(), start: string | null = 'member'): typeof fetch {
  let person = start;
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (url.includes('config.json')) {
      return Response.json({
        api: './api',
        hosts: [{ id: 'h1', vendor: 'dingtalk', corpId: 'ding1', clientId: 'c1' }],
        version: 'mock',
      });
    }
    const headers = Object.fromEntries(
      Object.entries((init.headers ?? {}) as Record<string, string>).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    );
    const body =
      init.body instanceof Blob
        ? new Uint8Array(await init.body.arrayBuffer())
        : new TextEncoder().encode(typeof init.body === 'string' ? init.body : '');
    const answer = await mock.handle({
      method: init.method ?? 'GET',
      path: url.replace(/^.*?\/api/, ''),
      headers,
      body,
      person,
    });
    if (!answer) {
      throw new TypeError('network lost');
    }
    const signedOn = /sid=(\w+)/.exec(answer.headers?.['set-cookie'] ?? '');
    person = signedOn?.[1] ?? person;
    const text = answer.raw?.text ?? (answer.body === undefined ? null : JSON.stringify(answer.body));
    return new Response(answer.status === 204 || answer.status === 304 ? null : text, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}
