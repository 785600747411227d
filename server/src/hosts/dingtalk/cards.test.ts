import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardDelivery } from '../port.ts';
import { rigHost, startFakePlatform } from './platform.fake.ts';
import type { FakePlatform, Rig } from './platform.fake.ts';

const DELIVER = '/v1.0/card/instances/createAndDeliver';
const UPDATE = '/v1.0/card/instances';

let platform: FakePlatform;
let rig: Rig;
beforeEach(async () => {
  platform = await startFakePlatform();
  rig = rigHost(platform);
});
afterEach(() => platform.close());

const card = (changes: Partial<CardDelivery> = {}): CardDelivery => ({
  outTrackId: '0123456789abcdef0123456789abcdef',
  templateId: 'review',
  userId: 'user1',
  publicData: { title: '迎宾大道红绿灯', count: '1' },
  privateData: { myChoice: 'yes' },
  summary: '待审核：迎宾大道红绿灯',
  ...changes,
});

const delivered = (results: object[]) => ({
  body: { success: true, result: { outTrackId: card().outTrackId, deliverResults: results } },
});
const good = { spaceType: 'IM_ROBOT', spaceId: 'user1', success: true, carrierId: '4v+Az…=', errorMsg: '' };

describe('delivering a card', () => {
  it('sends what the platform’s sample needs for one person’s robot chat', async () => {
    platform.answers(DELIVER, delivered([good]));
    await rig.host.deliverCard(card());
    expect(platform.askedAt(DELIVER)[0]).toMatchObject({ method: 'POST' });
    expect(platform.askedAt(DELIVER)[0]?.body).toEqual({
      userIdType: 1,
      cardTemplateId: 'aaaa-bbbb.schema',
      outTrackId: '0123456789abcdef0123456789abcdef',
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: '迎宾大道红绿灯', count: '1' } },
      privateData: { user1: { cardParamMap: { myChoice: 'yes' } } },
      imRobotOpenSpaceModel: {
        supportForward: false,
        lastMessageI18n: { ZH_CN: '待审核：迎宾大道红绿灯' },
        notification: { alertContent: '待审核：迎宾大道红绿灯', notificationOff: false },
      },
      openSpaceId: 'dtv1.card//IM_ROBOT.user1',
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: 'dingapp' },
    });
  });

  it('names the route key when presses come over HTTP', async () => {
    const http = rigHost(platform, { callbackMode: 'http', callback: { routeKey: 'minqing', secret: 's' } });
    platform.answers(DELIVER, delivered([good]));
    await http.host.deliverCard(card({ privateData: {} }));
    expect(platform.askedAt(DELIVER)[0]?.body).toMatchObject({
      callbackType: 'HTTP',
      callbackRouteKey: 'minqing',
    });
    expect(platform.askedAt(DELIVER)[0]?.body).not.toHaveProperty('privateData');
  });

  it.each([
    ['', 'denied'],
    ['用户不在可见范围', 'denied'],
    ['system.busy', 'denied'],
    ['param.userIdNotExist', 'gone'],
    ['param.contentUnsafe', 'content'],
  ])('fails for good when the one recipient failed inside a 200 (%s)', async (errorMsg, kind) => {
    platform.answers(DELIVER, delivered([{ ...good, success: false, errorMsg }]));
    await expect(rig.host.deliverCard(card())).rejects.toMatchObject({
      kind,
      code: 'card.notDelivered',
      retryable: false,
    });
  });

  it.each([
    ['param.cardAlreadyExist', 'duplicate'],
    ['param.contentUnsafe', 'content'],
    ['param.templateUnpublished', 'denied'],
    ['param.openSpaceIdInvalid', 'invalid'],
  ])('knows the platform’s %s', async (code, kind) => {
    platform.answers(DELIVER, { status: 400, body: { code, message: code, requestid: 'x' } });
    await expect(rig.host.deliverCard(card())).rejects.toMatchObject({ kind, code });
  });

  it('refuses oversized values, unknown templates and bad ids before anything is sent', async () => {
    const bad = [
      card({ publicData: { text: '长'.repeat(342) } }),
      card({ privateData: { text: 'x'.repeat(1_025) } }),
      card({ publicData: { ['k'.repeat(101)]: 'v' } }),
      card({ outTrackId: 'x'.repeat(65) }),
      card({ outTrackId: '' }),
      card({ userId: 'a;IM_ROBOT.b' }),
    ];
    for (const each of bad) {
      await expect(rig.host.deliverCard(each)).rejects.toMatchObject({ kind: 'invalid' });
    }
    await expect(rig.host.deliverCard(card({ templateId: 'nope' }))).rejects.toMatchObject({
      kind: 'denied',
    });
    expect(platform.asked).toHaveLength(0);
  });

  it('takes a value of exactly 1 kB', async () => {
    platform.answers(DELIVER, delivered([good]));
    await rig.host.deliverCard(card({ publicData: { text: 'x'.repeat(1_024) } }));
    expect(platform.askedAt(DELIVER)).toHaveLength(1);
  });
});

describe('updating a card', () => {
  it('changes only the keys given, for everybody and for each person', async () => {
    platform.answers(UPDATE, { body: { success: true, result: true } });
    await rig.host.updateCard({
      outTrackId: 'x1',
      publicData: { status: 'approved' },
      privateData: { user1: { voted: 'true' }, user2: {} },
    });
    expect(platform.askedAt(UPDATE)[0]).toMatchObject({
      method: 'PUT',
      body: {
        outTrackId: 'x1',
        userIdType: 1,
        cardData: { cardParamMap: { status: 'approved' } },
        privateData: { user1: { cardParamMap: { voted: 'true' } } },
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      },
    });
  });

  it('with nothing to change asks nothing: the platform would refuse it', async () => {
    await rig.host.updateCard({ outTrackId: 'x1', publicData: {}, privateData: {} });
    expect(platform.asked).toHaveLength(0);
  });

  it('of a card that is gone rejects as gone', async () => {
    platform.answers(UPDATE, {
      status: 400,
      body: { code: 'param.cardNotExist', message: 'param.cardNotExist' },
    });
    const update = { outTrackId: 'x1', publicData: { a: 'b' }, privateData: {} };
    await expect(rig.host.updateCard(update)).rejects.toMatchObject({ kind: 'gone' });
    platform.answers(UPDATE, { body: { success: false } });
    await expect(rig.host.updateCard(update)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
