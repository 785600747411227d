import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { CardAnswer, CardPress, ContactChange } from '../port.ts';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';
import { frame } from './stream.fake.ts';
import type { Ack } from './stream.fake.ts';

let platform: FakePlatform;
let rig: Rig;
const NO_CHANGE: CardAnswer = { publicData: {}, privateData: {} };

beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(async () => {
  await rig.host.stop();
  await platform.close();
});

/** The next thing the client says on `socket`. */
async function said(socket: WebSocket): Promise<Ack> {
  return JSON.parse(await platform.heard(socket)) as Ack;
}

function listen(
  onCardPress: (press: CardPress) => Promise<CardAnswer>,
  onContactChange: (change: ContactChange) => Promise<void> = () => Promise.resolve(),
): Promise<WebSocket> {
  void rig.host.listen({ onCardPress, onContactChange });
  return platform.connected(platform.sockets.length + 1);
}
describe('contact events', () => {
  const event = (id: string, eventType: string, data: object, corpId = 'ding01'): string =>
    frame(
      `m-${id}`,
      JSON.stringify(data),
      { eventType, eventId: id, eventBornTime: '1685501863357', eventCorpId: corpId, eventUnifiedAppId: 'u' },
      'EVENT',
      '*',
    );

  it('are acknowledged at once and handed on in order, each once', async () => {
    const changes: ContactChange[] = [];
    let let1: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      let1 = resolve;
    });
    const socket = await listen(
      () => Promise.resolve(NO_CHANGE),
      async (change) => {
        await gate;
        changes.push(change);
      },
    );
    socket.send(
      event('e1', 'user_modify_org', { timeStamp: '1685501863357', userId: ['zhang'], diffInfo: {} }),
    );
    expect(JSON.parse((await said(socket)).data)).toEqual({ status: 'SUCCESS' });
    expect(changes).toEqual([]);
    for (const each of [
      event('e1', 'user_modify_org', { userId: ['zhang'] }),
      event('e2', 'user_leave_org', { userId: ['li'] }),
      event('e3', 'org_dept_remove', { deptId: [432825033] }),
      event('e4', 'org_dept_create', { deptId: [1] }, 'dingOther'),
      event('e5', 'todo_task_create', { taskId: 'x' }),
      event('e6', 'user_add_org', {}),
    ]) {
      socket.send(each);
      await said(socket);
    }
    let1();
    await rig.host.stop();
    expect(changes).toEqual([
      { hostId: 'jinhua', kind: 'people', ids: ['zhang'], removed: false },
      { hostId: 'jinhua', kind: 'people', ids: ['li'], removed: true },
      { hostId: 'jinhua', kind: 'departments', ids: ['432825033'], removed: true },
    ]);
  });

  it('that fail are logged and do not hold up the next', async () => {
    const seen: string[] = [];
    const socket = await listen(
      () => Promise.resolve(NO_CHANGE),
      (change) => {
        seen.push(...change.ids);
        return change.ids[0] === 'a' ? Promise.reject(new Error('db')) : Promise.resolve();
      },
    );
    socket.send(event('e1', 'user_add_org', { userId: ['a'] }));
    await said(socket);
    socket.send(event('e2', 'user_add_org', { userId: ['b'] }));
    await said(socket);
    await rig.host.stop();
    expect(seen).toEqual(['a', 'b']);
    expect(rig.logged.join()).toContain('contact change failed');
  });
});
