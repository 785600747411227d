import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absent, CASE_ID, createTestServer, type TestServer } from '../../../tests/support/http.ts';
import { notFound } from '../errors.ts';
import type { Similar } from '../similar/index.ts';

let server: TestServer;
let headers: Record<string, string>;
const asked: unknown[] = [];
const get = (query: string): ReturnType<TestServer['call']> =>
  server.call('GET', `/api${query}`, { headers });
const similar: Pick<Similar, 'find' | 'beside'> = {
  find: async (_viewer, query) => {
    asked.push(query);
    return { items: [] };
  },
  beside: async () => {
    throw notFound();
  },
};

beforeAll(async () => {
  server = await createTestServer({ similar: { ...similar, follower: absent() } });
  await server.addPerson('lin', '林淑芬', { role: 'member', unitId: 'cppcc', areaId: '330700' });
  ({ headers } = await server.signOn('lin'));
});
afterAll(() => server.close());

describe('asking for like cases', () => {
  it('needs somebody signed on', async () => {
    expect((await server.call('GET', '/api/similar?title=%E8%B7%AF%E7%81%AF')).status).toBe(401);
    expect((await server.call('GET', `/api/cases/${CASE_ID}/similar`)).status).toBe(401);
  });

  it('takes what has been said so far, numbers as numbers', async () => {
    const words = `title=${encodeURIComponent(' 路灯不亮 ')}&latitude=29.1&longitude=119.65&areaId=330703`;
    const answer = await get(`/similar?${words}`);
    expect(answer.body).toEqual({ items: [] });
    expect(asked.at(-1)).toEqual({
      title: '路灯不亮',
      situation: '',
      place: '',
      areaId: '330703',
      latitude: 29.1,
      longitude: 119.65,
    });
  });

  it.each([
    ['', 'title'],
    ['title=%20', 'title'],
    [`title=${'a'.repeat(31)}`, 'title'],
    ['title=a&latitude=91', 'latitude'],
    ['title=a&longitude=east', 'longitude'],
    [`title=a&place=${'b'.repeat(61)}`, 'place'],
  ])('%s is refused and names %s', async (query, field) => {
    const answer = await get(`/similar?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'invalidInput', errors: [{ path: field }] });
  });

  it('words never reach the log', async () => {
    await get(`/similar?title=${encodeURIComponent('金丝雀七三一')}`);
    expect(server.lines.join('')).not.toMatch(/金丝雀|%E9%87%91/);
  });

  it('beside a case that is not there for the viewer there is nothing', async () => {
    expect((await get(`/cases/${CASE_ID}/similar`)).body).toMatchObject({ status: 404, code: 'notFound' });
  });
});
