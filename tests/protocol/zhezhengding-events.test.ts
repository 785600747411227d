import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { codeOfPerson, govRigEachTest } from './zhezhengding.rig.ts';

const rig = govRigEachTest();
const LIN = codeOfPerson('lin');

describe('changes of the directory', () => {
  const listening = async (seen: unknown[]): Promise<string> => {
    const server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const name = (request.url ?? '').split('/').at(-1) ?? '';
        const hook = rig.host.hooks?.[name];
        const answer = hook
          ? await hook({ headers: request.headers, body: Buffer.from(body) })
          : { status: 404, body: '{}' };
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    rig.rebuild({ eventsUrl: `http://127.0.0.1:${port}/hooks/jinhua` });
    await rig.host.listen({
      onCardPress: () => Promise.reject(new Error('there are no cards')),
      onContactChange: (change) => {
        seen.push(change);
        return Promise.resolve();
      },
    });
    const stop = rig.host.stop.bind(rig.host);
    rig.host.stop = async () => {
      await stop();
      server.close();
    };
    return `http://127.0.0.1:${port}/hooks/jinhua`;
  };
  const until = async (test: () => boolean): Promise<void> => {
    for (let tries = 0; !test() && tries < 200; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(test()).toBe(true);
  };
  const registered = async (): Promise<boolean> => (await rig.calls('zzd.events.register')).length >= 7;

  it('are registered for, told by code, and handed on', async () => {
    const seen: unknown[] = [];
    await listening(seen);
    for (let tries = 0; !(await registered()) && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await rig.platform.control('PATCH', '/people/lin', { title: '常委' });
    await until(() => seen.length === 1);
    await rig.platform.control('POST', '/people/zhou/leave');
    await until(() => seen.length === 2);
    await rig.platform.control('PUT', '/departments/330703', { parentId: 330_700, name: '市水务局' });
    await until(() => seen.length === 3);
    expect(seen).toMatchObject([
      { hostId: 'jinhua', kind: 'people', ids: [LIN], removed: false },
      { hostId: 'jinhua', kind: 'people', ids: [codeOfPerson('zhou')], removed: true },
      { hostId: 'jinhua', kind: 'departments', removed: false },
    ]);
    const events = await rig.calls('zzd.event');
    expect(events.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
  });

  it('registered by an earlier process move to the present address', async () => {
    await listening([]);
    for (let tries = 0; !(await registered()) && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await rig.host.stop();
    const seen: unknown[] = [];
    await listening(seen);
    for (let tries = 0; (await rig.calls('zzd.events.update')).length < 7 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await rig.platform.control('PATCH', '/people/lin', { title: '常委' });
    await until(() => seen.length === 1);
  });

  it('are taken at an address nobody can guess, and what is no event is refused', async () => {
    const base = await listening([]);
    const [name = ''] = Object.keys(rig.host.hooks ?? {});
    expect(name).toMatch(/^contacts-[0-9a-f]{32}$/);
    const post = async (path: string, body: string): Promise<number> =>
      (await fetch(`${base}/${path}`, { method: 'POST', body })).status;
    expect(await post('contacts', '{}')).toBe(404);
    expect(await post(name, 'nonsense')).toBe(400);
    expect(await post(name, '{"eventTag":"MOZI_VDS_TENANT_CHANGE|EMPLOYEE_LEAVE"}')).toBe(200);
  });
});
