import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import type {
  CardAnswer,
  CardDelivery,
  CardPress,
  ContactChange,
  Host,
} from '../../server/src/hosts/index.ts';
import { MEMBER, REVIEWER, rigEachTest } from './dingtalk.rig.ts';
import type { Json } from './platform.ts';

const rig = rigEachTest();

const cardFor = (userId: string, changes: Partial<CardDelivery> = {}): CardDelivery => ({
  outTrackId: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  templateId: 'test',
  userId,
  publicData: { title: '迎宾大道红绿灯', rev: '1' },
  privateData: {},
  summary: '待审核',
  ...changes,
});
const NOTHING: CardAnswer = { publicData: {}, privateData: {} };

describe('interactive cards', () => {
  /** Listens and resolves with what was pressed, answering each press by `answer`. */
  async function listening(answer: (press: CardPress) => CardAnswer): Promise<CardPress[]> {
    const presses: CardPress[] = [];
    await rig.host.listen({
      onCardPress: (press) => {
        presses.push(press);
        return Promise.resolve(answer(press));
      },
      onContactChange: () => Promise.resolve(),
    });
    return presses;
  }

  const pressCard = async (params: Json = { reply: '尽快处理' }): Promise<Json> =>
    (
      await rig.platform.control('POST', `/people/${REVIEWER}/cards/${cardFor('').outTrackId}/actions`, {
        actionIds: ['accept'],
        params,
      })
    ).body;

  it('go out, are pressed over Stream, show the answer at once and take updates', async () => {
    const userId = await rig.platform.userid(REVIEWER);
    const presses = await listening(() => ({
      publicData: { done: 'true', status: '已受理' },
      privateData: { voted: 'true' },
    }));
    await rig.host.deliverCard(cardFor(userId));
    expect((await rig.platform.chat(REVIEWER))[0]).toMatchObject({
      kind: 'card',
      title: '迎宾大道红绿灯',
      state: expect.not.stringMatching('handled'),
    });
    const answered = await pressCard();
    expect(answered).toMatchObject({ transport: expect.stringMatching(/stream/i) });
    expect(answered.error).toBeUndefined();
    expect(presses).toEqual([
      {
        hostId: 'jinhua',
        outTrackId: cardFor('').outTrackId,
        userId,
        actionIds: ['accept'],
        params: expect.objectContaining({ reply: '尽快处理', rev: '1' }) as Record<string, unknown>,
        messageId: expect.any(String) as string,
      },
    ]);
    expect(JSON.stringify((await rig.platform.chat(REVIEWER))[0])).toContain('已受理');
    expect(JSON.stringify((await rig.platform.chat(REVIEWER))[0])).toContain('您投过了');
    await rig.host.updateCard({
      outTrackId: cardFor('').outTrackId,
      publicData: { status: '已交办' },
      privateData: {},
    });
    const shown = JSON.stringify((await rig.platform.chat(REVIEWER))[0]);
    expect(shown).toContain('已交办');
    expect(shown).toContain('迎宾大道红绿灯');
  });

  it('delivered again are duplicates; to nobody they fail per recipient; unsafe words are told apart', async () => {
    const userId = await rig.platform.userid(REVIEWER);
    await rig.host.deliverCard(cardFor(userId));
    await expect(rig.host.deliverCard(cardFor(userId))).rejects.toMatchObject({ kind: 'duplicate' });
    const stranger = cardFor('nobody-at-all', { outTrackId: 'other' });
    await expect(rig.host.deliverCard(stranger)).rejects.toMatchObject({ retryable: false });
    await rig.platform.control('POST', '/faults', { kind: 'unsafeContent', words: ['红绿灯'] });
    await expect(rig.host.deliverCard(cardFor(userId, { outTrackId: 'third' }))).rejects.toMatchObject({
      kind: 'content',
    });
    const update = { outTrackId: 'never-was', publicData: { status: 'x' }, privateData: {} };
    await expect(rig.host.updateCard(update)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('pressed once act once when the gateway repeats the push', async () => {
    const presses = await listening(() => ({ publicData: { status: '已受理' }, privateData: {} }));
    await rig.host.deliverCard(cardFor(await rig.platform.userid(REVIEWER)));
    await rig.platform.control('POST', '/faults', { kind: 'repeatCallbacks' });
    expect((await pressCard()).error).toBeUndefined();
    expect(presses).toHaveLength(1);
  });

  it('still answer after the connection was dropped, abruptly or the platform’s way', async () => {
    const presses = await listening(() => NOTHING);
    await rig.host.deliverCard(cardFor(await rig.platform.userid(REVIEWER)));
    for (const how of ['abrupt', 'graceful']) {
      await rig.platform.control('POST', '/stream/disconnect', { how });
      const before = presses.length;
      await expect.poll(async () => (await pressCard()).error === undefined, { timeout: 10_000 }).toBe(true);
      expect(presses.length).toBeGreaterThan(before);
    }
  });

  it('come back over HTTP as well, signed, and only then', async () => {
    const doors: { http?: Host } = {};
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void doors.http?.hooks
          ?.cards?.({ headers: request.headers, body: Buffer.concat(chunks) })
          .then((answer) => {
            response.writeHead(answer.status, { 'content-type': 'application/json' });
            return response.end(answer.body);
          });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const url = `http://127.0.0.1:${port}/hooks/jinhua/cards`;
    rig.rebuild({ callbackMode: 'http', callback: { routeKey: 'minqing', secret: 'callback-secret', url } });
    doors.http = rig.host;
    const presses = await listening(() => ({ publicData: { status: '已受理' }, privateData: {} }));
    await rig.host.deliverCard(cardFor(await rig.platform.userid(REVIEWER)));
    await expect.poll(async () => (await pressCard()).error === undefined, { timeout: 10_000 }).toBe(true);
    expect(presses.at(-1)).toMatchObject({ actionIds: ['accept'], messageId: null });
    expect(JSON.stringify(await rig.platform.chat(REVIEWER))).toContain('已受理');
    const unsigned = await fetch(url, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(401);
    await rig.host.stop();
    await new Promise((resolve) => server.close(resolve));
  });
});
describe('contact events', () => {
  it('name who joined, changed and left', async () => {
    const changes: ContactChange[] = [];
    await rig.host.listen({
      onCardPress: () => Promise.resolve(NOTHING),
      onContactChange: (change) => {
        changes.push(change);
        return Promise.resolve();
      },
    });
    const userId = await rig.platform.userid(MEMBER);
    await rig.platform.control('PATCH', `/people/${MEMBER}`, { title: '市政协委员' });
    await rig.platform.control('POST', `/people/${MEMBER}/leave`);
    await expect.poll(() => changes.length, { timeout: 10_000 }).toBe(2);
    expect(changes).toEqual([
      { hostId: 'jinhua', kind: 'people', ids: [userId], removed: false },
      { hostId: 'jinhua', kind: 'people', ids: [userId], removed: true },
    ]);
    expect(await rig.host.getPerson(userId)).toBeNull();
  });
});
