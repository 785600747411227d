import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardFor, startPlatform, TEMPLATE, type Json, type Platform } from './platform.ts';

const DELIVER = '/v1.0/card/instances/createAndDeliver';
let platform: Platform;
beforeEach(async () => {
  platform = await startPlatform();
  await platform.control('PUT', '/templates/test.schema', TEMPLATE);
});
afterEach(() => platform.stop());

const create = (body: Json) => platform.api('POST', DELIVER, body);
const update = (body: Json) => platform.api('PUT', '/v1.0/card/instances', body);

describe('creating and delivering a card', () => {
  it('answers a result per recipient inside HTTP 200', async () => {
    const { status, body } = await create({
      ...cardFor('jh0004', 'case-1'),
      openSpaceId: 'dtv1.card//im_robot.jh0004;IM_ROBOT.nobody;IM_GROUP.cidX==',
      imGroupOpenSpaceModel: { supportForward: true },
      imGroupOpenDeliverModel: { robotCode: 'x' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      result: {
        outTrackId: 'case-1',
        deliverResults: [
          {
            spaceType: 'IM_ROBOT',
            spaceId: 'jh0004',
            success: true,
            carrierId: expect.any(String),
            errorMsg: '',
          },
          {
            spaceType: 'IM_ROBOT',
            spaceId: 'nobody',
            success: false,
            carrierId: '',
            errorMsg: expect.stringMatching(/./),
          },
          {
            spaceType: 'IM_GROUP',
            spaceId: 'cidX==',
            success: false,
            carrierId: '',
            errorMsg: expect.stringMatching(/./),
          },
        ],
      },
    });
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { kind: 'card', outTrackId: 'case-1', title: '迎宾大道红绿灯' },
    ]);
  });

  it('in two steps gives the same card', async () => {
    const card = cardFor('jh0004', 'case-2');
    expect((await platform.api('POST', '/v1.0/card/instances', card)).body).toEqual({
      success: true,
      result: 'case-2',
    });
    expect(await platform.chat('zhou-kai')).toEqual([]);
    const delivered = await platform.api('POST', '/v1.0/card/instances/deliver', {
      outTrackId: 'case-2',
      openSpaceId: card.openSpaceId,
      imRobotOpenDeliverModel: card.imRobotOpenDeliverModel,
    });
    expect(delivered.body).toMatchObject({
      success: true,
      result: [{ spaceType: 'IM_ROBOT', spaceId: 'jh0004', success: true }],
    });
    expect(await platform.chat('zhou-kai')).toHaveLength(1);
  });

  it('takes the person by unionId when asked', async () => {
    const unionid = await platform.unionid('zhou-kai');
    const { body } = await create({ ...cardFor(unionid, 'case-3'), userIdType: 2 });
    expect(body.result).toMatchObject({ deliverResults: [{ success: true }] });
  });

  it('exists once: the same outTrackId again is refused', async () => {
    await create(cardFor('jh0004', 'case-1'));
    expect(await create(cardFor('jh0004', 'case-1'))).toMatchObject({
      status: 400,
      body: { code: 'param.cardAlreadyExist' },
    });
    expect(await platform.chat('zhou-kai')).toHaveLength(1);
  });

  it.each<[string, Json, string]>([
    ['no outTrackId', { outTrackId: '' }, 'param.outTrackIdEmpty'],
    ['an outTrackId over 64', { outTrackId: 'x'.repeat(65) }, 'outTrackId.outOfLimit'],
    ['no template', { cardTemplateId: '' }, 'param.cardTemplateIdEmpty'],
    ['an unpublished template', { cardTemplateId: 'other.schema' }, 'param.templateNotExist'],
    ['no card data', { cardData: undefined }, 'param.cardPublicDataEmpty'],
    ['no space', { openSpaceId: undefined }, 'param.openSpaceIdEmpty'],
    ['a space of another form', { openSpaceId: 'IM_ROBOT.jh0004' }, 'param.openSpaceIdInvalid'],
    ['no delivery model', { imRobotOpenDeliverModel: undefined }, 'param.spaceDeliverModelEmpty'],
    ['an empty delivery model', { imRobotOpenDeliverModel: {} }, 'param.openDeliverModelEmpty'],
    ['a space model without supportForward', { imRobotOpenSpaceModel: {} }, 'param.openSpaceModelInvalid'],
    ['private data of a stranger', { privateData: { nobody: { cardParamMap: {} } } }, 'param.userIdNotExist'],
    ['a number as value', { cardData: { cardParamMap: { title: 7 } } }, 'param.invalid'],
    ['an object as value', { cardData: { cardParamMap: { title: { a: 1 } } } }, 'param.invalid'],
    ['a value over 1 kB', { cardData: { cardParamMap: { title: '字'.repeat(342) } } }, 'param.invalid'],
    ['a key over 100 bytes', { cardData: { cardParamMap: { ['k'.repeat(101)]: '' } } }, 'param.invalid'],
    ['an unknown callback type', { callbackType: 'stream' }, 'param.invalid'],
    [
      'HTTP callbacks to an unregistered key',
      { callbackType: 'HTTP', callbackRouteKey: 'k' },
      'param.invalid',
    ],
  ])('refuses %s', async (_what, change, code) => {
    const { status, body } = await create({ ...cardFor('jh0004', 'case-1'), ...change });
    expect([status, body.code]).toEqual([400, code]);
    expect(body).toMatchObject({ message: expect.any(String), requestid: expect.any(String) });
    expect(await platform.chat('zhou-kai')).toEqual([]);
  });

  it('takes an empty cardParamMap and values of exactly 1 kB', async () => {
    expect((await create({ ...cardFor('jh0004', 'a'), cardData: { cardParamMap: {} } })).status).toBe(200);
    expect(
      (await create({ ...cardFor('jh0004', 'b'), cardData: { cardParamMap: { title: 'x'.repeat(1024) } } }))
        .status,
    ).toBe(200);
  });

  it('refuses words the content review does not let through', async () => {
    await platform.control('POST', '/faults', { kind: 'unsafeContent', words: ['红绿灯'] });
    expect((await create(cardFor('jh0004', 'a'))).body.code).toBe('param.contentUnsafe');
  });
});

describe('updating a card', () => {
  beforeEach(async () => {
    await create({
      ...cardFor('jh0004', 'case-1'),
      openSpaceId: 'dtv1.card//IM_ROBOT.jh0004;IM_ROBOT.jh0005',
      privateData: { jh0004: { cardParamMap: { star: '4', title: '私有的标题不算' } } },
    });
  });

  it('shows private values to their person, of private variables only', async () => {
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { title: '迎宾大道红绿灯', stars: { value: 4, caption: '4 星' } },
    ]);
    expect(await platform.chat('wu-shan')).toMatchObject([{ stars: { value: 0, caption: ' 星' } }]);
  });

  it('by key keeps the rest; every copy follows', async () => {
    const { body } = await update({
      outTrackId: 'case-1',
      cardData: { cardParamMap: { status: '已签收' } },
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    });
    expect(body).toEqual({ success: true, result: true });
    for (const person of ['zhou-kai', 'wu-shan']) {
      expect(await platform.chat(person)).toMatchObject([{ title: '迎宾大道红绿灯', text: '已签收' }]);
    }
  });

  it('without the options replaces the whole map', async () => {
    await update({ outTrackId: 'case-1', cardData: { cardParamMap: { status: '已签收' } } });
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { title: '', text: '已签收', stars: { value: 4 } },
    ]);
    await update({ outTrackId: 'case-1', privateData: { jh0004: { cardParamMap: { voted: 'true' } } } });
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { stars: { value: 0 }, text: '已签收\n您投过了' },
    ]);
  });

  it('hides what its condition hides and marks a handled card', async () => {
    expect(await platform.chat('zhou-kai')).toMatchObject([
      {
        state: 'current',
        buttons: [{ actionId: 'accept', enabled: true }],
        inputs: [{ name: 'reply', maxLength: 300 }],
      },
    ]);
    await update({
      outTrackId: 'case-1',
      cardData: { cardParamMap: { done: 'true' } },
      cardUpdateOptions: { updateCardDataByKey: true },
    });
    expect(await platform.chat('zhou-kai')).toMatchObject([
      { state: 'handled', buttons: [], inputs: [], stars: { done: true } },
    ]);
  });

  it('is refused without data, for an unknown card and for an unknown person', async () => {
    expect((await update({ outTrackId: 'case-1' })).body.code).toBe('param.cardDataAndPrivateDataBothEmpty');
    expect((await update({ outTrackId: 'nope', cardData: { cardParamMap: {} } })).body.code).toBe(
      'param.cardNotExist',
    );
    const stranger = { outTrackId: 'case-1', privateData: { nobody: { cardParamMap: {} } } };
    expect((await update(stranger)).body.code).toBe('param.userIdNotExist');
  });
});

describe('HTTP callback registration', () => {
  const register = (body: Json) => platform.api('POST', '/v1.0/card/callbacks/register', body);
  const route = {
    callbackRouteKey: 'k',
    callbackUrl: 'http://127.0.0.1:9/hooks',
    apiSecret: 's',
    forceUpdate: false,
  };

  it('answers the registration, is repeatable, and is replaced only by force', async () => {
    const answer = { success: true, result: { callbackUrl: route.callbackUrl, apiSecret: 's' } };
    expect((await register(route)).body).toEqual(answer);
    expect((await register(route)).body).toEqual(answer);
    const other = { ...route, callbackUrl: 'http://127.0.0.1:9/other' };
    expect(await register(other)).toMatchObject({
      status: 500,
      body: { code: 'param.callbackRouteKeyExist' },
    });
    expect((await register({ ...other, forceUpdate: true })).body).toMatchObject({
      result: { callbackUrl: other.callbackUrl },
    });
  });

  it('refuses empty keys and addresses, and addresses of other machines', async () => {
    expect((await register({ ...route, callbackRouteKey: '' })).body.code).toBe(
      'param.callbackRouteKeyEmpty',
    );
    expect((await register({ ...route, callbackUrl: '' })).body.code).toBe('param.callbackUrlEmpty');
    expect((await register({ ...route, callbackUrl: 'https://example.org/' })).body.code).toBe(
      'system.updateCallbackFailed',
    );
  });
});
